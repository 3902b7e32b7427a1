// Makes bit operations from plain ones where the machine lacks Zbb: minimum, maximum, rotations, counts, byte
// swaps. Requires: imported SSA form. Provides: such operations are gone; new IR_SELECTs.
#include "target/internal.h"

static bool is_lowered(IrOp op) {
  switch (op) {
  case IR_SMIN:
  case IR_SMAX:
  case IR_UMIN:
  case IR_UMAX:
  case IR_ROTL:
  case IR_ROTR:
  case IR_CTPOP:
  case IR_CTLZ:
  case IR_CTTZ:
  case IR_BSWAP:
    return true;
  default:
    return false;
  }
}

static IrValue number(Builder *b, uint64_t value) {
  return build_const(b, IR_I64, (int64_t)value);
}

static IrValue op2(Builder *b, IrOp op, IrValue x, IrValue y) {
  return build2(b, op, IR_I64, x, y);
}

static IrValue shifted(Builder *b, IrOp op, IrValue x, unsigned by) {
  return op2(b, op, x, number(b, by));
}

// The bits set in pairs, fours and bytes, then the sum of the bytes.
static IrValue count_ones(Builder *b, IrValue x) {
  const uint64_t pairs = 0x5555555555555555, fours = 0x3333333333333333, bytes = 0x0f0f0f0f0f0f0f0f;
  x = op2(b, IR_SUB, x, op2(b, IR_AND, shifted(b, IR_LSHR, x, 1), number(b, pairs)));
  x = op2(b, IR_ADD, op2(b, IR_AND, x, number(b, fours)),
          op2(b, IR_AND, shifted(b, IR_LSHR, x, 2), number(b, fours)));
  x = op2(b, IR_AND, op2(b, IR_ADD, x, shifted(b, IR_LSHR, x, 4)), number(b, bytes));
  return shifted(b, IR_LSHR, op2(b, IR_MUL, x, number(b, 0x0101010101010101)), 56);
}

// Of a value of 64 bits whose upper ones are zero.
static IrValue count_leading(Builder *b, IrValue x, unsigned bits) {
  for (unsigned by = 1; by < bits; by *= 2)
    x = op2(b, IR_OR, x, shifted(b, IR_LSHR, x, by));
  return op2(b, IR_SUB, number(b, bits), count_ones(b, x));
}

static IrValue count_trailing(Builder *b, IrValue x, unsigned bits) {
  if (bits < 64)
    x = op2(b, IR_OR, x, number(b, UINT64_C(1) << bits));
  IrValue inverse = op2(b, IR_XOR, x, number(b, UINT64_MAX));
  return count_ones(b, op2(b, IR_AND, inverse, op2(b, IR_SUB, x, number(b, 1))));
}

static IrValue swap_bytes(Builder *b, IrValue x, unsigned bits) {
  static const uint64_t masks[2] = {0x00ff00ff00ff00ff, 0x0000ffff0000ffff};
  for (unsigned i = 0; i < 2; i++) {
    IrValue mask = number(b, masks[i]);
    x = op2(b, IR_OR, op2(b, IR_AND, shifted(b, IR_LSHR, x, 8U << i), mask),
            shifted(b, IR_SHL, op2(b, IR_AND, x, mask), 8U << i));
  }
  x = op2(b, IR_OR, shifted(b, IR_LSHR, x, 32), shifted(b, IR_SHL, x, 32));
  return bits < 64 ? shifted(b, IR_LSHR, x, 64 - bits) : x;
}

static IrValue rotate(Builder *b, IrOp op, IrType type, IrValue x, IrValue n) {
  IrValue mask = build_const(b, type, type - 1);
  IrValue back = build2(b, IR_AND, type, build2(b, IR_SUB, type, build_const(b, type, 0), n), mask);
  n = build2(b, IR_AND, type, n, mask);
  bool left = op == IR_ROTL;
  return build2(b, IR_OR, type, build2(b, IR_SHL, type, x, left ? n : back),
                build2(b, IR_LSHR, type, x, left ? back : n));
}

static IrValue lower(Builder *b, IrOp op, IrType type, IrValue x, IrValue y) {
  switch (op) {
  case IR_SMIN:
    return build_select(b, type, build_compare(b, IR_ICMP, IR_SLT, x, y), x, y);
  case IR_SMAX:
    return build_select(b, type, build_compare(b, IR_ICMP, IR_SGT, x, y), x, y);
  case IR_UMIN:
    return build_select(b, type, build_compare(b, IR_ICMP, IR_ULT, x, y), x, y);
  case IR_UMAX:
    return build_select(b, type, build_compare(b, IR_ICMP, IR_UGT, x, y), x, y);
  case IR_ROTL:
  case IR_ROTR:
    return rotate(b, op, type, x, y);
  default:
    break;
  }
  if (type < IR_I64)
    x = build1(b, IR_ZEXT, IR_I64, x);
  IrValue r = op == IR_CTPOP  ? count_ones(b, x)
              : op == IR_CTLZ ? count_leading(b, x, type)
              : op == IR_CTTZ ? count_trailing(b, x, type)
                              : swap_bytes(b, x, type);
  return type < IR_I64 ? build1(b, IR_TRUNC, type, r) : r;
}

static IrValue without_zbb(const Target *target, Builder *b, IrValue v) {
  (void)target;
  IrInsn insn = *ir_insn(b->f, v);
  return is_lowered((IrOp)insn.op) ? lower(b, (IrOp)insn.op, insn.type, insn.operands[0], insn.operands[1])
                                   : IR_NONE;
}

bool lower_bits(Target *target, Function *f) {
  if (!(target->extensions & ISA_EXTENSION_BIT(ISA_EXT_ZBB)))
    rewrite_values(target, f, without_zbb);
  return true;
}
