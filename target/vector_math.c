// Functions of the C library on vectors. Arguments are reduced to a small interval, where a polynomial does;
// its coefficients minimize the largest error with the powers before them already rounded
// (tests/vector/math_coefficients.py finds them). The reductions: W. J. Cody and W. Waite, Software Manual
// for the Elementary Functions, 1980; the two powers of two that scale exp's result keep results below the
// normal ones right.
#include "target/vector_math.h"

#include <assert.h>
#include <string.h>

// --- which ------------------------------------------------------------------------------------------------

typedef struct FunctionRow {
  const char *name;
  uint8_t function;
  bool exact;
  uint8_t cost;
} FunctionRow;

static const FunctionRow rows[] = {
    {"ceil", MATH_CEIL, true, 8},   {"floor", MATH_FLOOR, true, 8},    {"rint", MATH_RINT, true, 6},
    {"round", MATH_ROUND, true, 9}, {"roundeven", MATH_RINT, true, 6}, {"nearbyint", MATH_RINT, true, 6},
    {"sqrt", MATH_SQRT, true, 8},   {"trunc", MATH_TRUNC, true, 6},    {"erf", MATH_ERF, false, 40},
    {"exp", MATH_EXP, false, 22},   {"exp2", MATH_EXP2, false, 20},    {"log", MATH_LOG, false, 35},
    {"log2", MATH_LOG2, false, 37}, {"log10", MATH_LOG10, false, 37},  {"tanh", MATH_TANH, false, 38},
};

VectorFunction vector_function(const char *name, size_t size, IrType type) {
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (strlen(rows[i].name) == size && memcmp(rows[i].name, name, size) == 0 &&
        (type == IR_FLOAT || (type == IR_DOUBLE && rows[i].exact)))
      return (VectorFunction)rows[i].function;
  return MATH_NONE;
}

static const FunctionRow *row_of(VectorFunction function) {
  size_t i = 0;
  while (rows[i].function != function)
    i++;
  return &rows[i];
}

bool vector_function_is_exact(VectorFunction function) {
  return row_of(function)->exact;
}

unsigned vector_function_cost(VectorFunction function) {
  return row_of(function)->cost;
}

VectorFunction vector_function_of_call(const Target *target, const Function *f, IrValue call) {
  const IrInsn *insn = ir_insn(f, call), *callee = ir_insn(f, ir_operand(f, call, 0));
  if (callee->op != IR_SYMBOL || insn->operand_count != 2 || ir_type(f, ir_operand(f, call, 1)) != insn->type)
    return MATH_NONE;
  const char *name = target->symbols.data[ir_symbol_of(callee)].name;
  size_t size = strlen(name);
  if (insn->type == IR_FLOAT && (!size || name[--size] != 'f'))
    return MATH_NONE;
  VectorFunction function = vector_function(name, size, insn->type);
  bool near = function != MATH_NONE && !vector_function_is_exact(function);
  return near && !(insn->flags & IR_APPROXIMATE) ? MATH_NONE : function;
}

// --- instructions on the registers of a group -------------------------------------------------------------

enum { MOST_PARTS = 8 };

typedef struct Math {
  Builder *b;
  IrType type;
  unsigned count; // registers
} Math;

// One value a register, or one for all of them.
typedef struct Parts {
  bool shared;
  IrValue value[MOST_PARTS];
} Parts;

static Parts shared(IrValue value) {
  return (Parts){.shared = true, .value = {value}};
}

static Parts apply(Math *m, IsaOp op, unsigned count, const Parts *operands) {
  Parts result = {0};
  VectorConfig config = {.sew = (uint8_t)ir_type_bits(m->type)};
  for (unsigned i = 0; i < m->count; i++) {
    IrValue x[3];
    for (unsigned k = 0; k < count; k++)
      x[k] = operands[k].value[operands[k].shared ? 0 : i];
    result.value[i] = build_machine(m->b, op, ir_vector(1, 1), config, IR_AVL_MAX, count, x);
  }
  return result;
}

// The instruction that makes a function's result.
typedef struct Last {
  IsaOp op;
  unsigned count;
  Parts operands[3];
} Last;

// It writes the registers of one group.
static IrValue apply_last(Math *m, const Last *last, IrType whole) {
  VectorConfig config = {.sew = (uint8_t)ir_type_bits(m->type)};
  IrValue group = build_undefined(m->b, whole);
  for (unsigned i = 0; i < m->count; i++) {
    IrValue x[3];
    for (unsigned k = 0; k < last->count; k++)
      x[k] = last->operands[k].value[last->operands[k].shared ? 0 : i];
    group = build_machine_into(m->b, last->op, group, i, config, IR_AVL_MAX, last->count, x);
  }
  return group;
}

static Parts apply1(Math *m, IsaOp op, Parts x) {
  return apply(m, op, 1, &x);
}

static Parts apply2(Math *m, IsaOp op, Parts x, Parts y) {
  return apply(m, op, 2, (Parts[]){x, y});
}

static Parts apply3(Math *m, IsaOp op, Parts x, Parts y, Parts z) {
  return apply(m, op, 3, (Parts[]){x, y, z});
}

static Parts number(Math *m, double value) {
  union {
    double d;
    uint64_t bits;
  } wide = {value};
  union {
    float f;
    uint32_t bits;
  } narrow = {(float)value};
  uint64_t bits = m->type == IR_DOUBLE ? wide.bits : narrow.bits;
  return shared(ir_leaf(m->b->f, IR_FCONST, m->type, (int64_t)bits));
}

static Parts integer(Math *m, int64_t value) {
  return shared(build_const(m->b, IR_I64, value));
}

// The number in all elements of a register: it is made before the loops that it is used in.
static Parts everywhere(Math *m, double value) {
  VectorConfig config = {.sew = (uint8_t)ir_type_bits(m->type)};
  Parts scalar = number(m, value);
  return shared(build_machine(m->b, ISA_VFMV_V_F, ir_vector(1, 1), config, IR_AVL_MAX, 1, scalar.value));
}

static Parts multiply(Math *m, Parts x, double y) {
  return apply2(m, ISA_VFMUL_VF, x, number(m, y));
}

static Parts add(Math *m, Parts x, double y) {
  return apply2(m, ISA_VFADD_VF, x, number(m, y));
}

// x * y + z, in x's register.
static Parts multiply_add(Math *m, Parts x, Parts y, Parts z) {
  return apply3(m, ISA_VFMADD_VV, x, y, z);
}

// sum + factor * x, in the sum's register.
static Parts add_product(Math *m, Parts sum, double factor, Parts x) {
  return apply3(m, ISA_VFMACC_VF, sum, number(m, factor), x);
}

static Parts choose(Math *m, Parts condition, Parts yes, Parts no) {
  return apply3(m, ISA_VMERGE_VVM, no, yes, condition);
}

static Parts choose_number(Math *m, Parts condition, double yes, Parts no) {
  return apply3(m, ISA_VFMERGE_VFM, no, number(m, yes), condition);
}

// x + y, of integers, where the condition holds, else x.
static Parts add_where(Math *m, Parts condition, Parts x, int64_t y) {
  Parts result = {0};
  VectorConfig config = {.sew = (uint8_t)ir_type_bits(m->type), .mask_undisturbed = true};
  for (unsigned i = 0; i < m->count; i++) {
    IrValue operands[4] = {x.value[i], x.value[i], integer(m, y).value[0], condition.value[i]};
    result.value[i] = build_machine(m->b, ISA_VADD_VX, ir_vector(1, 1), config, IR_AVL_MAX, 4, operands);
  }
  return result;
}

static Parts magnitude(Math *m, Parts x) {
  return apply2(m, ISA_VFSGNJX_VV, x, x);
}

static Parts with_sign_of(Math *m, Parts x, Parts sign) {
  return apply2(m, ISA_VFSGNJ_VV, x, sign);
}

// coefficients[0] + coefficients[1] * x + ...
static Parts polynomial(Math *m, Parts x, const double *coefficients, unsigned count) {
  Parts p = add(m, multiply(m, x, coefficients[count - 1]), coefficients[count - 2]);
  for (unsigned k = count - 2; k-- > 0;)
    p = multiply_add(m, p, x, everywhere(m, coefficients[k]));
  return p;
}

#define COUNT(table) ((unsigned)(sizeof(table) / sizeof *(table)))

// --- exponential functions --------------------------------------------------------------------------------

// ln 2 = LN2_HIGH + LN2_LOW: the first is a float, and its multiples by up to 2^8 are exact in a fused sum.
static const double log2_e = 0x1.715476p+0, ln2_high = 0x1.62e430p-1, ln2_low = -0x1.05c610p-29;
// Added to a number below 2^22 it rounds it, and leaves the whole part in the low bits.
static const double to_whole = 0x1.8p23;
static const double exp_table[] = {
    1, 1, 0x1.fffffcp-2, 0x1.555492p-3, 0x1.5558bcp-5, 0x1.1239c6p-7, 0x1.6a4154p-10};
static const double exp2_table[] = {
    1, 0x1.62e430p-1, 0x1.ebfbdcp-3, 0x1.c6af7ap-5, 0x1.3b2dd4p-7, 0x1.5f0952p-10, 0x1.4178a4p-13};

// x - n * ln 2, in x's register.
static Parts without_ln2(Math *m, Parts x, Parts n) {
  Parts r = apply3(m, ISA_VFNMSAC_VF, x, number(m, ln2_high), n);
  return apply3(m, ISA_VFNMSAC_VF, r, number(m, ln2_low), n);
}

// exp(x) or 2^x. Of x = n ln 2 + r, with 2^n in two factors: half of n each, so that no factor leaves the
// normal numbers. A NaN goes through everything.
static Last exponential(Math *m, Parts x, bool base2) {
  enum { MOST = 129, EXPONENT_BIAS = 127, MANTISSA_BITS = 23 };
  const double bias = to_whole + 2 * EXPONENT_BIAS, least = base2 ? -150 : -104;
  Parts below = apply2(m, ISA_VMFLT_VF, x, number(m, least));
  x = choose_number(m, below, least, x);
  Parts shifted = add(m, base2 ? x : multiply(m, x, log2_e), bias);
  shifted = apply2(m, ISA_VFMIN_VF, shifted, number(m, bias + MOST));
  Parts n = add(m, shifted, -bias);
  Parts r = base2 ? apply2(m, ISA_VFSUB_VV, x, n) : without_ln2(m, x, n);
  Parts p =
      base2 ? polynomial(m, r, exp2_table, COUNT(exp2_table)) : polynomial(m, r, exp_table, COUNT(exp_table));
  // The low bits are n + 2 * 127: half of them is one biased exponent, the rest the other.
  Parts half = apply2(m, ISA_VSLL_VI, shifted, integer(m, MANTISSA_BITS - 1));
  half = apply2(m, ISA_VAND_VX, half, integer(m, -(INT64_C(1) << MANTISSA_BITS)));
  Parts rest = apply2(m, ISA_VSLL_VI, shifted, integer(m, MANTISSA_BITS));
  rest = apply2(m, ISA_VSUB_VV, rest, half);
  p = apply2(m, ISA_VFMUL_VV, p, half);
  return (Last){ISA_VFMUL_VV, 2, {p, rest}};
}

// 2 / (exp(2 |x|) + 1) from 1 where |x| is large, else x + x^3 P(x^2).
static Last hyperbolic_tangent(Math *m, Parts x) {
  static const double table[] = {-0x1.5554f6p-2, 0x1.10fb0ap-3, -0x1.b6c364p-5, 0x1.4939d6p-6,
                                 -0x1.50e31cp-8};
  const double bias = to_whole + 127, border = 0.7, most = 10;
  Parts a = magnitude(m, x);
  Parts large = apply2(m, ISA_VMFGT_VF, a, number(m, border));
  Parts square = apply2(m, ISA_VFMUL_VV, x, x);
  Parts small = apply2(m, ISA_VFMUL_VV, polynomial(m, square, table, COUNT(table)), square);
  small = multiply_add(m, small, x, x);
  a = apply2(m, ISA_VFMIN_VF, a, number(m, most));
  Parts shifted = add(m, multiply(m, a, 2 * log2_e), bias);
  Parts n = add(m, shifted, -bias);
  Parts e = polynomial(m, without_ln2(m, apply2(m, ISA_VFADD_VV, a, a), n), exp_table, COUNT(exp_table));
  Parts power = apply2(m, ISA_VSLL_VI, shifted, integer(m, 23));
  e = multiply_add(m, e, power, everywhere(m, 1));
  Parts result = add(m, apply2(m, ISA_VFRDIV_VF, e, number(m, -2)), 1);
  return (Last){ISA_VFSGNJ_VV, 2, {choose(m, large, result, small), x}};
}

// 1 - exp(-(|x| + |x| Q(|x|))) where |x| is large, else x + x P(x^2).
static Last error_function(Math *m, Parts x) {
  static const double small_table[] = {0x1.06eba8p-3, -0x1.812740p-2,  0x1.ce2d60p-4, -0x1.b80062p-6,
                                       0x1.543f2ap-8, -0x1.a583bcp-11, 0x1.4d2864p-14};
  static const double large_table[] = {0x1.0752fap-3, 0x1.455ac6p-1,   0x1.b0fa32p-4, -0x1.7d89eap-6,
                                       0x1.bedf08p-9, -0x1.143824p-12, 0x1.5661bap-18};
  const double border = 0.9, most = 3.95;
  Parts a = magnitude(m, x);
  Parts large = apply2(m, ISA_VMFGT_VF, a, number(m, border));
  Parts square = apply2(m, ISA_VFMUL_VV, x, x);
  Parts small = multiply_add(m, polynomial(m, square, small_table, COUNT(small_table)), x, x);
  a = apply2(m, ISA_VFMIN_VF, a, number(m, most));
  Parts g = multiply_add(m, polynomial(m, a, large_table, COUNT(large_table)), a, a);
  Parts shifted = add(m, multiply(m, g, -log2_e), to_whole);
  Parts n = add(m, shifted, -to_whole);
  Parts r = apply3(m, ISA_VFNMACC_VF, g, number(m, ln2_high), n);
  r = apply3(m, ISA_VFNMSAC_VF, r, number(m, ln2_low), n);
  Parts e = polynomial(m, r, exp_table, COUNT(exp_table));
  e = apply2(m, ISA_VADD_VV, e, apply2(m, ISA_VSLL_VI, shifted, integer(m, 23)));
  Parts result = apply2(m, ISA_VFRSUB_VF, e, number(m, 1));
  return (Last){ISA_VFSGNJ_VV, 2, {choose(m, large, result, small), x}};
}

// --- logarithms -------------------------------------------------------------------------------------------

// A base's logarithms: those of e and of 2 in it, each the sum of two floats.
typedef struct Base {
  double e_high, e_low, two_high, two_low;
} Base;

// x = 2^e (1 + f), 1 + f in [sqrt(1/2), sqrt(2)); ln(1 + f) = f - f^2 / 2 + f^3 P(f).
static Last logarithm(Math *m, Parts x, const Base *base) {
  static const double table[] = {0x1.555554p-2, -0x1.000226p-2, 0x1.99a01ep-3, -0x1.54728cp-3,
                                 0x1.22d8f8p-3, -0x1.0d81f2p-3, 0x1.05602ep-3, -0x1.38cf20p-4};
  enum { ROOT_OF_HALF = 0x3f3504f3, INFINITE = 0x7f800000 }; // their bits
  Parts tiny = apply2(m, ISA_VMFLT_VF, x, number(m, 0x1p-126));
  Parts normal = choose(m, tiny, multiply(m, x, 0x1p23), x);
  Parts e = apply2(m, ISA_VADD_VX, normal, integer(m, -ROOT_OF_HALF));
  e = apply2(m, ISA_VSRA_VI, e, integer(m, 23));
  Parts f = apply2(m, ISA_VSUB_VV, normal, apply2(m, ISA_VSLL_VI, e, integer(m, 23)));
  f = add(m, f, -1);
  Parts power = apply1(m, ISA_VFCVT_F_X_V, add_where(m, tiny, e, -23));
  Parts square = apply2(m, ISA_VFMUL_VV, f, f);
  Parts y = polynomial(m, f, table, COUNT(table));
  y = apply2(m, ISA_VFMUL_VV, apply2(m, ISA_VFMUL_VV, square, f), y);
  y = add_product(m, y, -0.5, square);
  if (base->e_high == 1) {
    y = apply2(m, ISA_VFADD_VV, f, add_product(m, y, base->two_low, power));
  } else {
    y = add_product(m, multiply(m, y, base->e_high), base->e_low, f);
    y = base->two_low != 0 ? add_product(m, y, base->two_low, power) : y;
    y = add_product(m, y, base->e_high, f);
  }
  y = add_product(m, y, base->two_high, power);
  // Other than for positive numbers below infinity: x - 1 / x, where the reciprocal is that of a square root,
  // squared, so that it is NaN for what is below zero.
  Parts root = apply1(m, ISA_VFRSQRT7_V, x);
  Parts special = apply3(m, ISA_VFNMSAC_VV, x, root, root);
  Parts ordinary =
      apply2(m, ISA_VMSLTU_VX, apply2(m, ISA_VADD_VX, x, integer(m, -1)), integer(m, INFINITE - 1));
  return (Last){ISA_VMERGE_VVM, 3, {special, y, ordinary}};
}

static Last logarithm_of(Math *m, Parts x, VectorFunction function) {
  static const Base natural = {1, 0, 0x1.62e430p-1, -0x1.05c610p-29};
  static const Base binary = {0x1.715476p+0, 0x1.4ae0c0p-26, 1, 0};
  static const Base decimal = {0x1.bcb7b2p-2, -0x1.5b235ep-27, 0x1.344136p-2, -0x1.ec10c0p-27};
  return logarithm(m, x, function == MATH_LOG ? &natural : function == MATH_LOG2 ? &binary : &decimal);
}

// --- exact functions --------------------------------------------------------------------------------------

// To a whole number: from 2^23 (2^52) on all numbers are.
static Last rounded(Math *m, Parts x, VectorFunction function) {
  double whole = m->type == IR_DOUBLE ? 0x1p52 : 0x1p23;
  Parts fits = apply2(m, ISA_VMFLT_VF, magnitude(m, x), number(m, whole));
  bool nearest = function == MATH_RINT;
  Parts y = apply1(m, nearest ? ISA_VFCVT_X_F_V : ISA_VFCVT_RTZ_X_F_V, x);
  y = apply1(m, ISA_VFCVT_F_X_V, y);
  if (function == MATH_FLOOR)
    y = choose(m, apply2(m, ISA_VMFLT_VV, x, y), add(m, y, -1), y);
  if (function == MATH_CEIL)
    y = choose(m, apply2(m, ISA_VMFLT_VV, y, x), add(m, y, 1), y);
  if (function == MATH_ROUND) {
    Parts rest = magnitude(m, apply2(m, ISA_VFSUB_VV, x, y));
    Parts away = apply2(m, ISA_VFADD_VV, y, with_sign_of(m, everywhere(m, 1), x));
    y = choose(m, apply2(m, ISA_VMFGE_VF, rest, number(m, 0.5)), away, y);
  }
  return (Last){ISA_VMERGE_VVM, 3, {add(m, x, 0), with_sign_of(m, y, x), fits}}; // a NaN becomes quiet
}

// --- all of them ------------------------------------------------------------------------------------------

static Last expanded(Math *m, VectorFunction function, Parts x) {
  switch (function) {
  case MATH_ERF:
    return error_function(m, x);
  case MATH_EXP:
  case MATH_EXP2:
    return exponential(m, x, function == MATH_EXP2);
  case MATH_LOG:
  case MATH_LOG2:
  case MATH_LOG10:
    return logarithm_of(m, x, function);
  case MATH_TANH:
    return hyperbolic_tangent(m, x);
  case MATH_SQRT:
    return (Last){ISA_VFSQRT_V, 1, {x}};
  default:
    return rounded(m, x, function);
  }
}

IrValue build_vector_function(Builder *b, VectorFunction function, IrType type, IrValue group) {
  IrType whole = ir_type(b->f, group);
  Math m = {.b = b, .type = type, .count = ir_group_size(whole)};
  assert(m.count <= MOST_PARTS && (type == IR_FLOAT || vector_function_is_exact(function)));
  Parts x = {0};
  for (unsigned i = 0; i < m.count; i++)
    x.value[i] = build_part(b, ir_vector(1, 1), group, i);
  Last last = expanded(&m, function, x);
  return apply_last(&m, &last, whole);
}
