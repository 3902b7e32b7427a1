// Arithmetic of sizes and strides that are signed, as extents are, and what those who look for special forms
// of a contraction ask.
#ifndef KILN_TARGET_TENSOR_TILE_SIZE_H
#define KILN_TARGET_TENSOR_TILE_SIZE_H

#include "target/tensor/tile/contraction.h"

static inline int64_t size_divide_up(int64_t x, int64_t unit) {
  return (x + unit - 1) / unit;
}

static inline int64_t size_larger(int64_t x, int64_t y) {
  return x > y ? x : y;
}

static inline int64_t size_smaller(int64_t x, int64_t y) {
  return x < y ? x : y;
}

static inline int64_t greatest_divisor(int64_t x, int64_t y) {
  while (y) {
    int64_t rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}

static inline bool is_positive_constant(Quantity quantity) {
  return quantity.value == IR_NONE && quantity.constant > 0;
}

static inline bool has_constant_strides(const ContractionIterator *iterator) {
  for (unsigned i = 0; i < CONTRACTION_STRIDES; i++)
    if (iterator->strides[i].value != IR_NONE)
      return false;
  return true;
}

// Whether the extent is positive and it and all strides are constants.
static inline bool has_constant_steps(const ContractionIterator *iterator) {
  return is_positive_constant(iterator->extent) && has_constant_strides(iterator);
}

// Bytes, of an iterator whose strides are constants.
static inline int64_t constant_stride(const ContractionIterator *iterator, unsigned array) {
  return iterator->strides[array].constant;
}

#endif
