// Transfers that begin a nest are asked for in the nest before (prefetch.c).
#ifndef KILN_TARGET_TENSOR_PREFETCH_H
#define KILN_TARGET_TENSOR_PREFETCH_H

#include "target/tensor/nest.h"

typedef struct PrefetchArray {
  IrValue base;
  uint32_t object; // as in Array
  bool written;
} PrefetchArray;

// A nest that runs in any case, as its code is now.
typedef struct PrefetchNest {
  uint32_t code;        // IrBlock.nest of its blocks
  uint32_t open, close; // the first and the last of them that runs; IR_NONE: not found
  uint32_t array_count, part_count;
  PrefetchArray *arrays;
  RegionPart *parts; // all that it has of the scratchpad
} PrefetchNest;

typedef struct Prefetch {
  VEC(PrefetchNest) nests;
} Prefetch;

// To be called when a region has been mapped to blocks from `first` on. Nests are left out that have a scalar
// version as well, or do not say where their buffers lie.
void prefetch_note(Prefetch *prefetch, const Region *region, uint32_t first);
// To be called when all are mapped.
void prefetch_across_nests(Target *target, Function *f, Prefetch *prefetch);

#endif
