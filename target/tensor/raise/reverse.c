// Loops that count down are turned round where their order is free: what maps nests wants arrays that are
// gone through forwards.
#include "target/tensor/raise/raise.h"

static bool counts(const Region *region, uint32_t iterator) {
  for (size_t i = 0; i < region->nodes.count; i++)
    if (region->nodes.data[i].kind == NODE_ITERATOR && region->nodes.data[i].index == iterator)
      return true;
  return false;
}

static bool is_scalar(const Region *region, const Access *access) {
  return region->arrays.data[access->array].kind == ARRAY_SCALAR;
}

// A scalar's elements may be numbered the other way round if all that reads and writes it does so.
static bool has_one_numbering(const Region *region, const Access *access) {
  for (size_t i = 0; i < region->accesses.count; i++)
    if (region->accesses.data[i].array == access->array &&
        !affines_equal(&region->accesses.data[i].offset, &access->offset))
      return false;
  return true;
}

// Whether memory is gone through backwards, and nowhere forwards.
static bool goes_backwards(const Region *region, uint32_t iterator) {
  bool backwards = false;
  for (size_t i = 0; i < region->accesses.count; i++) {
    const Access *access = &region->accesses.data[i];
    Quantity step = affine_coefficient(&access->offset, iterator);
    if (!affine_has(&access->offset, iterator))
      continue;
    if (step.value != IR_NONE || access->index != NODE_NONE ||
        (is_scalar(region, access) ? !has_one_numbering(region, access) : step.constant > 0))
      return false;
    backwards = backwards || step.constant < 0;
  }
  return backwards;
}

// Whether all sums in a loop may be added in any order.
static bool sums_freely(const Region *region, const Loop *loop) {
  for (size_t i = 0; i < loop->body.count; i++) {
    Item item = loop->body.data[i];
    const Statement *s = item.loop ? NULL : &region->statements.data[item.index];
    if (s ? s->reduction != IR_OP_COUNT && !s->reassociable
          : !sums_freely(region, &region->loops.data[item.index]))
      return false;
  }
  return true;
}

static void turn(const Region *region, Affine *affine, uint32_t iterator, int64_t last) {
  AffineTerm *terms = ARENA_ARRAY(region->arena, AffineTerm, affine->count + 1);
  for (uint32_t i = 0; i < affine->count; i++) {
    terms[i] = affine->terms[i];
    if (terms[i].iterator != iterator)
      continue;
    affine->constant += terms[i].coefficient.constant * last;
    terms[i].coefficient.constant = -terms[i].coefficient.constant;
  }
  affine->terms = terms;
}

static bool has_constant_guards(const Region *region, uint32_t iterator) {
  for (size_t i = 0; i < region->statements.count; i++)
    for (uint32_t k = 0; k < region->statements.data[i].guard_count; k++)
      if (affine_coefficient(&region->statements.data[i].guards[k], iterator).value != IR_NONE)
        return false;
  return true;
}

void reverse_loops(Region *region) {
  for (uint32_t l = 0; l < region->loops.count; l++) {
    uint32_t iterator = region->loops.data[l].iterator;
    Quantity extent = region->iterators.data[iterator].extent;
    if (extent.value != IR_NONE || !goes_backwards(region, iterator) || counts(region, iterator) ||
        !has_constant_guards(region, iterator) || !sums_freely(region, &region->loops.data[l]) ||
        !loop_is_parallel(region, l, true))
      continue;
    int64_t last = extent.constant - 1;
    for (size_t i = 0; i < region->accesses.count; i++)
      if (!is_scalar(region, &region->accesses.data[i]))
        turn(region, &region->accesses.data[i].offset, iterator, last);
    for (size_t i = 0; i < region->statements.count; i++)
      for (uint32_t k = 0; k < region->statements.data[i].guard_count; k++)
        turn(region, &region->statements.data[i].guards[k], iterator, last);
  }
}
