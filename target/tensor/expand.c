// Local arrays that every iteration of the loops around fills anew before it reads them, as `float sums[8]`
// of a block of results: to find contractions they get an element for each of these iterations.
#include "target/tensor/expand.h"
#include "target/tensor/raise/raise.h"

#include <string.h>

enum { MOST_LOOPS = 8, FIRST_STRIDE = 40 }; // strides: powers of two

typedef struct Local {
  Region *region;
  uint32_t array;
  uint32_t around;   // the innermost loop around all that touches it
  int64_t low, high; // bytes that are filled
} Local;

static bool touches(const Local *local, const Statement *s) {
  const Region *region = local->region;
  return region->accesses.data[s->target].array == local->array ||
         node_reads(region, s->value, local->array) ||
         (s->condition != NODE_NONE && node_reads(region, s->condition, local->array));
}

// How many statements of items touch the array; *only: one of them.
static uint32_t count_statements(Local *local, const Item *items, size_t count, const Statement **only) {
  uint32_t found = 0;
  for (size_t i = 0; i < count; i++) {
    const Statement *s = &local->region->statements.data[items[i].index];
    if (items[i].loop) {
      Body body = body_of(local->region, items[i].index);
      found += count_statements(local, body.items, body.count, only);
    } else if (touches(local, s)) {
      *only = s;
      found++;
    }
  }
  return found;
}

// Goes into loops as long as all that touches the array is in one.
static void find_around(Local *local) {
  const Statement *unused = NULL;
  local->around = UINT32_MAX;
  for (bool deeper = true; deeper;) {
    Body body = body_of(local->region, local->around);
    uint32_t all = count_statements(local, body.items, body.count, &unused);
    deeper = false;
    for (size_t i = 0; i < body.count && all && !deeper; i++)
      if (body.items[i].loop && count_statements(local, &body.items[i], 1, &unused) == all) {
        local->around = body.items[i].index;
        deeper = true;
      }
  }
}

// The bytes that an access goes through within an iteration; *dense: how many there are without a gap.
static bool range_of(const Local *local, const Access *a, int64_t *low, int64_t *high, int64_t *dense) {
  const Region *region = local->region;
  *low = a->offset.constant;
  *high = *dense = ir_type_bits(a->type) / 8;
  *high += *low;
  if (a->index != NODE_NONE || a->offset.invariant != IR_NONE || a->clipped)
    return false;
  for (uint32_t i = 0; i < a->offset.count; i++) {
    const AffineTerm *term = &a->offset.terms[i];
    const Iterator *iterator = &region->iterators.data[term->iterator];
    int64_t last = 0, span = 0;
    if (term->coefficient.value != IR_NONE || term->coefficient.constant <= 0 ||
        iterator->extent.value != IR_NONE || iterator->loop == local->around ||
        !loop_within(region, iterator->loop, local->around) ||
        __builtin_sub_overflow(iterator->extent.constant, 1, &last) || last < 0 ||
        __builtin_mul_overflow(term->coefficient.constant, last, &span) || span > INT32_MAX)
      return false;
    *high += span;
  }
  for (uint32_t found = 0; found < a->offset.count;) { // shorter strides first
    uint32_t before = found;
    for (uint32_t i = 0; i < a->offset.count; i++)
      if (a->offset.terms[i].coefficient.constant == *dense) {
        *dense *= region->iterators.data[a->offset.terms[i].iterator].extent.constant;
        found++;
      }
    if (found == before)
      break;
  }
  return true;
}

// Whether the first thing that an iteration does with the array is to fill what it then uses.
static bool is_filled_first(Local *local) {
  Region *region = local->region;
  Body body = body_of(region, local->around);
  const Statement *first = NULL;
  uint32_t count = 0;
  for (size_t i = 0; i < body.count && !count; i++)
    count = count_statements(local, &body.items[i], 1, &first);
  if (count != 1 || region->accesses.data[first->target].array != local->array ||
      first->reduction != IR_OP_COUNT || first->guard_count || first->condition != NODE_NONE ||
      node_reads(region, first->value, local->array))
    return false;
  int64_t dense = 0, low = 0, high = 0;
  if (!range_of(local, &region->accesses.data[first->target], &local->low, &local->high, &dense) ||
      local->high - local->low != dense)
    return false;
  for (size_t i = 0; i < region->accesses.count; i++)
    if (region->accesses.data[i].array == local->array &&
        (!range_of(local, &region->accesses.data[i], &low, &high, &dense) || low < local->low ||
         high > local->high))
      return false;
  return true;
}

// Whether sums are made in the array, of which nothing but other values is made.
static bool has_sums(const Local *local) {
  const Region *region = local->region;
  bool any = false;
  for (size_t i = 0; i < region->statements.count; i++) {
    const Statement *s = &region->statements.data[i];
    if (s->reduction == IR_OP_COUNT)
      continue;
    any = any || region->accesses.data[s->target].array == local->array;
    if (node_reads(region, s->value, local->array))
      return false;
  }
  return any;
}

static bool is_local(const Target *target, Local *local) {
  const Array *array = &local->region->arrays.data[local->array];
  if (array->kind != ARRAY_MEMORY || !array->written || array->size < 0 || !has_sums(local))
    return false;
  find_around(local);
  return local->around != UINT32_MAX && is_filled_first(local) &&
         region_array_dies(target, local->region, local->array);
}

// One more term, by which elements of different iterations are apart: nobody will go there.
static void add_term(Region *region, Access *access, uint32_t iterator, int64_t stride) {
  AffineTerm *terms = ARENA_ARRAY(region->arena, AffineTerm, access->offset.count + 1);
  uint32_t at = 0;
  while (at < access->offset.count && access->offset.terms[at].iterator < iterator)
    at++;
  if (access->offset.count) {
    memcpy(terms, access->offset.terms, at * sizeof *terms);
    memcpy(terms + at + 1, access->offset.terms + at, (access->offset.count - at) * sizeof *terms);
  }
  terms[at] = (AffineTerm){iterator, {IR_NONE, stride}};
  access->offset.terms = terms;
  access->offset.count++;
}

static bool expand(Local *local) {
  Region *region = local->region;
  unsigned depth = 0;
  for (uint32_t l = local->around; l != UINT32_MAX; l = region->loops.data[l].parent)
    depth++;
  if (depth > MOST_LOOPS)
    return false;
  for (size_t i = 0; i < region->accesses.count; i++) {
    unsigned number = 0;
    if (region->accesses.data[i].array == local->array)
      for (uint32_t l = local->around; l != UINT32_MAX; l = region->loops.data[l].parent)
        add_term(region, &region->accesses.data[i], region->loops.data[l].iterator,
                 INT64_C(1) << (FIRST_STRIDE + number++));
  }
  region->arrays.data[local->array].expanded = true;
  return true;
}

bool expand_locals(const Target *target, Region *region, Expansion *expansion) {
  bool any = false;
  expansion->count = region->accesses.count;
  expansion->accesses = ARENA_ARRAY(region->arena, Access, region->accesses.count + 1);
  if (region->accesses.count)
    memcpy(expansion->accesses, region->accesses.data, region->accesses.count * sizeof(Access));
  for (uint32_t a = 0; a < region->arrays.count; a++) {
    Local local = {.region = region, .array = a};
    if (is_local(target, &local) && expand(&local))
      any = true;
  }
  return any;
}

void expand_restore(Region *region, const Expansion *expansion) {
  memcpy(region->accesses.data, expansion->accesses, expansion->count * sizeof(Access));
  for (size_t a = 0; a < region->arrays.count; a++)
    region->arrays.data[a].expanded = false;
}
