// What is known of the upper bits of the values of the legal SSA form.
#ifndef KILN_TARGET_SIMPLIFY_BITS_H
#define KILN_TARGET_SIMPLIFY_BITS_H

#include "target/internal.h"

// A value is below 2^zero, and its bits from sign - 1 on are alike. 64: nothing is known.
typedef struct Widths {
  uint8_t zero;
  uint8_t sign;
} Widths;

typedef struct BitsKnown {
  Function *f;
  Widths *widths; // by value
  uint32_t count;
} BitsKnown;

void bits_start(BitsKnown *known, Function *f);
void bits_end(BitsKnown *known);
// Makes an instruction simpler, whose operands have been; the value that stands for it, itself if none does.
IrValue bits_simplify(BitsKnown *known, IrValue v);

#endif
