// Operations on the bits of elements that the machine has no instructions for.
#include "target/import/vector.h"
#include "target/ir/bits.h"

#include <string.h>

typedef struct Lanes {
  Importer *imp;
  const VectorShape *shape;
} Lanes;

static IrValue splat(const Lanes *lanes, uint64_t n) {
  int64_t number = sign_extend((int64_t)n, lanes->shape->sew);
  return lanes_splat(lanes->imp, build_const(&lanes->imp->b, IR_I64, number), lanes->shape);
}

static IrValue binary(void *context, IrOp op, IrValue x, IrValue y) {
  const Lanes *lanes = context;
  return lanes_binary(lanes->imp, op, lanes->shape, x, y);
}

static IrValue with_number(void *context, IrOp op, IrValue x, uint64_t number) {
  return binary(context, op, x, splat(context, number));
}

// fshl(a, b, n): a << n | b >> 1 >> ~n; shifts take their amounts modulo the width.
static IrValue funnel(Lanes *lanes, const IrValue *x, bool left) {
  IrValue a = x[0], b = x[1], n = x[2], rest = with_number(lanes, IR_XOR, n, UINT64_MAX);
  if (left)
    return binary(lanes, IR_OR, binary(lanes, IR_SHL, a, n),
                  binary(lanes, IR_LSHR, with_number(lanes, IR_LSHR, b, 1), rest));
  return binary(lanes, IR_OR, binary(lanes, IR_SHL, with_number(lanes, IR_SHL, a, 1), rest),
                binary(lanes, IR_LSHR, b, n));
}

IrValue lanes_bits(Importer *imp, const VectorShape *shape, const char *name, const IrValue *x) {
  static const char *const names[] = {"fshl", "fshr", "ctpop", "cttz", "ctlz", "bswap", "bitreverse"};
  size_t kind = 0, kinds = sizeof names / sizeof *names;
  while (kind < kinds && strcmp(name, names[kind]) != 0)
    kind++;
  if (kind == kinds || is_mask_shape(shape))
    return IR_NONE;
  Lanes lanes = {imp, shape};
  const BitsForm form = {&lanes, shape->sew, binary, with_number};
  if (kind < 2)
    return funnel(&lanes, x, kind == 0);
  if (kind == 2)
    return build_population(&form, x[0]);
  if (kind < 5)
    return build_zeros(&form, x[0], kind == 3);
  return build_reversed(&form, x[0], kind == 5 ? 8 : 1);
}
