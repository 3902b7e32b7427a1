// Turns divisions by constants into multiplications and shifts: a division takes 20 cycles and blocks its
// unit, a product 3. Requires: SSA form before legalization. Provides: no integer division of at most 64 bits
// by a constant other than 0 is left.
//
// The method is Granlund and Montgomery's ("Division by Invariant Integers using Multiplication", PLDI 1994):
// floor(x / d) for 0 <= x < 2^n is floor(x * m / 2^k) with m = ceil(2^k / d), when m * d - 2^k <= 2^(k - n).
// Widths of at most 32 bits are computed in 64.
#include "target/internal.h"

__extension__ typedef unsigned __int128 Wide;

enum { NARROW = 32, WORD = 64 };

// x / d is (x * multiplier) >> shift.
typedef struct Reciprocal {
  Wide multiplier;
  unsigned shift;
} Reciprocal;

static Wide power(unsigned exponent) {
  return (Wide)1 << exponent;
}

// The smallest multiplier for 0 <= x < 2^bits, or with an added 1 for |x| <= 2^bits (signed values have bits
// + 1), with shift >= least.
static Reciprocal reciprocal(uint64_t divisor, unsigned bits, unsigned least, bool is_signed) {
  for (unsigned shift = bits > least ? bits : least;; shift++) {
    Wide quotient = power(shift) / divisor;
    Wide error = (quotient + 1) * divisor - power(shift);
    if (!is_signed && quotient * divisor == power(shift))
      return (Reciprocal){quotient, shift};
    if (error <= power(shift - bits))
      return (Reciprocal){quotient + 1, shift};
  }
}

static IrValue constant(Builder *b, IrType type, uint64_t value) {
  return build_const(b, type, (int64_t)value);
}

static IrValue binary(Builder *b, IrOp op, IrType type, IrValue x, uint64_t y) {
  return build2(b, op, type, x, constant(b, type, y));
}

static IrValue widened(Builder *b, IrValue x, IrOp extension) {
  return ir_type(b->f, x) == IR_I64 ? x : build1(b, extension, IR_I64, x);
}

static IrValue narrowed(Builder *b, IrValue x, IrType type) {
  return type == IR_I64 ? x : build1(b, IR_TRUNC, type, x);
}

// floor(x * 2^-64 * (2^64 + multiplier) / 2^shift) without the carry being lost.
static IrValue quotient_with_carry(Builder *b, IrValue x, uint64_t multiplier, unsigned shift) {
  IrValue high = build2(b, IR_MULHU, IR_I64, x, constant(b, IR_I64, multiplier));
  IrValue half = binary(b, IR_LSHR, IR_I64, build2(b, IR_SUB, IR_I64, x, high), 1);
  return binary(b, IR_LSHR, IR_I64, build2(b, IR_ADD, IR_I64, half, high), shift - 1);
}

static IrValue unsigned_quotient(Builder *b, IrValue x, uint64_t divisor) {
  IrType type = ir_type(b->f, x);
  unsigned bits = type;
  IrValue wide = widened(b, x, IR_ZEXT);
  if (sign_extend((int64_t)divisor, bits) < 0) // at most once
    return build1(b, IR_ZEXT, type, build_compare(b, IR_ICMP, IR_UGE, x, constant(b, type, divisor)));
  Reciprocal r = reciprocal(divisor, bits, 0, false);
  IrValue result = IR_NONE;
  if (bits <= NARROW && r.multiplier < power(WORD - bits)) {
    result = binary(b, IR_LSHR, IR_I64, binary(b, IR_MUL, IR_I64, wide, (uint64_t)r.multiplier), r.shift);
  } else {
    unsigned even = (unsigned)__builtin_ctzll(divisor);
    r = reciprocal(divisor, bits, WORD, false);
    if (r.multiplier >> WORD && even) { // a narrower dividend makes do with a shorter multiplier
      wide = binary(b, IR_LSHR, IR_I64, wide, even);
      r = reciprocal(divisor >> even, bits - even, WORD, false);
    }
    if (r.multiplier >> WORD) {
      result = quotient_with_carry(b, wide, (uint64_t)r.multiplier, r.shift - WORD);
    } else {
      IrValue high = build2(b, IR_MULHU, IR_I64, wide, constant(b, IR_I64, (uint64_t)r.multiplier));
      result = binary(b, IR_LSHR, IR_I64, high, r.shift - WORD);
    }
  }
  return narrowed(b, result, type);
}

// Rounded toward zero: floor(x * m / 2^k), and one more where x is negative.
static IrValue signed_quotient(Builder *b, IrValue x, uint64_t divisor, bool negative) {
  IrType type = ir_type(b->f, x);
  unsigned bits = type;
  IrValue wide = widened(b, x, IR_SEXT), result = IR_NONE;
  if (bits <= NARROW) {
    Reciprocal r = reciprocal(divisor, bits - 1, 1, true);
    result = binary(b, IR_ASHR, IR_I64, binary(b, IR_MUL, IR_I64, wide, (uint64_t)r.multiplier), r.shift);
  } else {
    Reciprocal r = reciprocal(divisor, bits - 1, WORD, true);
    result = build2(b, IR_MULHS, IR_I64, wide, constant(b, IR_I64, (uint64_t)r.multiplier));
    if (r.multiplier >> (WORD - 1)) // was taken as negative: 2^64 too little
      result = build2(b, IR_ADD, IR_I64, result, wide);
    result = binary(b, IR_ASHR, IR_I64, result, r.shift - WORD);
  }
  IrValue sign = binary(b, IR_ASHR, IR_I64, wide, WORD - 1);
  result = negative ? build2(b, IR_SUB, IR_I64, sign, result) : build2(b, IR_SUB, IR_I64, result, sign);
  return narrowed(b, result, type);
}

// What is added to a negative x so that a shift rounds toward zero: 2^exponent - 1, else 0.
static IrValue rounding(Builder *b, IrValue x, unsigned exponent) {
  IrType type = ir_type(b->f, x);
  IrValue sign = exponent == 1 ? x : binary(b, IR_ASHR, type, x, type - 1u);
  return binary(b, IR_LSHR, type, sign, type - exponent);
}

static IrValue power_quotient(Builder *b, IrValue x, unsigned exponent, bool negative) {
  IrType type = ir_type(b->f, x);
  IrValue sum = build2(b, IR_ADD, type, x, rounding(b, x, exponent));
  IrValue result = binary(b, IR_ASHR, type, sum, exponent);
  return negative ? build2(b, IR_SUB, type, constant(b, type, 0), result) : result;
}

static IrValue power_remainder(Builder *b, IrValue x, unsigned exponent) {
  IrType type = ir_type(b->f, x);
  IrValue correction = rounding(b, x, exponent);
  IrValue low =
      binary(b, IR_AND, type, build2(b, IR_ADD, type, x, correction), (UINT64_C(1) << exponent) - 1);
  return build2(b, IR_SUB, type, low, correction);
}

// The value of `x op divisor` (sign-extended from the type), at the end of the builder's block.
static IrValue divided(Builder *b, IrOp op, IrValue x, int64_t divisor) {
  IrType type = ir_type(b->f, x);
  bool is_signed = op == IR_SDIV || op == IR_SREM, remainder = op == IR_SREM || op == IR_UREM;
  bool negative = is_signed && divisor < 0;
  uint64_t size = negative ? 0 - (uint64_t)divisor : (uint64_t)zero_extend(divisor, type);
  if (size == 1) {
    IrValue zero = constant(b, type, 0);
    return remainder ? zero : negative ? build2(b, IR_SUB, type, zero, x) : x;
  }
  if ((size & (size - 1)) == 0) {
    unsigned exponent = (unsigned)__builtin_ctzll(size);
    if (is_signed)
      return remainder ? power_remainder(b, x, exponent) : power_quotient(b, x, exponent, negative);
    return remainder ? binary(b, IR_AND, type, x, size - 1) : binary(b, IR_LSHR, type, x, exponent);
  }
  IrValue quotient = is_signed ? signed_quotient(b, x, size, negative) : unsigned_quotient(b, x, size);
  if (!remainder)
    return quotient;
  return build2(b, IR_SUB, type, x, binary(b, IR_MUL, type, quotient, (uint64_t)divisor));
}

static bool by_constant(const Function *f, const IrInsn *insn) {
  switch ((IrOp)insn->op) {
  case IR_SDIV:
  case IR_UDIV:
  case IR_SREM:
  case IR_UREM: {
    const IrInsn *divisor = ir_insn(f, insn->operands[1]);
    return insn->type > IR_I1 && divisor->op == IR_CONST && divisor->imm != 0;
  }
  default:
    return false;
  }
}

static bool is_power(IrType type, int64_t divisor) {
  uint64_t size = (uint64_t)zero_extend(divisor, type);
  return (size & (size - 1)) == 0;
}

static IrValue cheaper_quotient(const Target *target, Builder *b, IrValue v) {
  (void)target;
  const IrInsn *insn = ir_insn(b->f, v);
  if (!by_constant(b->f, insn) ||
      (b->f->smallest && !is_power(insn->type, ir_insn(b->f, insn->operands[1])->imm)))
    return IR_NONE;
  return divided(b, (IrOp)insn->op, insn->operands[0], ir_insn(b->f, insn->operands[1])->imm);
}

bool lower_division(Target *target, Function *f) {
  for (IrValue v = 0; v < f->insns.count; v++)
    if (by_constant(f, ir_insn(f, v))) {
      rewrite_values(target, f, cheaper_quotient);
      break;
    }
  return true;
}
