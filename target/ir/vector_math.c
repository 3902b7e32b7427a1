// Functions of the C library on vectors. Arguments are reduced to a small interval, where a polynomial does;
// its coefficients minimize the largest error with the powers before them already rounded
// (tests/vector/math_coefficients.py finds them). The reductions: W. J. Cody and W. Waite, Software Manual
// for the Elementary Functions, 1980; the two powers of two that scale exp's result keep results below the
// normal ones right.
#include "target/ir/vector_math.h"

#include "target/ir/vector_tables.h"

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
    {"ceil", MATH_CEIL, true, 8},     {"floor", MATH_FLOOR, true, 8},    {"rint", MATH_RINT, true, 6},
    {"round", MATH_ROUND, true, 9},   {"roundeven", MATH_RINT, true, 6}, {"nearbyint", MATH_RINT, true, 6},
    {"sqrt", MATH_SQRT, true, 8},     {"trunc", MATH_TRUNC, true, 6},    {"erf", MATH_ERF, false, 22},
    {"exp", MATH_EXP, false, 22},     {"exp2", MATH_EXP2, false, 20},    {"log", MATH_LOG, false, 35},
    {"log2", MATH_LOG2, false, 37},   {"log10", MATH_LOG10, false, 37},  {"tanh", MATH_TANH, false, 26},
    {"sin", MATH_SIN, false, 70},     {"cos", MATH_COS, false, 70},      {"expm1", MATH_EXPM1, false, 28},
    {"log1p", MATH_LOG1P, false, 44},
};

// A register has as many floats as there are pieces, so that a gather from it finds an element's coefficient.
// One of a single register takes a cycle, one of a group as many as the square of its size.
static bool has_pieces(const Machine *machine) {
  return machine_tile(machine) >= VECTOR_PIECES;
}

VectorFunction vector_function(const Machine *machine, const char *name, size_t size, IrType type) {
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    bool gathers = rows[i].function == MATH_SIN || rows[i].function == MATH_COS;
    if (strlen(rows[i].name) == size && memcmp(rows[i].name, name, size) == 0 &&
        (type == IR_FLOAT || (type == IR_DOUBLE && rows[i].exact)) && (!gathers || has_pieces(machine)))
      return (VectorFunction)rows[i].function;
  }
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

unsigned vector_function_groups(VectorFunction function) {
  return function == MATH_SIN || function == MATH_COS ? 8 : 5;
}

VectorFunction vector_function_of_call(const Target *target, const Function *f, IrValue call) {
  const IrInsn *insn = ir_insn(f, call), *callee = ir_insn(f, ir_operand(f, call, 0));
  if (!(insn->flags & IR_LIBRARY) || insn->operand_count != 2 ||
      ir_type(f, ir_operand(f, call, 1)) != insn->type)
    return MATH_NONE;
  const char *name = target->symbols.data[ir_symbol_of(callee)].name;
  size_t size = strlen(name);
  if (insn->type == IR_FLOAT && (!size || name[--size] != 'f'))
    return MATH_NONE;
  VectorFunction function = vector_function(target->machine, name, size, insn->type);
  bool near = function != MATH_NONE && !vector_function_is_exact(function);
  return near && !(insn->flags & IR_APPROXIMATE) ? MATH_NONE : function;
}

// --- instructions on a group ------------------------------------------------------------------------------

typedef struct Math {
  Target *target;
  Builder *b;
  IrType type;  // of the elements
  IrType group; // of the values
  VectorConfig config;
  IrValue avl;
} Math;

static IrValue apply(Math *m, IsaOp op, unsigned count, const IrValue *operands) {
  return build_machine(m->b, op, m->group, m->config, m->avl, count, operands);
}

static IrValue apply1(Math *m, IsaOp op, IrValue x) {
  return apply(m, op, 1, &x);
}

static IrValue apply2(Math *m, IsaOp op, IrValue x, IrValue y) {
  return apply(m, op, 2, (IrValue[]){x, y});
}

static IrValue apply3(Math *m, IsaOp op, IrValue x, IrValue y, IrValue z) {
  return apply(m, op, 3, (IrValue[]){x, y, z});
}

static IrValue compare(Math *m, IsaOp op, IrValue x, IrValue y) {
  IrValue operands[2] = {x, y};
  return build_machine(m->b, op, ir_vector(1, 1), m->config, m->avl, 2, operands);
}

static IrValue number(Math *m, double value) {
  union {
    double d;
    uint64_t bits;
  } wide = {value};
  union {
    float f;
    uint32_t bits;
  } narrow = {(float)value};
  uint64_t bits = m->type == IR_DOUBLE ? wide.bits : narrow.bits;
  return ir_leaf(m->b->f, IR_FCONST, m->type, (int64_t)bits);
}

static IrValue integer(Math *m, int64_t value) {
  return build_const(m->b, IR_I64, value);
}

static IrValue multiply(Math *m, IrValue x, double y) {
  return apply2(m, ISA_VFMUL_VF, x, number(m, y));
}

static IrValue add(Math *m, IrValue x, double y) {
  return apply2(m, ISA_VFADD_VF, x, number(m, y));
}

// x * y + z, in x's registers.
static IrValue multiply_add(Math *m, IrValue x, IrValue y, IrValue z) {
  return apply3(m, ISA_VFMADD_VV, x, y, z);
}

// x * y + z, in x's registers. The number is in one register, which is filled before the loops that it is
// used in; so it goes register by register.
static IrValue multiply_add_number(Math *m, IrValue x, IrValue y, double z) {
  IrType one = ir_vector(1, 1);
  VectorConfig config = {.sew = m->config.sew};
  IrValue scalar = number(m, z);
  IrValue everywhere = build_machine(m->b, ISA_VFMV_V_F, one, config, IR_AVL_MAX, 1, &scalar);
  for (unsigned i = 0; i < ir_group_size(m->group); i++) {
    IrValue operands[2] = {build_part(m->b, one, y, i), everywhere};
    x = build_machine_into(m->b, ISA_VFMADD_VV, x, i, config, IR_AVL_MAX, 2, operands);
  }
  return x;
}

// sum + factor * x, in the sum's registers.
static IrValue add_product(Math *m, IrValue sum, double factor, IrValue x) {
  return apply3(m, ISA_VFMACC_VF, sum, number(m, factor), x);
}

static IrValue choose(Math *m, IrValue condition, IrValue yes, IrValue no) {
  return apply3(m, ISA_VMERGE_VVM, no, yes, condition);
}

// x + y, of integers, where the condition holds, else x.
static IrValue add_where(Math *m, IrValue condition, IrValue x, int64_t y) {
  VectorConfig config = m->config;
  config.mask_undisturbed = true;
  IrValue operands[4] = {x, x, integer(m, y), condition};
  return build_machine(m->b, ISA_VADD_VX, m->group, config, m->avl, 4, operands);
}

static IrValue magnitude(Math *m, IrValue x) {
  return apply2(m, ISA_VFSGNJX_VV, x, x);
}

static IrValue with_sign_of(Math *m, IrValue x, IrValue sign) {
  return apply2(m, ISA_VFSGNJ_VV, x, sign);
}

#define COUNT(table) ((unsigned)(sizeof(table) / sizeof *(table)))

// coefficients[0] + coefficients[1] * x + ...
static IrValue polynomial(Math *m, IrValue x, const double *coefficients, unsigned count) {
  IrValue p = add(m, multiply(m, x, coefficients[count - 1]), coefficients[count - 2]);
  for (unsigned k = count - 2; k-- > 0;)
    p = multiply_add_number(m, p, x, coefficients[k]);
  return p;
}

// --- functions in pieces ----------------------------------------------------------------------------------

// A row of a table of floats or words, in a register.
static IrValue table_row(Math *m, const char *name, const void *table, unsigned rows, unsigned row) {
  enum { ROW_BYTES = VECTOR_PIECES * 4 };
  unsigned size = machine_vector_bytes(m->target->machine);
  uint8_t *bytes = arena_alloc(&m->target->arena, (size_t)size * rows, 4);
  memset(bytes, 0, (size_t)size * rows);
  for (unsigned r = 0; r < rows; r++)
    memcpy(bytes + (size_t)r * size, (const uint8_t *)table + (size_t)r * ROW_BYTES, ROW_BYTES);
  SymbolId id = target_constant(m->target, name, bytes, size * rows, size);
  IrValue address = ir_leaf(m->b->f, IR_SYMBOL, IR_I64, ir_symbol_imm(id, (int32_t)(row * size)));
  IrValue loaded =
      build_machine(m->b, ISA_VL1RE32_V, ir_vector(1, 1), (VectorConfig){0}, IR_NONE, 1, &address);
  ir_insn(m->b->f, loaded)->flags |= IR_UNCHANGING;
  return loaded;
}

typedef struct Pieces {
  const char *name;
  const void *table; // rows of VECTOR_PIECES floats or words
  unsigned rows;
  IrValue number; // of the piece, by element
} Pieces;

static IrValue gather(Math *m, const Pieces *pieces, unsigned row) {
  IrType one = ir_vector(1, 1);
  VectorConfig config = {.sew = 32};
  IrValue found = build_undefined(m->b, m->group);
  IrValue table = table_row(m, pieces->name, pieces->table, pieces->rows, row);
  for (unsigned i = 0; i < ir_group_size(m->group); i++) {
    IrValue operands[2] = {table, build_part(m->b, one, pieces->number, i)};
    found = ir_group_size(m->group) == 1
                ? build_machine(m->b, ISA_VRGATHER_VV, one, config, IR_AVL_MAX, 2, operands)
                : build_machine_into(m->b, ISA_VRGATHER_VV, found, i, config, IR_AVL_MAX, 2, operands);
  }
  return found;
}

// The polynomial of each element's piece, of z, with rows `first` (of power 0) and up. In the piece around 0,
// of number `zero`, it is what is to be multiplied with z and added to it.
static IrValue piecewise(Math *m, const Pieces *pieces, unsigned first, IrValue z, int64_t zero) {
  IrValue p = gather(m, pieces, pieces->rows - 1);
  for (unsigned row = pieces->rows - 1; row-- > first + 1;)
    p = multiply_add(m, p, z, gather(m, pieces, row));
  IrValue around = compare(m, ISA_VMSEQ_VI, pieces->number, integer(m, zero));
  return multiply_add(m, p, z, choose(m, around, z, gather(m, pieces, first)));
}

// |x|, but no more than `most`; NaN stays.
static IrValue bounded_magnitude(Math *m, IrValue x, double most) {
  IrValue a = magnitude(m, x), large = compare(m, ISA_VMFGT_VF, a, number(m, most));
  return apply3(m, ISA_VFMERGE_VFM, a, number(m, most), large);
}

static IrValue error_function_in_pieces(Math *m, IrValue x) {
  const double most = 0x1.efffep+1, quarters = 0x1.8p21; // the second's unit in the last place is a quarter
  IrValue a = bounded_magnitude(m, x, most), shifted = add(m, a, quarters);
  IrValue z = apply2(m, ISA_VFSUB_VV, a, add(m, shifted, -quarters));
  IrValue piece = apply2(m, ISA_VAND_VI, shifted, integer(m, VECTOR_PIECES - 1));
  Pieces pieces = {".Lkiln.erf", vector_erf_table, VECTOR_ERF_ROWS, piece};
  return with_sign_of(m, piecewise(m, &pieces, 0, z, 0), x);
}

static IrValue hyperbolic_tangent_in_pieces(Math *m, IrValue x) {
  enum { FIRST = 12, SHIFT = 21 };
  const double most = 9.19, scale = 15 / 9.2;
  IrValue a = bounded_magnitude(m, x, most), y = add(m, multiply(m, a, scale), 1);
  IrValue piece = apply2(m, ISA_VSRL_VI, y, integer(m, SHIFT));
  piece = apply2(m, ISA_VAND_VI, piece, integer(m, VECTOR_PIECES - 1));
  Pieces pieces = {".Lkiln.tanh", vector_tanh_table, VECTOR_TANH_ROWS, piece};
  IrValue z = apply2(m, ISA_VFSUB_VV, a, gather(m, &pieces, 0));
  return with_sign_of(m, piecewise(m, &pieces, 1, z, FIRST), x);
}

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
static IrValue without_ln2(Math *m, IrValue x, IrValue n) {
  IrValue r = apply3(m, ISA_VFNMSAC_VF, x, number(m, ln2_high), n);
  return apply3(m, ISA_VFNMSAC_VF, r, number(m, ln2_low), n);
}

// Whether a NaN among the elements is the canonical one, since arithmetic made them; its bits are above those
// of all numbers that are not negative, and below those of the others.
static bool is_made_by_arithmetic(const Math *m, IrValue x) {
  static const uint16_t arithmetic[] = {
      ISA_VFADD_VV,  ISA_VFADD_VF,  ISA_VFSUB_VV,  ISA_VFSUB_VF,  ISA_VFRSUB_VF, ISA_VFMUL_VV,  ISA_VFMUL_VF,
      ISA_VFMACC_VV, ISA_VFMACC_VF, ISA_VFMSAC_VV, ISA_VFMSAC_VF, ISA_VFMADD_VV, ISA_VFMADD_VF, ISA_VFDIV_VV};
  const IrInsn *insn = ir_insn(m->b->f, x);
  bool found = false;
  for (size_t i = 0; insn->op == IR_MACHINE && i < sizeof arithmetic / sizeof *arithmetic; i++)
    found = found || vector_form(insn).op == (IsaOp)arithmetic[i];
  return found && !vector_form(insn).into;
}

// max(x, least), least < 0; a NaN stays.
static IrValue at_least(Math *m, IrValue x, double least) {
  IrValue limit = number(m, least);
  if (is_made_by_arithmetic(m, x)) // as whole numbers without sign, negative ones are the larger the lower
    return apply2(m, ISA_VMINU_VX, x, integer(m, ir_insn(m->b->f, limit)->imm));
  return apply3(m, ISA_VFMERGE_VFM, x, limit, compare(m, ISA_VMFLT_VF, x, limit));
}

// exp(x) or 2^x. Of x = n ln 2 + r, with 2^n in two factors: half of n each, so that no factor leaves the
// normal numbers. A NaN goes through everything.
static IrValue exponential(Math *m, IrValue x, bool base2) {
  enum { MOST = 129, EXPONENT_BIAS = 127, MANTISSA_BITS = 23 };
  const double bias = to_whole + 2 * EXPONENT_BIAS;
  x = at_least(m, x, base2 ? -150 : -104);
  IrValue shifted = add(m, base2 ? x : multiply(m, x, log2_e), bias);
  shifted = apply2(m, ISA_VFMIN_VF, shifted, number(m, bias + MOST));
  IrValue n = add(m, shifted, -bias);
  IrValue r = base2 ? apply2(m, ISA_VFSUB_VV, x, n) : without_ln2(m, x, n);
  IrValue p =
      base2 ? polynomial(m, r, exp2_table, COUNT(exp2_table)) : polynomial(m, r, exp_table, COUNT(exp_table));
  // The low bits are n + 2 * 127: half of them is one biased exponent, the rest the other.
  IrValue half = apply2(m, ISA_VSLL_VI, shifted, integer(m, MANTISSA_BITS - 1));
  half = apply2(m, ISA_VAND_VX, half, integer(m, -(INT64_C(1) << MANTISSA_BITS)));
  IrValue rest = apply2(m, ISA_VSLL_VI, shifted, integer(m, MANTISSA_BITS));
  rest = apply2(m, ISA_VSUB_VV, rest, half);
  p = apply2(m, ISA_VFMUL_VV, p, half);
  return apply2(m, ISA_VFMUL_VV, p, rest);
}

// exp(x) - 1 = 2 (2^(n-1) (r + r^2 P(r)) + 2^(n-1) - 1/2), of x = n ln 2 + r. What r is too short for is
// added to its square's multiple, and half of the powers are taken, since 2^128 is no number.
static IrValue exponential_less_one(Math *m, IrValue x) {
  static const double table[] = {0x1p-1,        0x1.555556p-3,  0x1.5554f6p-5,
                                 0x1.111004p-7, 0x1.6d3cd2p-10, 0x1.a242f6p-13};
  const double bias = to_whole + 126, least = -40, most = 89;
  IrValue large = compare(m, ISA_VMFGT_VF, x, number(m, most));
  IrValue y = at_least(m, apply3(m, ISA_VFMERGE_VFM, x, number(m, most), large), least);
  IrValue shifted = add(m, multiply(m, y, log2_e), bias), n = add(m, shifted, -bias);
  IrValue power = apply2(m, ISA_VSLL_VI, shifted, integer(m, 23));
  IrValue high = apply3(m, ISA_VFNMSAC_VF, y, number(m, ln2_high), n), low = multiply(m, n, -ln2_low);
  IrValue r = apply2(m, ISA_VFADD_VV, high, low), square = apply2(m, ISA_VFMUL_VV, r, r);
  low = multiply_add(m, polynomial(m, r, table, COUNT(table)), square, low);
  IrValue sum = multiply_add(m, high, power, add(m, power, -0.5));
  sum = multiply_add(m, low, power, sum);
  return with_sign_of(m, apply2(m, ISA_VFADD_VV, sum, sum), x);
}

// 2 / (exp(2 |x|) + 1) from 1 where |x| is large, else x + x^3 P(x^2).
static IrValue hyperbolic_tangent(Math *m, IrValue x) {
  static const double table[] = {-0x1.5554f6p-2, 0x1.10fb0ap-3, -0x1.b6c364p-5, 0x1.4939d6p-6,
                                 -0x1.50e31cp-8};
  const double bias = to_whole + 127, border = 0.7, most = 10;
  IrValue a = magnitude(m, x);
  IrValue large = compare(m, ISA_VMFGT_VF, a, number(m, border));
  IrValue square = apply2(m, ISA_VFMUL_VV, x, x);
  IrValue small = apply2(m, ISA_VFMUL_VV, polynomial(m, square, table, COUNT(table)), square);
  small = multiply_add(m, small, x, x);
  a = apply2(m, ISA_VFMIN_VF, a, number(m, most));
  IrValue shifted = add(m, multiply(m, a, 2 * log2_e), bias);
  IrValue n = add(m, shifted, -bias);
  IrValue e = polynomial(m, without_ln2(m, apply2(m, ISA_VFADD_VV, a, a), n), exp_table, COUNT(exp_table));
  IrValue power = apply2(m, ISA_VSLL_VI, shifted, integer(m, 23));
  e = multiply_add_number(m, e, power, 1);
  IrValue result = add(m, apply2(m, ISA_VFRDIV_VF, e, number(m, -2)), 1);
  return apply2(m, ISA_VFSGNJ_VV, choose(m, large, result, small), x);
}

// 1 - exp(-(|x| + |x| Q(|x|))) where |x| is large, else x + x P(x^2).
static IrValue error_function(Math *m, IrValue x) {
  static const double small_table[] = {0x1.06eba8p-3, -0x1.812740p-2,  0x1.ce2d60p-4, -0x1.b80062p-6,
                                       0x1.543f2ap-8, -0x1.a583bcp-11, 0x1.4d2864p-14};
  static const double large_table[] = {0x1.0752fap-3, 0x1.455ac6p-1,   0x1.b0fa32p-4, -0x1.7d89eap-6,
                                       0x1.bedf08p-9, -0x1.143824p-12, 0x1.5661bap-18};
  const double border = 0.9, most = 3.95;
  IrValue a = magnitude(m, x);
  IrValue large = compare(m, ISA_VMFGT_VF, a, number(m, border));
  IrValue square = apply2(m, ISA_VFMUL_VV, x, x);
  IrValue small = multiply_add(m, polynomial(m, square, small_table, COUNT(small_table)), x, x);
  a = apply2(m, ISA_VFMIN_VF, a, number(m, most));
  IrValue g = multiply_add(m, polynomial(m, a, large_table, COUNT(large_table)), a, a);
  IrValue shifted = add(m, multiply(m, g, -log2_e), to_whole);
  IrValue n = add(m, shifted, -to_whole);
  IrValue r = apply3(m, ISA_VFNMACC_VF, g, number(m, ln2_high), n);
  r = apply3(m, ISA_VFNMSAC_VF, r, number(m, ln2_low), n);
  IrValue e = polynomial(m, r, exp_table, COUNT(exp_table));
  e = apply2(m, ISA_VADD_VV, e, apply2(m, ISA_VSLL_VI, shifted, integer(m, 23)));
  IrValue result = apply2(m, ISA_VFRSUB_VF, e, number(m, 1));
  return apply2(m, ISA_VFSGNJ_VV, choose(m, large, result, small), x);
}

// --- logarithms -------------------------------------------------------------------------------------------

// A base's logarithms: those of e and of 2 in it, each the sum of two floats.
typedef struct Base {
  double e_high, e_low, two_high, two_low;
} Base;

enum { ROOT_OF_HALF = 0x3f3504f3, INFINITE = 0x7f800000 }; // bits of floats

// ln(1 + f) in the base, f in [sqrt(1/2) - 1, sqrt(2) - 1), and `power` times that of 2: f - f^2 / 2 + f^3
// P(f). With `more`, that is added to f.
static IrValue logarithm_sum(Math *m, IrValue f, IrValue power, IrValue more, const Base *base) {
  static const double table[] = {0x1.555554p-2, -0x1.000226p-2, 0x1.99a01ep-3, -0x1.54728cp-3,
                                 0x1.22d8f8p-3, -0x1.0d81f2p-3, 0x1.05602ep-3, -0x1.38cf20p-4};
  IrValue square = apply2(m, ISA_VFMUL_VV, f, f);
  IrValue y = polynomial(m, f, table, COUNT(table));
  y = apply2(m, ISA_VFMUL_VV, apply2(m, ISA_VFMUL_VV, square, f), y);
  y = add_product(m, y, -0.5, square);
  if (base->e_high == 1) {
    y = add_product(m, y, base->two_low, power);
    if (more != IR_NONE) // / (1 + f), nearly 1 - f + f^2
      y = apply2(m, ISA_VFADD_VV, y, multiply_add(m, apply2(m, ISA_VFSUB_VV, square, f), more, more));
    y = apply2(m, ISA_VFADD_VV, f, y);
  } else {
    y = add_product(m, multiply(m, y, base->e_high), base->e_low, f);
    y = base->two_low != 0 ? add_product(m, y, base->two_low, power) : y;
    y = add_product(m, y, base->e_high, f);
  }
  return add_product(m, y, base->two_high, power);
}

// The logarithm y of a positive number x below infinity; of others x - 1 / x, where the reciprocal is that of
// a square root, squared, so that it is NaN for what is below zero.
static IrValue with_special_logarithms(Math *m, IrValue x, IrValue y) {
  IrValue root = apply1(m, ISA_VFRSQRT7_V, x);
  IrValue special = apply3(m, ISA_VFNMSAC_VV, x, root, root);
  IrValue ordinary =
      compare(m, ISA_VMSLTU_VX, apply2(m, ISA_VADD_VX, x, integer(m, -1)), integer(m, INFINITE - 1));
  return apply3(m, ISA_VMERGE_VVM, special, y, ordinary);
}

// e of x = 2^e (1 + f), 1 + f in [sqrt(1/2), sqrt(2)), and f.
static IrValue logarithm_exponent(Math *m, IrValue x, IrValue *f) {
  IrValue e = apply2(m, ISA_VADD_VX, x, integer(m, -ROOT_OF_HALF));
  e = apply2(m, ISA_VSRA_VI, e, integer(m, 23));
  *f = add(m, apply2(m, ISA_VSUB_VV, x, apply2(m, ISA_VSLL_VI, e, integer(m, 23))), -1);
  return e;
}

static IrValue logarithm(Math *m, IrValue x, const Base *base) {
  IrValue f = IR_NONE, tiny = compare(m, ISA_VMFLT_VF, x, number(m, 0x1p-126));
  IrValue e = logarithm_exponent(m, choose(m, tiny, multiply(m, x, 0x1p23), x), &f);
  IrValue power = apply1(m, ISA_VFCVT_F_X_V, add_where(m, tiny, e, -23));
  return with_special_logarithms(m, x, logarithm_sum(m, f, power, IR_NONE, base));
}

static const Base natural = {1, 0, 0x1.62e430p-1, -0x1.05c610p-29};

// Of y = 1 + x, and what is lost in that sum (D. E. Knuth, The Art of Computer Programming, 4.2.2).
static IrValue logarithm_of_one_and(Math *m, IrValue x) {
  enum { MOST = 126 }; // beyond that nothing is lost
  IrValue y = add(m, x, 1), x_part = add(m, y, -1), one_part = apply2(m, ISA_VFSUB_VV, y, x_part);
  IrValue lost = apply2(m, ISA_VFADD_VV, apply2(m, ISA_VFSUB_VV, x, x_part),
                        apply2(m, ISA_VFRSUB_VF, one_part, number(m, 1)));
  IrValue f = IR_NONE, e = logarithm_exponent(m, y, &f), power = apply1(m, ISA_VFCVT_F_X_V, e);
  IrValue bounded = apply2(m, ISA_VMIN_VX, e, integer(m, MOST));
  IrValue scale = apply2(m, ISA_VSLL_VI, apply2(m, ISA_VRSUB_VX, bounded, integer(m, 127)), integer(m, 23));
  lost = apply2(m, ISA_VFMUL_VV, lost, scale);
  IrValue sum = logarithm_sum(m, f, power, lost, &natural);
  return with_sign_of(m, with_special_logarithms(m, y, sum), x);
}

static IrValue logarithm_of(Math *m, IrValue x, VectorFunction function) {
  static const Base binary = {0x1.715476p+0, 0x1.4ae0c0p-26, 1, 0};
  static const Base decimal = {0x1.bcb7b2p-2, -0x1.5b235ep-27, 0x1.344136p-2, -0x1.ec10c0p-27};
  return logarithm(m, x, function == MATH_LOG ? &natural : function == MATH_LOG2 ? &binary : &decimal);
}

// --- trigonometric functions ------------------------------------------------------------------------------

// The quarter turn that a magnitude is nearest to (its low two bits), and how far from it: high + low.
typedef struct Turned {
  IrValue quarter, high, low;
} Turned;

// pi / 2 * fraction * 2^-30, of a fraction in two words.
static void turn_to_angle(Math *m, Turned *t, IrValue whole, IrValue rest) {
  const double unit = 0x1p-30, half_pi_high = 0x1.921fb6p+0, half_pi_low = -0x1.777a5cp-25;
  IrValue first = apply1(m, ISA_VFCVT_F_X_V, whole);
  IrValue left = apply2(m, ISA_VSUB_VV, whole, apply1(m, ISA_VFCVT_X_F_V, first));
  IrValue more = add_product(m, apply1(m, ISA_VFCVT_F_X_V, left), 0x1p-32, apply1(m, ISA_VFCVT_F_XU_V, rest));
  IrValue sum = apply2(m, ISA_VFADD_VV, first, more);
  more = apply2(m, ISA_VFSUB_VV, more, apply2(m, ISA_VFSUB_VV, sum, first));
  IrValue tail = add_product(m, multiply(m, sum, half_pi_low * unit), half_pi_high * unit, more);
  t->high = add_product(m, tail, half_pi_high * unit, sum);
  IrValue lost = apply3(m, ISA_VFMSAC_VF, t->high, number(m, half_pi_high * unit), sum);
  t->low = apply2(m, ISA_VFADD_VV, lost, tail);
}

// The magnitude is m 2^e, m an integer of 24 bits. Of 2 / pi those 96 bits are taken that make what is left
// of the product below 4 exact (M. Payne and R. Hanek, Radian Reduction for Trigonometric Functions, 1983).
static Turned turned(Math *m, IrValue magnitude) {
  enum { MANTISSA = 0x7fffff, IMPLICIT = 0x800000, FIRST = 30 - 150, HALF = 1 << 29 };
  const double quarter_pi = 0x1.921fb4p-1;
  IrValue mantissa = apply2(m, ISA_VAND_VX, magnitude, integer(m, MANTISSA));
  mantissa = apply2(m, ISA_VOR_VX, mantissa, integer(m, IMPLICIT));
  IrValue place = apply2(m, ISA_VSRL_VI, magnitude, integer(m, 23));
  place = apply2(m, ISA_VMAX_VX, apply2(m, ISA_VADD_VX, place, integer(m, FIRST)), integer(m, 0));
  Pieces pieces = {".Lkiln.pi", vector_pi_table, VECTOR_PI_ROWS,
                   apply2(m, ISA_VSRL_VI, place, integer(m, 5))};
  IrValue other = apply2(m, ISA_VXOR_VI, place, integer(m, -1)), words[3];
  for (unsigned w = 0; w < 3; w++) // rows: a word, and half of the one behind it
    words[w] = apply2(m, ISA_VOR_VV, apply2(m, ISA_VSLL_VV, gather(m, &pieces, 2 * w), place),
                      apply2(m, ISA_VSRL_VV, gather(m, &pieces, 2 * w + 1), other));
  IrValue carry = apply2(m, ISA_VMULHU_VV, mantissa, words[2]);
  IrValue low = apply2(m, ISA_VADD_VV, apply2(m, ISA_VMUL_VV, mantissa, words[1]), carry);
  IrValue high = apply2(m, ISA_VADD_VV, apply2(m, ISA_VMUL_VV, mantissa, words[0]),
                        apply2(m, ISA_VMULHU_VV, mantissa, words[1]));
  high = add_where(m, compare(m, ISA_VMSLTU_VV, low, carry), high, 1);
  IrValue rounded_up = apply2(m, ISA_VADD_VX, high, integer(m, HALF));
  Turned t = {.quarter = apply2(m, ISA_VSRL_VI, rounded_up, integer(m, 30))};
  turn_to_angle(m, &t, apply2(m, ISA_VSUB_VV, high, apply2(m, ISA_VSLL_VI, t.quarter, integer(m, 30))), low);
  IrValue small = compare(m, ISA_VMFLE_VF, magnitude, number(m, quarter_pi));
  IrValue nothing = apply1(m, ISA_VMV_V_X, integer(m, 0));
  t.high = choose(m, small, magnitude, t.high);
  t.low = choose(m, small, nothing, t.low);
  t.quarter = choose(m, small, nothing, t.quarter);
  return t;
}

// Of the distance from the quarter turn its sine or its cosine, by the number of the quarter.
static IrValue trigonometric(Math *m, IrValue x, bool cosine) {
  static const double sine_table[] = {-0x1.555546p-3, 0x1.11077ap-7, -0x1.9954a8p-13};
  static const double cosine_table[] = {0x1.55554ap-5, -0x1.6c0c1ap-10, 0x1.99e0e4p-16};
  Turned t = turned(m, magnitude(m, x));
  IrValue r = apply2(m, ISA_VFADD_VV, t.high, apply2(m, ISA_VFSUB_VV, x, x)); // NaN of infinity
  IrValue square = apply2(m, ISA_VFMUL_VV, r, r);
  IrValue sine = apply2(m, ISA_VFMUL_VV, polynomial(m, square, sine_table, COUNT(sine_table)), square);
  sine = apply2(m, ISA_VFADD_VV, r, multiply_add(m, sine, r, t.low));
  IrValue even = apply2(m, ISA_VFMUL_VV, polynomial(m, square, cosine_table, COUNT(cosine_table)), square);
  even = multiply_add(m, even, square, multiply(m, apply2(m, ISA_VFMUL_VV, r, t.low), -1));
  IrValue quarter = cosine ? apply2(m, ISA_VADD_VI, t.quarter, integer(m, 1)) : t.quarter;
  // 1 - square / 2, and what is lost in that.
  IrValue half = multiply(m, square, 0.5), near = apply2(m, ISA_VFRSUB_VF, half, number(m, 1));
  IrValue lost = apply2(m, ISA_VFSUB_VV, apply2(m, ISA_VFRSUB_VF, near, number(m, 1)), half);
  even = apply2(m, ISA_VFADD_VV, near, apply2(m, ISA_VFADD_VV, even, lost));
  IrValue odd = apply2(m, ISA_VAND_VI, quarter, integer(m, 1));
  IrValue y = choose(m, compare(m, ISA_VMSNE_VI, odd, integer(m, 0)), even, sine);
  IrValue sign = apply2(m, ISA_VSLL_VI, apply2(m, ISA_VSRL_VI, quarter, integer(m, 1)), integer(m, 31));
  if (!cosine)
    sign = apply2(m, ISA_VXOR_VV, sign, x);
  return apply2(m, ISA_VFSGNJX_VV, y, sign);
}

// --- exact functions --------------------------------------------------------------------------------------

// To a whole number: from 2^23 (2^52) on all numbers are.
static IrValue rounded(Math *m, IrValue x, VectorFunction function) {
  double whole = m->type == IR_DOUBLE ? 0x1p52 : 0x1p23;
  IrValue fits = compare(m, ISA_VMFLT_VF, magnitude(m, x), number(m, whole));
  bool nearest = function == MATH_RINT;
  IrValue y = apply1(m, nearest ? ISA_VFCVT_X_F_V : ISA_VFCVT_RTZ_X_F_V, x);
  y = apply1(m, ISA_VFCVT_F_X_V, y);
  if (function == MATH_FLOOR)
    y = choose(m, compare(m, ISA_VMFLT_VV, x, y), add(m, y, -1), y);
  if (function == MATH_CEIL)
    y = choose(m, compare(m, ISA_VMFLT_VV, y, x), add(m, y, 1), y);
  if (function == MATH_ROUND) {
    IrValue rest = magnitude(m, apply2(m, ISA_VFSUB_VV, x, y));
    IrValue away = apply2(m, ISA_VFADD_VV, y, with_sign_of(m, apply1(m, ISA_VFMV_V_F, number(m, 1)), x));
    y = choose(m, compare(m, ISA_VMFGE_VF, rest, number(m, 0.5)), away, y);
  }
  return apply3(m, ISA_VMERGE_VVM, add(m, x, 0), with_sign_of(m, y, x), fits); // a NaN becomes quiet
}

// --- all of them ------------------------------------------------------------------------------------------

static IrValue expanded(Math *m, VectorFunction function, IrValue x) {
  switch (function) {
  case MATH_ERF:
    return has_pieces(m->target->machine) ? error_function_in_pieces(m, x) : error_function(m, x);
  case MATH_COS:
  case MATH_SIN:
    return trigonometric(m, x, function == MATH_COS);
  case MATH_EXPM1:
    return exponential_less_one(m, x);
  case MATH_LOG1P:
    return logarithm_of_one_and(m, x);
  case MATH_EXP:
  case MATH_EXP2:
    return exponential(m, x, function == MATH_EXP2);
  case MATH_LOG:
  case MATH_LOG2:
  case MATH_LOG10:
    return logarithm_of(m, x, function);
  case MATH_TANH:
    return has_pieces(m->target->machine) ? hyperbolic_tangent_in_pieces(m, x) : hyperbolic_tangent(m, x);
  case MATH_SQRT:
    return apply1(m, ISA_VFSQRT_V, x);
  default:
    return rounded(m, x, function);
  }
}

IrValue build_vector_function(Target *target, Builder *b, VectorFunction function, IrType type,
                              VectorConfig config, IrValue avl, IrValue group) {
  Math m = {
      .target = target, .b = b, .type = type, .group = ir_type(b->f, group), .config = config, .avl = avl};
  assert(type == IR_FLOAT || vector_function_is_exact(function));
  return expanded(&m, function, group);
}
