// Floating element kernels: vector_float.def expanded for 16, 32 and 64 bits on the exact software arithmetic
// of the scalar unit.
#include "sim/vector.h"

// ---- Estimates (section 13.9, 13.10). An entry is what the significand's seven leading bits of the result
// are for the middle of an input interval: 256 / x, rounded, less the leading 128.

// By the significand's seven leading bits, x = 1.(bits).
static const uint8_t reciprocals[128] = {
    127, 125, 123, 121, 119, 117, 116, 114, 112, 110, 109, 107, 105, 104, 102, 100, 99, 97, 96, 94, 93, 91,
    90,  88,  87,  85,  84,  83,  81,  80,  79,  77,  76,  75,  74,  72,  71,  70,  69, 68, 66, 65, 64, 63,
    62,  61,  60,  59,  58,  57,  56,  55,  54,  53,  52,  51,  50,  49,  48,  47,  46, 45, 44, 43, 42, 41,
    40,  40,  39,  38,  37,  36,  35,  35,  34,  33,  32,  31,  31,  30,  29,  28,  28, 27, 26, 25, 25, 24,
    23,  23,  22,  21,  21,  20,  19,  19,  18,  17,  17,  16,  15,  15,  14,  14,  13, 12, 12, 11, 11, 10,
    9,   9,   8,   8,   7,   7,   6,   5,   5,   4,   4,   3,   3,   2,   2,   1,   1,  0};
// By the exponent's lowest bit (of a biased exponent: 0 means x in [2, 4), 1 means x in [1, 2)) and the
// significand's six leading bits: the root of x instead of x.
static const uint8_t reciprocal_roots[128] = {
    52,  51,  50,  48,  47,  46,  44,  43,  42,  41,  40,  39,  38,  36,  35,  34, 33, 32, 31, 30, 30,  29,
    28,  27,  26,  25,  24,  23,  23,  22,  21,  20,  19,  19,  18,  17,  16,  16, 15, 14, 14, 13, 12,  12,
    11,  10,  10,  9,   9,   8,   7,   7,   6,   6,   5,   4,   4,   3,   3,   2,  2,  1,  1,  0,  127, 125,
    123, 121, 119, 118, 116, 114, 113, 111, 109, 108, 106, 105, 103, 102, 100, 99, 97, 96, 95, 93, 92,  91,
    90,  88,  87,  86,  85,  84,  83,  82,  80,  79,  78,  77,  76,  75,  74,  73, 72, 71, 70, 70, 69,  68,
    67,  66,  65,  64,  63,  63,  62,  61,  60,  59,  59,  58,  57,  56,  56,  55, 54, 53};

// How a format's bits are laid out.
typedef struct Layout {
  unsigned fraction; // bits of the fraction
  int bias;
} Layout;

static Layout layout_of(SimFormat format) {
  static const Layout layouts[] = {
      [SIM_F16] = {10, 15}, [SIM_BF16] = {7, 127}, [SIM_F32] = {23, 127}, [SIM_F64] = {52, 1023}};
  return layouts[format];
}

typedef struct Parts {
  uint64_t sign; // in its place
  int exponent;  // biased; below 1 for what was subnormal and is normalized here
  uint64_t fraction;
  uint64_t infinity; // the positive one
} Parts;

static Parts split(SimFormat format, uint64_t a) {
  Layout layout = layout_of(format);
  uint64_t exponents = 2 * (uint64_t)layout.bias + 1;
  uint64_t fractions = (UINT64_C(1) << layout.fraction) - 1;
  Parts parts = {
      .sign = a & ~(exponents << layout.fraction | fractions),
      .exponent = (int)(a >> layout.fraction & exponents),
      .fraction = a & fractions,
      .infinity = exponents << layout.fraction,
  };
  if (parts.exponent == 0 && parts.fraction != 0) {
    while ((parts.fraction >> (layout.fraction - 1) & 1) == 0) {
      parts.exponent--;
      parts.fraction <<= 1;
    }
    parts.fraction = parts.fraction << 1 & fractions;
  }
  return parts;
}

// The bits of fclass.
enum {
  CLASS_NEGATIVE_INFINITY = 1 << 0,
  CLASS_NEGATIVE = 1 << 1 | 1 << 2,
  CLASS_ZEROS = 1 << 3 | 1 << 4,
  CLASS_POSITIVE_INFINITY = 1 << 7,
  CLASS_SIGNALING_NAN = 1 << 8,
  CLASS_QUIET_NAN = 1 << 9,
};

static uint64_t reciprocal_root_estimate(SimFormat format, uint64_t a, SimRounding *rounding) {
  unsigned class = sim_float_classify(format, a);
  Parts parts = split(format, a);
  if (class & (CLASS_SIGNALING_NAN | CLASS_NEGATIVE | CLASS_NEGATIVE_INFINITY))
    rounding->flags |= SIM_FLAG_NV;
  if (class & (CLASS_SIGNALING_NAN | CLASS_QUIET_NAN | CLASS_NEGATIVE | CLASS_NEGATIVE_INFINITY))
    return sim_canonical_nan(format);
  if (class & CLASS_ZEROS) {
    rounding->flags |= SIM_FLAG_DZ;
    return parts.sign | parts.infinity;
  }
  if (class & CLASS_POSITIVE_INFINITY)
    return 0;
  Layout layout = layout_of(format);
  unsigned entry = ((unsigned)parts.exponent & 1) << 6 | (unsigned)(parts.fraction >> (layout.fraction - 6));
  uint64_t exponent = (uint64_t)(3 * layout.bias - 1 - parts.exponent) / 2;
  return exponent << layout.fraction | (uint64_t)reciprocal_roots[entry] << (layout.fraction - 7);
}

// What a result too large becomes under the rounding mode.
static uint64_t overflowed(Parts parts, SimRounding *rounding) {
  rounding->flags |= SIM_FLAG_OF | SIM_FLAG_NX;
  bool to_infinity = rounding->mode == SIM_RNE || rounding->mode == SIM_RMM ||
                     rounding->mode == (parts.sign ? SIM_RDN : SIM_RUP);
  return parts.sign | (to_infinity ? parts.infinity : parts.infinity - 1);
}

static uint64_t reciprocal_estimate(SimFormat format, uint64_t a, SimRounding *rounding) {
  unsigned class = sim_float_classify(format, a);
  Parts parts = split(format, a);
  if (class & CLASS_SIGNALING_NAN)
    rounding->flags |= SIM_FLAG_NV;
  if (class & (CLASS_SIGNALING_NAN | CLASS_QUIET_NAN))
    return sim_canonical_nan(format);
  if (class & CLASS_ZEROS) {
    rounding->flags |= SIM_FLAG_DZ;
    return parts.sign | parts.infinity;
  }
  if (class & (CLASS_NEGATIVE_INFINITY | CLASS_POSITIVE_INFINITY))
    return parts.sign;
  if (parts.exponent < -1)
    return overflowed(parts, rounding);
  Layout layout = layout_of(format);
  uint64_t fraction = (uint64_t)reciprocals[parts.fraction >> (layout.fraction - 7)] << (layout.fraction - 7);
  int exponent = 2 * layout.bias - 1 - parts.exponent;
  if (exponent <= 0) {
    // A subnormal result: its leading one becomes part of the fraction.
    fraction = (fraction >> 1 | UINT64_C(1) << (layout.fraction - 1)) >> -exponent;
    exponent = 0;
  }
  return parts.sign | (uint64_t)exponent << layout.fraction | fraction;
}

// ---- Conversions with a rounding mode of their own

static uint64_t truncate_to_integer(SimFormat format, uint64_t a, unsigned bits, bool is_signed,
                                    SimRounding *rounding) {
  SimRounding own = {SIM_RTZ, 0};
  uint64_t result = sim_float_to_integer(format, a, bits, is_signed, &own);
  rounding->flags |= own.flags;
  return result;
}

static uint64_t convert_to_odd(SimFormat to, SimFormat from, uint64_t a, SimRounding *rounding) {
  SimRounding own = {SIM_ROD, 0};
  uint64_t result = sim_float_convert(to, from, a, &own);
  rounding->flags |= own.flags;
  return result;
}

// ---- The expansion for one width is made with these set: BITS, ELEMENT, SIGNED, FORMAT; WIDER, SIGNED_WIDER
// and WIDE_FORMAT for twice the width.
#define JOIN_EXPANDED(a, b) a##_##b
#define JOIN(a, b) JOIN_EXPANDED(a, b)
#define NAME __attribute__((unused))
#define SIGN (UINT64_C(1) << (BITS - 1))
#define WIDE_SIGN (UINT64_C(1) << (2 * BITS - 1))
#define WIDE(x) sim_float_convert(WIDE_FORMAT, FORMAT, (ELEMENT)(x), r)

// The loop over active elements, in order: the flags of others must not be raised.
#define KERNEL(name, D, A, SIGNED_OF_A, B, C, RESULT)                                                        \
  static unsigned name(const VectorElements *e) {                                                            \
    SimRounding rounding = {e->rounding, 0};                                                                 \
    NAME SimRounding *r = &rounding;                                                                         \
    D *vd = e->d;                                                                                            \
    NAME const A *va = e->a;                                                                                 \
    NAME const B *vb = e->b;                                                                                 \
    NAME const C *vc = e->c;                                                                                 \
    for (size_t i = 0; i < e->count; i++) {                                                                  \
      if (!e->active[i])                                                                                     \
        continue;                                                                                            \
      NAME uint64_t a = va[i];                                                                               \
      NAME uint64_t b = vb[i];                                                                               \
      NAME uint64_t c = vc[i];                                                                               \
      NAME uint64_t signed_a = (uint64_t)(int64_t)(SIGNED_OF_A)va[i];                                        \
      vd[i] = (D)(RESULT);                                                                                   \
    }                                                                                                        \
    return rounding.flags;                                                                                   \
  }
#define FOLD(name, D, A, RESULT)                                                                             \
  static unsigned name(const VectorElements *e) {                                                            \
    SimRounding rounding = {e->rounding, 0};                                                                 \
    SimRounding *r = &rounding;                                                                              \
    const A *va = e->a;                                                                                      \
    uint64_t c = *(const D *)e->b;                                                                           \
    for (size_t i = 0; i < e->count; i++) {                                                                  \
      if (!e->active[i])                                                                                     \
        continue;                                                                                            \
      uint64_t a = va[i];                                                                                    \
      c = (RESULT);                                                                                          \
    }                                                                                                        \
    *(D *)e->d = (D)c;                                                                                       \
    return rounding.flags;                                                                                   \
  }

#define BINARY(name, expression)                                                                             \
  KERNEL(JOIN(name, BITS), ELEMENT, ELEMENT, SIGNED, ELEMENT, ELEMENT, expression)
#define TERNARY(name, expression) BINARY(name, expression)
#define UNARY(name, expression)                                                                              \
  KERNEL(JOIN(name, BITS), ELEMENT, ELEMENT, SIGNED, uint8_t, uint8_t, expression)
#define COMPARE(name, condition)                                                                             \
  KERNEL(JOIN(name, BITS), uint8_t, ELEMENT, SIGNED, ELEMENT, uint8_t, condition)
#define CARRY(name, expression)                                                                              \
  KERNEL(JOIN(name, BITS), ELEMENT, ELEMENT, SIGNED, ELEMENT, uint8_t, expression)
#define REDUCTION(name, expression) FOLD(JOIN(name, BITS), ELEMENT, ELEMENT, expression)
#define WIDENING(name, expression)                                                                           \
  KERNEL(JOIN(name, BITS), WIDER, ELEMENT, SIGNED, ELEMENT, WIDER, expression)
#define WIDENING_W(name, expression)                                                                         \
  KERNEL(JOIN(name, BITS), WIDER, WIDER, SIGNED_WIDER, ELEMENT, WIDER, expression)
#define NARROWING(name, expression)                                                                          \
  KERNEL(JOIN(name, BITS), ELEMENT, WIDER, SIGNED_WIDER, ELEMENT, uint8_t, expression)
#define WIDENING_REDUCTION(name, expression) FOLD(JOIN(name, BITS), WIDER, ELEMENT, expression)

#define BITS 16
#define ELEMENT uint16_t
#define SIGNED int16_t
#define FORMAT SIM_F16
#define WIDER uint32_t
#define SIGNED_WIDER int32_t
#define WIDE_FORMAT SIM_F32
#include "sim/vector_float.def"

// Between bf16 and fp32.
#undef FORMAT
#define FORMAT SIM_BF16
KERNEL(fwcvtbf16_16, uint32_t, uint16_t, int16_t, uint16_t, uint32_t, WIDE(a))
KERNEL(fncvtbf16_16, uint16_t, uint32_t, int32_t, uint16_t, uint16_t,
       sim_float_convert(SIM_BF16, SIM_F32, a, r))
KERNEL(fwmaccbf16_16, uint32_t, uint16_t, int16_t, uint16_t, uint32_t,
       sim_float_fma(SIM_F32, WIDE(a), WIDE(b), c, r))
#undef BITS
#undef ELEMENT
#undef SIGNED
#undef FORMAT
#undef WIDER
#undef SIGNED_WIDER
#undef WIDE_FORMAT

#define BITS 32
#define ELEMENT uint32_t
#define SIGNED int32_t
#define FORMAT SIM_F32
#define WIDER uint64_t
#define SIGNED_WIDER int64_t
#define WIDE_FORMAT SIM_F64
#include "sim/vector_float.def"
#undef BITS
#undef ELEMENT
#undef SIGNED
#undef FORMAT

#define BITS 64
#define ELEMENT uint64_t
#define SIGNED int64_t
#define FORMAT SIM_F64
#include "sim/vector_float.def"

// Conversions between an integer of SEW (8, 16, 32 bits) and a floating number of twice the width.
#define WIDEN_INTEGER(BITS_, D, A, SIGNED_A_, FORMAT_)                                                       \
  KERNEL(fwcvt_f_xu_##BITS_, D, A, SIGNED_A_, A, uint8_t, sim_float_from_integer(FORMAT_, a, false, r))      \
  KERNEL(fwcvt_f_x_##BITS_, D, A, SIGNED_A_, A, uint8_t, sim_float_from_integer(FORMAT_, signed_a, true, r))
WIDEN_INTEGER(8, uint16_t, uint8_t, int8_t, SIM_F16)
WIDEN_INTEGER(16, uint32_t, uint16_t, int16_t, SIM_F32)
WIDEN_INTEGER(32, uint64_t, uint32_t, int32_t, SIM_F64)
#define NARROW_TO_INTEGER(BITS_, D, A, FORMAT_)                                                              \
  KERNEL(fncvt_xu_f_##BITS_, D, A, A, D, uint8_t, sim_float_to_integer(FORMAT_, a, BITS_, false, r))         \
  KERNEL(fncvt_x_f_##BITS_, D, A, A, D, uint8_t, sim_float_to_integer(FORMAT_, a, BITS_, true, r))           \
  KERNEL(fncvt_rtz_xu_f_##BITS_, D, A, A, D, uint8_t, truncate_to_integer(FORMAT_, a, BITS_, false, r))      \
  KERNEL(fncvt_rtz_x_f_##BITS_, D, A, A, D, uint8_t, truncate_to_integer(FORMAT_, a, BITS_, true, r))
NARROW_TO_INTEGER(8, uint8_t, uint16_t, SIM_F16)
NARROW_TO_INTEGER(16, uint16_t, uint32_t, SIM_F32)
NARROW_TO_INTEGER(32, uint32_t, uint64_t, SIM_F64)

// ---- Kernels that the host takes over where it can.
#define FAST(name, bits)                                                                                     \
  static unsigned name##_fast_##bits(const VectorElements *e) {                                              \
    return vector_host_##name##_##bits(e, name##_##bits);                                                    \
  }
#define HOST(name, operands, expression, usable)                                                             \
  FAST(name, 16)                                                                                             \
  FAST(name, 32)                                                                                             \
  FAST(name, 64)                                                                                             \
  const VectorKernels vector_##name##_fast = {{NULL, name##_fast_16, name##_fast_32, name##_fast_64}};
#define ORDER(name, RESULT, expression) HOST(name, 2, expression, true)
#define HOST_FOLD(name, expression)                                                                          \
  FAST(name, 32)                                                                                             \
  FAST(name, 64)                                                                                             \
  const VectorKernels vector_##name##_fast = {{NULL, name##_16, name##_fast_32, name##_fast_64}};
#define WIDENED(name, base)                                                                                  \
  FAST(name, 16)                                                                                             \
  FAST(name, 32)                                                                                             \
  const VectorKernels vector_##name##_fast = {{NULL, name##_fast_16, name##_fast_32, NULL}};
#define CONVERT(name, bits) FAST(name, bits)
#include "sim/vector_host.def"
const VectorKernels vector_fwcvt_f_f_fast = {{NULL, fwcvt_f_f_fast_16, fwcvt_f_f_fast_32, NULL}};
const VectorKernels vector_fncvt_f_f_fast = {{NULL, fncvt_f_f_fast_16, fncvt_f_f_fast_32, NULL}};
const VectorKernels vector_fcvt_x_f_fast = {{NULL, fcvt_x_f_16, fcvt_x_f_fast_32, fcvt_x_f_64}};
const VectorKernels vector_fcvt_rtz_x_f_fast = {
    {NULL, fcvt_rtz_x_f_16, fcvt_rtz_x_f_fast_32, fcvt_rtz_x_f_64}};
const VectorKernels vector_fcvt_f_x_fast = {{NULL, fcvt_f_x_16, fcvt_f_x_fast_32, fcvt_f_x_64}};
const VectorKernels vector_fcvt_f_xu_fast = {{NULL, fcvt_f_xu_16, fcvt_f_xu_fast_32, fcvt_f_xu_64}};
const VectorKernels vector_fwcvtbf16_fast = {{NULL, fwcvtbf16_fast_16, NULL, NULL}};
const VectorKernels vector_fncvtbf16_fast = {{NULL, fncvtbf16_fast_16, NULL, NULL}};
const VectorKernels vector_fwmaccbf16_fast = {{NULL, fwmaccbf16_fast_16, NULL, NULL}};

// ---- The tables of kernels by SEW.
#undef BITS
#undef BINARY
#undef TERNARY
#undef UNARY
#undef COMPARE
#undef CARRY
#undef REDUCTION
#undef WIDENING
#undef WIDENING_W
#undef NARROWING
#undef WIDENING_REDUCTION
#define FROM_16(name) const VectorKernels vector_##name = {{NULL, name##_16, name##_32, name##_64}};
#define FROM_16_TO_32(name) const VectorKernels vector_##name = {{NULL, name##_16, name##_32, NULL}};
#define FROM_8_TO_32(name) const VectorKernels vector_##name = {{name##_8, name##_16, name##_32, NULL}};
#define ONLY_16(name) const VectorKernels vector_##name = {{NULL, name##_16, NULL, NULL}};
#define BITS 16
#define BINARY(name, expression) FROM_16(name)
#define TERNARY(name, expression) FROM_16(name)
#define UNARY(name, expression) FROM_16(name)
#define COMPARE(name, condition) FROM_16(name)
#define CARRY(name, expression) FROM_16(name)
#define REDUCTION(name, expression) FROM_16(name)
#define WIDENING(name, expression) FROM_16_TO_32(name)
#define WIDENING_W(name, expression) FROM_16_TO_32(name)
#define NARROWING(name, expression) FROM_16_TO_32(name)
#define WIDENING_REDUCTION(name, expression) FROM_16_TO_32(name)
#include "sim/vector_float.def"
FROM_8_TO_32(fwcvt_f_xu)
FROM_8_TO_32(fwcvt_f_x)
FROM_8_TO_32(fncvt_xu_f)
FROM_8_TO_32(fncvt_x_f)
FROM_8_TO_32(fncvt_rtz_xu_f)
FROM_8_TO_32(fncvt_rtz_x_f)
ONLY_16(fwcvtbf16)
ONLY_16(fncvtbf16)
ONLY_16(fwmaccbf16)
