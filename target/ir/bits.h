// Counts and orders of bits made of shifts, sums and products: what the vector unit has no instructions for.
#ifndef KILN_TARGET_IR_BITS_H
#define KILN_TARGET_IR_BITS_H

#include "target/internal.h"

// How values are computed with. `number` gives a value for the second operand, of which the low `bits` count.
typedef struct BitsForm {
  void *context;
  unsigned bits; // of a value: 8, 16, 32 or 64
  IrValue (*binary)(void *context, IrOp op, IrValue x, IrValue y);
  IrValue (*with_number)(void *context, IrOp op, IrValue x, uint64_t number);
} BitsForm;

// Bits that are set.
IrValue build_population(const BitsForm *form, IrValue x);
// Zeros below the lowest bit that is set, or above the highest; of 0 the number of bits.
IrValue build_zeros(const BitsForm *form, IrValue x, bool trailing);
// Units of so many bits in the other order: 1, or 8 for bytes.
IrValue build_reversed(const BitsForm *form, IrValue x, unsigned unit);

#endif
