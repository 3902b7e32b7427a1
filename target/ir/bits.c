// Counts and orders of bits. The sums of neighbours: H. S. Warren, Hacker's Delight, chapters 5 and 7.
#include "target/ir/bits.h"

enum { EVERY_SECOND = 0x55, PAIRS = 0x33, NIBBLES = 0x0f, BYTE_STEP = 0x01 };

static uint64_t repeated(unsigned byte) {
  return UINT64_C(0x0101010101010101) * byte;
}

static IrValue with(const BitsForm *form, IrOp op, IrValue x, uint64_t number) {
  return form->with_number(form->context, op, x, number);
}

static IrValue both(const BitsForm *form, IrOp op, IrValue x, IrValue y) {
  return form->binary(form->context, op, x, y);
}

// Sums of neighbouring bits, pairs, and nibbles; then of bytes, by a product.
IrValue build_population(const BitsForm *form, IrValue x) {
  IrValue odd = with(form, IR_AND, with(form, IR_LSHR, x, 1), repeated(EVERY_SECOND));
  x = both(form, IR_SUB, x, odd);
  x = both(form, IR_ADD, with(form, IR_AND, x, repeated(PAIRS)),
           with(form, IR_AND, with(form, IR_LSHR, x, 2), repeated(PAIRS)));
  x = with(form, IR_AND, both(form, IR_ADD, x, with(form, IR_LSHR, x, 4)), repeated(NIBBLES));
  if (form->bits == 8)
    return x;
  return with(form, IR_LSHR, with(form, IR_MUL, x, repeated(BYTE_STEP)), form->bits - 8U);
}

// Zeros below the lowest one: those of ~x & (x - 1). Above the highest: those of the complement of x with all
// bits below it set.
IrValue build_zeros(const BitsForm *form, IrValue x, bool trailing) {
  if (trailing)
    return build_population(
        form, both(form, IR_AND, with(form, IR_XOR, x, UINT64_MAX), with(form, IR_ADD, x, UINT64_MAX)));
  for (unsigned by = 1; by < form->bits; by *= 2)
    x = both(form, IR_OR, x, with(form, IR_LSHR, x, by));
  return build_population(form, with(form, IR_XOR, x, UINT64_MAX));
}

// Swaps neighbouring groups of `by` bits.
static IrValue swap_groups(const BitsForm *form, IrValue x, unsigned by) {
  IrValue up = x, down = with(form, IR_LSHR, x, by);
  if (by * 2 != form->bits) {
    uint64_t low = 0;
    for (unsigned at = 0; at < 64; at += 2 * by)
      low |= ((UINT64_C(1) << by) - 1) << at;
    up = with(form, IR_AND, x, low);
    down = with(form, IR_AND, down, low);
  }
  return both(form, IR_OR, with(form, IR_SHL, up, by), down);
}

IrValue build_reversed(const BitsForm *form, IrValue x, unsigned unit) {
  for (unsigned by = unit; by < form->bits; by *= 2)
    x = swap_groups(form, x, by);
  return x;
}
