// Iterators of a contraction that are made one though an operand does not move on with them as the others do:
// the pixels of a convolution, and its window.
#include "target/tensor/size.h"

#include <string.h>

static bool is_constant(const ContractionIterator *iterator) {
  return iterator->extent.value == IR_NONE && has_constant_strides(iterator);
}

static void take_outer(Contraction *c, uint32_t i) {
  memmove(&c->iterators[i], &c->iterators[i + 1], (c->count - i - 1) * sizeof *c->iterators);
  c->count--;
}

static void add_part(ContractionParts *parts, const ContractionIterator *iterator) {
  parts->extents[parts->count] = iterator->extent;
  parts->strides[parts->count] = iterator->strides[CONTRACTION_X];
  memcpy(parts->steps[parts->count++], iterator->steps, sizeof iterator->steps);
}

static bool goes_on_in(const ContractionIterator *outer, const ContractionIterator *inner, unsigned array) {
  return outer->strides[array].constant == inner->strides[array].constant * inner->extent.constant;
}

// Takes outer iterators that go on where the main one ends, in `linear` and in what results are made of; in X
// they need not.
static bool take_parts(Contraction *c, ContractionRole role, unsigned linear, bool ordered,
                       ContractionParts *parts) {
  bool any = false;
  for (uint32_t i = contraction_outer_count(c); i-- > 0;) {
    ContractionIterator *outer = &c->iterators[i], *inner = contraction_main(c, role);
    bool goes_on = contraction_can_be(outer, role) && is_constant(outer) && is_constant(inner) &&
                   parts->count < CONTRACTION_PARTS && goes_on_in(outer, inner, linear);
    for (unsigned k = CONTRACTION_ARRAYS; k < CONTRACTION_STRIDES; k++)
      goes_on = goes_on && goes_on_in(outer, inner, k);
    if (!goes_on) {
      if (ordered && outer->sums)
        return any; // the sum's order would change
      continue;
    }
    if (!parts->count)
      add_part(parts, inner);
    add_part(parts, outer);
    inner->extent.constant *= outer->extent.constant;
    inner->iterator = IR_NONE;
    take_outer(c, i);
    i = contraction_outer_count(c); // once more from the end
    any = true;
  }
  return any;
}

// The iterator that goes through an array in the smallest steps is the one that others go on from.
static void choose_inner(Contraction *c, ContractionRole role, unsigned array) {
  ContractionIterator *inner = contraction_main(c, role);
  for (uint32_t i = 0; i < contraction_outer_count(c); i++) {
    ContractionIterator *outer = &c->iterators[i];
    if (!contraction_can_be(outer, role) || !is_constant(outer) || !is_constant(inner) ||
        outer->strides[array].constant >= inner->strides[array].constant)
      continue;
    ContractionIterator other = *inner;
    *inner = *outer;
    *outer = other;
    inner->role = role;
    outer->role = ROLE_OUTER;
  }
}

static bool has_outer(Contraction *c, ContractionRole role) {
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    if (contraction_can_be(&c->iterators[i], role))
      return true;
  return false;
}

bool contraction_gather(Contraction *c) {
  if (has_outer(c, ROLE_COLUMN) && !has_outer(c, ROLE_ROW))
    contraction_swap_sides(c);
  choose_inner(c, ROLE_ROW, CONTRACTION_C);
  bool rows = take_parts(c, ROLE_ROW, CONTRACTION_C, false, &c->row_parts);
  bool sums = take_parts(c, ROLE_SUM, CONTRACTION_Y, c->ordered, &c->sum_parts);
  c->product = contraction_product(c);
  return rows || sums;
}

static void whole_part(Contraction *c, ContractionRole role, ContractionParts *parts) {
  if (!parts->count)
    add_part(parts, contraction_main(c, role));
}

bool contraction_gather_pixels(Contraction *c) {
  int64_t size = contraction_size(c, CONTRACTION_C);
  if (!quantity_is(contraction_main(c, ROLE_COLUMN)->strides[CONTRACTION_C], size))
    return false;
  contraction_swap_sides(c); // pixels are rows meanwhile
  if (!c->ordered)
    choose_inner(c, ROLE_SUM, CONTRACTION_Y);
  bool pixels = take_parts(c, ROLE_ROW, CONTRACTION_C, false, &c->row_parts);
  bool taps = take_parts(c, ROLE_SUM, CONTRACTION_Y, c->ordered, &c->sum_parts);
  Quantity stride = contraction_main(c, ROLE_ROW)->strides[CONTRACTION_X];
  bool dense = quantity_is(stride, contraction_size(c, CONTRACTION_X));
  whole_part(c, ROLE_ROW, &c->row_parts);
  whole_part(c, ROLE_SUM, &c->sum_parts);
  c->pixels = c->row_parts;
  c->taps = c->sum_parts;
  c->row_parts.count = c->sum_parts.count = 0;
  contraction_swap_sides(c);
  c->product = contraction_product(c);
  return pixels || taps || !dense;
}
