// Loops that fill or copy an array as one long row, where sums go through it by rows and columns, are given
// their shape: so the fill is what the sums begin with, and the copy the middle of an image with padding.
// Compilers write such loops when they make calls of memset and memcpy of nests.
#include "target/tensor/raise/raise.h"

static const Access *access_at_index(const Region *region, uint32_t access) {
  return &region->accesses.data[access];
}

// A loop of known length around one plain statement, perhaps in loops of its own: that; else NULL.
static const Statement *only_statement(const Region *region, const Loop *loop) {
  if (region->iterators.data[loop->iterator].extent.value != IR_NONE)
    return NULL;
  while (loop->body.count == 1 && loop->body.data[0].loop)
    loop = &region->loops.data[loop->body.data[0].index];
  if (loop->body.count != 1)
    return NULL;
  const Statement *s = &region->statements.data[loop->body.data[0].index];
  bool plain = s->reduction == IR_OP_COUNT && s->guard_count == 0 && s->condition == NODE_NONE;
  return plain ? s : NULL;
}

// The length of a row, where an access has a term of `coefficient` for its elements and one for rows of them
// that divide `extent`; 0: it has not.
static int64_t row_of(const Region *region, const Access *access, int64_t coefficient, int64_t extent) {
  for (uint32_t i = 0; i < access->offset.count; i++) {
    const AffineTerm *term = &access->offset.terms[i];
    Quantity row = region->iterators.data[term->iterator].extent;
    if (!quantities_equal(term->coefficient, (Quantity){IR_NONE, coefficient}) || row.value != IR_NONE ||
        row.constant <= 1 || row.constant >= extent || extent % row.constant != 0)
      continue;
    Quantity next = {IR_NONE, coefficient * row.constant};
    for (uint32_t k = 0; k < access->offset.count; k++)
      if (quantities_equal(access->offset.terms[k].coefficient, next))
        return row.constant;
  }
  return 0;
}

// The row by which a sum goes through an array: as its result, or as one of its operands.
static int64_t row_of_sums(const Region *region, uint32_t array, int64_t coefficient, int64_t extent) {
  for (size_t i = 0; i < region->statements.count; i++) {
    const Statement *s = &region->statements.data[i];
    bool sums = s->reduction == IR_ADD || s->reduction == IR_FADD || s->reduction == IR_FMA;
    if (!sums)
      continue;
    const Access *target = access_at_index(region, s->target);
    int64_t row = target->array == array ? row_of(region, target, coefficient, extent) : 0;
    for (size_t k = 0; k < region->accesses.count && !row && node_reads(region, s->value, array); k++)
      if (access_at_index(region, (uint32_t)k)->array == array)
        row = row_of(region, access_at_index(region, (uint32_t)k), coefficient, extent);
    if (row)
      return row;
  }
  return 0;
}

static int64_t row_of_access(const Region *region, const Loop *loop, const Access *access) {
  Quantity coefficient = affine_coefficient(&access->offset, loop->iterator);
  if (region->arrays.data[access->array].kind != ARRAY_MEMORY || access->index != NODE_NONE ||
      coefficient.value != IR_NONE || coefficient.constant <= 0)
    return 0;
  return row_of_sums(region, access->array, coefficient.constant,
                     region->iterators.data[loop->iterator].extent.constant);
}

// Of what is written, or else of what that is made of.
static int64_t wanted_row(const Region *region, const Loop *loop) {
  const Statement *s = only_statement(region, loop);
  int64_t row = s ? row_of_access(region, loop, access_at_index(region, s->target)) : 0;
  for (uint32_t k = 0; s && k < region->accesses.count && !row; k++) {
    const Access *access = access_at_index(region, k);
    bool sums = region->arrays.data[access->array].written && node_reads(region, s->value, access->array);
    row = sums ? row_of_access(region, loop, access) : 0;
  }
  return row;
}

void shape_loops(Region *region) {
  enum { MOST = 16 }; // splits
  unsigned splits = 0;
  for (uint32_t l = 0; l < region->loops.count; l++) {
    int64_t row = 1;
    while (row && splits++ < MOST) {
      row = wanted_row(region, &region->loops.data[l]);
      if (row && !split_iterator_by(region, region->loops.data[l].iterator, row))
        break;
    }
  }
}
