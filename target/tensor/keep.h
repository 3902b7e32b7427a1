// Arrays of a function that live in the scratchpad from nest to nest.
#ifndef KILN_TARGET_TENSOR_KEEP_H
#define KILN_TARGET_TENSOR_KEEP_H

#include "target/internal.h"

typedef struct Keep {
  const Machine *whole; // the machine as it is; Target.machine is what nests have of it meanwhile
  Machine rest;
} Keep;

// Before nests are mapped: finds arrays of the function's frame, or from malloc, that one loop leaves to
// another and that nobody else sees, notes those that fit (Function.kept) and reserves room for them.
void keep_begin(Target *target, Function *f, Keep *keep);
// Behind that: places them where the function's frame in the scratchpad ends. Those for which there is no
// room any more, or that have to outlive calls of functions unknown, stay where they were.
void keep_end(Target *target, Function *f, Keep *keep);

// Whether an address lies in an array that is kept.
bool is_kept(const Function *f, IrValue address);

#endif
