// Expressions that do the same with other elements of the same arrays: what compilers and people make when
// they write loops out.
#ifndef KILN_TARGET_TENSOR_RAISE_ALIKE_H
#define KILN_TARGET_TENSOR_RAISE_ALIKE_H

#include "target/tensor/raise/raise.h"

// How expressions are compared.
typedef struct Likeness {
  const Region *region;
  const uint32_t *iterators; // what those of the second one are in the first; NULL: the same
  // By load, in the order in which they are met: bytes by which those of the second expression lie behind
  // those of the first. Room for `most`.
  int64_t *moved;
  unsigned loads, most;
  unsigned nodes; // that have been compared: there is an end to it, since nodes are shared
} Likeness;

// Whether both accesses go to the same place but for a constant.
bool places_alike(const Likeness *l, const Access *x, const Access *y);

// Whether y is x but for where its loads are.
bool expressions_alike(Likeness *l, uint32_t x, uint32_t y);

#endif
