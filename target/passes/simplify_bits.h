// What is known of the upper bits of the values of the legal SSA form.
#ifndef KILN_TARGET_PASSES_SIMPLIFY_BITS_H
#define KILN_TARGET_PASSES_SIMPLIFY_BITS_H

#include "target/internal.h"

// A value is below 2^zero, and its bits from sign - 1 on are alike. 64: nothing is known.
typedef struct Widths {
  uint8_t zero;
  uint8_t sign;
} Widths;

typedef struct BitsKnown {
  Function *f;
  uint64_t extensions;
  Widths *widths; // by value
  uint8_t *read;  // by value: how many of its low bits are read; the others may be anything
  uint32_t count;
} BitsKnown;

void bits_start(BitsKnown *known, const Target *target, Function *f);
void bits_end(BitsKnown *known);
// Makes an instruction simpler, whose operands have been; the value that stands for it, itself if none does.
IrValue bits_simplify(BitsKnown *known, IrValue v);

// unread_bits.c: finds `read`.
void find_bits_read(BitsKnown *known);
// Makes an operation cheaper that may give anything in the bits of v that nobody reads.
void use_unread_bits(BitsKnown *known, IrValue v);
// How many low bits of operand i an integer operation reads.
unsigned bits_read(const Function *f, const IrInsn *insn, uint32_t i);
bool is_shift(IrOp op);

#endif
