// Local arrays of an iteration, with an element for each iteration: expand.c.
#ifndef KILN_TARGET_TENSOR_EXPAND_H
#define KILN_TARGET_TENSOR_EXPAND_H

#include "target/tensor/nest.h"

// What the region's accesses were before.
typedef struct Expansion {
  size_t count;
  Access *accesses;
} Expansion;

// Makes accesses of local arrays move with the loops around that fill them anew in each iteration. False:
// there are no such arrays. Only what does without these arrays in memory may use the region then.
bool expand_locals(const Target *target, Region *region, Expansion *expansion);
void expand_restore(Region *region, const Expansion *expansion);

#endif
