// Scalars that add up a few narrow numbers, as the sum of a window's bytes, and what numbers they can be.
#include "target/tensor/vector/narrow.h"

static bool contains(const Region *region, uint32_t loop, uint32_t statement) {
  const Item *items = loop == UINT32_MAX ? region->body.data : region->loops.data[loop].body.data;
  size_t count = loop == UINT32_MAX ? region->body.count : region->loops.data[loop].body.count;
  for (size_t i = 0; i < count; i++)
    if (!items[i].loop && items[i].index == statement)
      return true;
  return false;
}

// The loop in whose body the statement stands; UINT32_MAX: in the region's.
static uint32_t loop_of(const Region *region, uint32_t statement) {
  uint32_t loop = 0;
  while (loop < region->loops.count && !contains(region, loop, statement))
    loop++;
  return loop < region->loops.count ? loop : UINT32_MAX;
}

// How often the statement is done at most each time that one before it in the body of `around` is, in loops
// of that body; 0: that is not known, or it is not so. Sums in longer loops are narrow for a part of these at
// a time (vector/partial.c).
static int64_t times_within(const Region *region, uint32_t statement, uint32_t around, uint32_t before) {
  const Item *items = around == UINT32_MAX ? region->body.data : region->loops.data[around].body.data;
  uint32_t loop = loop_of(region, statement), outermost = UINT32_MAX;
  enum { LONGEST = 16 };
  int64_t times = 1;
  for (; loop != around; loop = region->loops.data[loop].parent) {
    if (loop == UINT32_MAX)
      return 0;
    Quantity extent = region->iterators.data[region->loops.data[loop].iterator].extent;
    if (extent.value != IR_NONE || extent.constant <= 0 || extent.constant > LONGEST || times > INT16_MAX)
      return 0;
    times *= extent.constant;
    outermost = loop;
  }
  for (size_t i = 0;; i++) {
    if (!items[i].loop && items[i].index == before)
      return times;
    if (items[i].loop ? items[i].index == outermost : items[i].index == statement)
      return 0;
  }
}

static bool leaves_region(const Region *region, uint32_t array) {
  for (size_t i = 0; i < region->live_outs.count; i++)
    if (region->accesses.data[region->live_outs.data[i].access].array == array)
      return true;
  return false;
}

// The one statement that sets the scalar, where all others add to it; UINT32_MAX: it is not so.
static uint32_t setter_of(const Region *region, uint32_t array) {
  uint32_t setter = UINT32_MAX;
  for (uint32_t i = 0; i < region->statements.count; i++) {
    const Statement *s = &region->statements.data[i];
    if (region->accesses.data[s->target].array != array || s->reduction == IR_ADD)
      continue;
    if (s->reduction != IR_OP_COUNT || setter != UINT32_MAX || s->guard_count || s->condition != NODE_NONE)
      return UINT32_MAX;
    setter = i;
  }
  return setter;
}

static bool range_of_scalar(const Region *region, uint32_t array, Range *range) {
  uint32_t setter = setter_of(region, array);
  if (setter == UINT32_MAX || leaves_region(region, array))
    return false;
  uint32_t around = loop_of(region, setter);
  *range = node_range(region, region->statements.data[setter].value, 0);
  for (uint32_t i = 0; i < region->statements.count; i++) {
    const Statement *s = &region->statements.data[i];
    if (region->accesses.data[s->target].array != array || i == setter)
      continue;
    int64_t times = times_within(region, i, around, setter);
    Range value = node_range(region, s->value, 0);
    if (!times || !range_fits(value, IR_I32))
      return false;
    range->low += times * (value.low < 0 ? value.low : 0);
    range->high += times * (value.high > 0 ? value.high : 0);
  }
  return true;
}

// The type that all accesses of the array have; IR_VOID: they have several.
static IrType type_of_array(const Region *region, uint32_t array) {
  IrType type = IR_VOID;
  for (size_t i = 0; i < region->accesses.count; i++) {
    if (region->accesses.data[i].array != array)
      continue;
    if (type != IR_VOID && region->accesses.data[i].type != type)
      return IR_VOID;
    type = region->accesses.data[i].type;
  }
  return type;
}

void narrow_scalars(Narrower *n) {
  Region *region = n->region;
  n->scalars = ARENA_ARRAY(region->arena, Range, region->arrays.count + 1);
  n->bounded = ARENA_ARRAY(region->arena, bool, region->arrays.count + 1);
  for (uint32_t a = 0; a < region->arrays.count; a++) {
    IrType type = region->arrays.data[a].kind == ARRAY_SCALAR ? type_of_array(region, a) : IR_VOID;
    if (!is_integer_type(type) || !range_of_scalar(region, a, &n->scalars[a]) ||
        !range_fits(n->scalars[a], type))
      continue;
    n->bounded[a] = true;
    for (size_t i = 0; i < region->accesses.count; i++)
      if (region->accesses.data[i].array == a)
        region->accesses.data[i].type = type_for_range(n->scalars[a]);
  }
}
