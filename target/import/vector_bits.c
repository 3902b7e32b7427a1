// Operations on the bits of elements that the machine has no instructions for.
#include "target/import/vector.h"

#include <string.h>

static IrValue splat(Importer *imp, const VectorShape *shape, uint64_t n) {
  return lanes_splat(imp, build_const(&imp->b, IR_I64, sign_extend((int64_t)n, shape->sew)), shape);
}

static IrValue both(Importer *imp, IrOp op, const VectorShape *shape, IrValue x, IrValue y) {
  return lanes_binary(imp, op, shape, x, y);
}

static IrValue shift(Importer *imp, IrOp op, const VectorShape *shape, IrValue x, unsigned by) {
  return both(imp, op, shape, x, splat(imp, shape, by));
}

// fshl(a, b, n): a << n | b >> 1 >> ~n; shifts take their amounts modulo the width.
static IrValue funnel(Importer *imp, const VectorShape *shape, const IrValue *x, bool left) {
  IrValue a = x[0], b = x[1], n = x[2], rest = both(imp, IR_XOR, shape, n, splat(imp, shape, UINT64_MAX));
  if (left)
    return both(imp, IR_OR, shape, both(imp, IR_SHL, shape, a, n),
                both(imp, IR_LSHR, shape, shift(imp, IR_LSHR, shape, b, 1), rest));
  return both(imp, IR_OR, shape, both(imp, IR_SHL, shape, shift(imp, IR_SHL, shape, a, 1), rest),
              both(imp, IR_LSHR, shape, b, n));
}

enum { EVERY_SECOND = 0x55, PAIRS = 0x33, NIBBLES = 0x0f, BYTE_STEP = 0x01 };

static uint64_t repeated(unsigned byte) {
  return UINT64_C(0x0101010101010101) * byte;
}

// Sums of neighbouring bits, pairs, and nibbles; then of bytes, by a product.
static IrValue population(Importer *imp, const VectorShape *shape, IrValue x) {
  IrValue odd =
      both(imp, IR_AND, shape, shift(imp, IR_LSHR, shape, x, 1), splat(imp, shape, repeated(EVERY_SECOND)));
  x = both(imp, IR_SUB, shape, x, odd);
  IrValue of_pairs = splat(imp, shape, repeated(PAIRS));
  x = both(imp, IR_ADD, shape, both(imp, IR_AND, shape, x, of_pairs),
           both(imp, IR_AND, shape, shift(imp, IR_LSHR, shape, x, 2), of_pairs));
  x = both(imp, IR_ADD, shape, x, shift(imp, IR_LSHR, shape, x, 4));
  x = both(imp, IR_AND, shape, x, splat(imp, shape, repeated(NIBBLES)));
  if (shape->sew == 8)
    return x;
  x = both(imp, IR_MUL, shape, x, splat(imp, shape, repeated(BYTE_STEP)));
  return shift(imp, IR_LSHR, shape, x, shape->sew - 8U);
}

// Zeros below the lowest one: those of ~x & (x - 1). Above the highest: those of the complement of x with all
// bits below it set.
static IrValue zeros(Importer *imp, const VectorShape *shape, IrValue x, bool trailing) {
  IrValue ones = splat(imp, shape, UINT64_MAX);
  if (trailing)
    return population(
        imp, shape,
        both(imp, IR_AND, shape, both(imp, IR_XOR, shape, x, ones), both(imp, IR_ADD, shape, x, ones)));
  for (unsigned by = 1; by < shape->sew; by *= 2)
    x = both(imp, IR_OR, shape, x, shift(imp, IR_LSHR, shape, x, by));
  return population(imp, shape, both(imp, IR_XOR, shape, x, ones));
}

// Swaps neighbouring groups of `by` bits.
static IrValue swap_bits(Importer *imp, const VectorShape *shape, IrValue x, unsigned by) {
  if (by * 2 == shape->sew)
    return both(imp, IR_OR, shape, shift(imp, IR_SHL, shape, x, by), shift(imp, IR_LSHR, shape, x, by));
  uint64_t mask = 0;
  for (unsigned at = 0; at < 64; at += 2 * by)
    mask |= ((UINT64_C(1) << by) - 1) << at;
  IrValue low = splat(imp, shape, mask);
  return both(imp, IR_OR, shape, shift(imp, IR_SHL, shape, both(imp, IR_AND, shape, x, low), by),
              both(imp, IR_AND, shape, shift(imp, IR_LSHR, shape, x, by), low));
}

IrValue lanes_bits(Importer *imp, const VectorShape *shape, const char *name, const IrValue *x) {
  static const char *const names[] = {"fshl", "fshr", "ctpop", "cttz", "ctlz", "bswap", "bitreverse"};
  size_t kind = 0, kinds = sizeof names / sizeof *names;
  while (kind < kinds && strcmp(name, names[kind]) != 0)
    kind++;
  if (kind == kinds || is_mask_shape(shape))
    return IR_NONE;
  if (kind < 2)
    return funnel(imp, shape, x, kind == 0);
  if (kind == 2)
    return population(imp, shape, x[0]);
  if (kind < 5)
    return zeros(imp, shape, x[0], kind == 3);
  IrValue v = x[0];
  for (unsigned by = kind == 5 ? 8 : 1; by < shape->sew; by *= 2)
    v = swap_bits(imp, shape, v, by);
  return v;
}
