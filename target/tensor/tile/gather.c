// Iterators of a contraction that are made one though an operand does not move on with them as the others do:
// the pixels of a convolution, and its window.
#include "target/tensor/tile/size.h"

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

// Whether the rows of an outer iterator's points follow one another, each with k and pixels of its own.
static bool is_group(Contraction *c, const ContractionIterator *outer) {
  ContractionIterator *row = contraction_main(c, ROLE_ROW);
  bool one = quantity_is(row->extent, 1);
  if (outer->sums || !has_constant_steps(outer) || !has_constant_steps(row) ||
      constant_stride(outer, CONTRACTION_X) <= 0 || constant_stride(outer, CONTRACTION_Y) <= 0 ||
      constant_stride(outer, CONTRACTION_C) <= 0)
    return false;
  for (unsigned k = 0; k < CONTRACTION_ARRAYS && !one; k++)
    if (k != CONTRACTION_Y && constant_stride(outer, k) != constant_stride(row, k) * row->extent.constant)
      return false;
  return true;
}

// Integers alone: what another group's pixels add is 0 times them.
static void join_groups(Contraction *c, int64_t most) {
  ContractionIterator *row = contraction_main(c, ROLE_ROW), *sum = contraction_main(c, ROLE_SUM),
                      *outer = NULL;
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    if (is_group(c, &c->iterators[i]))
      outer = &c->iterators[i];
  if (!outer || c->word != 4 || c->epilogue.corrected || c->finish.any || c->elsewhere ||
      c->taps.count == CONTRACTION_PARTS || !is_positive_constant(sum->extent))
    return;
  int64_t groups = most / row->extent.constant;
  while (groups > 1 && outer->extent.constant % groups != 0)
    groups--;
  if (groups <= 1)
    return;
  c->diagonal = (ContractionDiagonal){groups, row->extent.constant, sum->extent.constant, false, {0}};
  c->taps.extents[c->taps.count] = (Quantity){IR_NONE, groups};
  c->taps.strides[c->taps.count] = outer->strides[CONTRACTION_Y];
  memset(c->taps.steps[c->taps.count++], 0, sizeof *c->taps.steps);
  if (row->extent.constant == 1) {
    row->iterator = outer->iterator;
    row->strides[CONTRACTION_X] = outer->strides[CONTRACTION_X];
    row->strides[CONTRACTION_C] = outer->strides[CONTRACTION_C];
  }
  row->extent.constant *= groups;
  sum->extent.constant *= groups;
  outer->extent.constant /= groups;
  outer->times = groups;
  for (unsigned k = 0; k < CONTRACTION_ARRAYS; k++)
    outer->strides[k].constant *= groups;
}

bool contraction_gather_pixels(Contraction *c, unsigned most) {
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
  join_groups(c, most);
  c->product = contraction_product(c);
  return pixels || taps || !dense;
}

// Whether the columns of an outer iterator's points follow one another, each with values of k that follow
// those of the others in X, `run` bytes of them.
static bool is_column_group(Contraction *c, const ContractionIterator *outer, int64_t run) {
  ContractionIterator *column = contraction_main(c, ROLE_COLUMN);
  bool bordered = false;
  for (uint32_t b = 0; b < c->border_count; b++)
    bordered = bordered || outer->steps[b] != 0;
  return !outer->sums && !bordered && has_constant_steps(outer) && has_constant_steps(column) &&
         constant_stride(outer, CONTRACTION_X) == run && constant_stride(outer, CONTRACTION_Y) > 0 &&
         goes_on_in(outer, column, CONTRACTION_C);
}

// Values of k of a tap that lie side by side: all along the innermost part, or each is a tap of its own.
static bool choose_run(Contraction *c, int64_t *run) {
  ContractionIterator *sum = contraction_main(c, ROLE_SUM);
  int64_t size = contraction_size(c, CONTRACTION_X);
  if (!has_constant_steps(sum) || constant_stride(sum, CONTRACTION_Y) <= 0)
    return false;
  whole_part(c, ROLE_SUM, &c->sum_parts);
  ContractionParts *parts = &c->sum_parts;
  *run = parts->extents[0].constant;
  if (constant_stride(sum, CONTRACTION_X) == size)
    return constant_stride(sum, CONTRACTION_Y) == size;
  if (parts->count == CONTRACTION_PARTS)
    return false;
  *run = 1;
  for (uint32_t i = parts->count++; i > 0; i--) {
    parts->extents[i] = parts->extents[i - 1];
    parts->strides[i] = parts->strides[i - 1];
    memcpy(parts->steps[i], parts->steps[i - 1], sizeof parts->steps[i]);
  }
  parts->extents[0] = (Quantity){IR_NONE, 1};
  parts->strides[0] = (Quantity){IR_NONE, size};
  memset(parts->steps[0], 0, sizeof parts->steps[0]);
  return true;
}

bool contraction_gather_groups(Contraction *c, int64_t most) {
  contraction_gather(c);
  ContractionIterator *column = contraction_main(c, ROLE_COLUMN), *sum = contraction_main(c, ROLE_SUM),
                      *outer = NULL;
  int64_t run = 0, size = contraction_size(c, CONTRACTION_X);
  if (c->word != 4 || c->epilogue.corrected || c->finish.any || c->start != START_ZERO ||
      !is_positive_constant(column->extent) || !choose_run(c, &run))
    return false;
  for (uint32_t i = 0; i < contraction_outer_count(c); i++)
    if (is_column_group(c, &c->iterators[i], run * size))
      outer = &c->iterators[i];
  if (!outer)
    return false;
  int64_t groups = most / column->extent.constant;
  while (groups > 1 && outer->extent.constant % groups != 0)
    groups--;
  if (groups <= 1)
    return false;
  c->diagonal =
      (ContractionDiagonal){groups,
                            column->extent.constant,
                            run,
                            true,
                            {run * constant_stride(sum, CONTRACTION_Y),
                             constant_stride(column, CONTRACTION_Y), constant_stride(outer, CONTRACTION_Y)}};
  if (column->extent.constant == 1) {
    column->iterator = outer->iterator;
    column->strides[CONTRACTION_C] = outer->strides[CONTRACTION_C];
  }
  column->strides[CONTRACTION_Y] = outer->strides[CONTRACTION_Y];
  column->extent.constant *= groups;
  sum->extent.constant *= groups;
  sum->strides[CONTRACTION_X] = sum->strides[CONTRACTION_Y] = (Quantity){IR_NONE, size};
  c->sum_parts.extents[0].constant *= groups;
  outer->extent.constant /= groups;
  outer->times = groups;
  for (unsigned k = 0; k < CONTRACTION_ARRAYS; k++)
    outer->strides[k].constant *= groups;
  return true;
}
