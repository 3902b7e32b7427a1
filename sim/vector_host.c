// Floating kernels on the host's own arithmetic, where it gives the same (vector_host.h).
#include "sim/vector_host.h"

#ifdef VECTOR_HOST_FLOATS

enum {
  MXCSR_DEFAULT = 0x1f80, // to nearest even, subnormals kept, nothing traps, no flags
  MXCSR_FLAGS = 0x3f,
};

static unsigned flags_of(unsigned mxcsr) {
  unsigned flags = 0;
  flags |= mxcsr & _MM_EXCEPT_INVALID ? SIM_FLAG_NV : 0;
  flags |= mxcsr & _MM_EXCEPT_DIV_ZERO ? SIM_FLAG_DZ : 0;
  flags |= mxcsr & _MM_EXCEPT_OVERFLOW ? SIM_FLAG_OF : 0;
  flags |= mxcsr & _MM_EXCEPT_UNDERFLOW ? SIM_FLAG_UF : 0;
  flags |= mxcsr & _MM_EXCEPT_INEXACT ? SIM_FLAG_NX : 0;
  return flags;
}

// Flags add up on the host as they do in fflags. So those left from before do no harm that are set there too,
// and the register, slow to write, is written only where there are others.
static unsigned run_loop(const VectorElements *e, HostLoop *loop, bool *failed) {
  unsigned before = _mm_getcsr();
  bool usual = (before & ~(unsigned)MXCSR_FLAGS) == MXCSR_DEFAULT;
  if (!usual || (flags_of(before) & ~e->raised))
    _mm_setcsr(MXCSR_DEFAULT);
  *failed = loop(e) != 0;
  unsigned after = _mm_getcsr();
  if (!usual)
    _mm_setcsr(before);
  return flags_of(after);
}

// Operands with ones where an element is inactive: no operation on ones raises a flag.
typedef struct Operands {
  _Alignas(64) uint8_t a[VECTOR_SCRATCH_BYTES];
  _Alignas(64) uint8_t b[VECTOR_SCRATCH_BYTES];
  _Alignas(64) uint8_t c[VECTOR_SCRATCH_BYTES];
} Operands;

static const void *replace_inactive(const VectorElements *e, const void *from, int width, uint8_t *own) {
  static const uint64_t one[] = {1, 0x3c00, 0x3f800000, UINT64_C(0x3ff0000000000000)};
  vector_splat(own, one[width], width, e->count);
  vector_blend(own, from, e->active, width, e->count);
  return own;
}

// First with the inactive elements as they are: when they raise no flag that is not set yet, they do no harm.
static __attribute__((noinline)) unsigned run_masked(const VectorElements *elements, HostLoop *loop,
                                                     int a_width, int b_width, int c_width, bool *failed) {
  unsigned raised = run_loop(elements, loop, failed);
  if (!*failed && (raised & ~elements->raised) == 0)
    return 0;
  VectorElements e = *elements;
  Operands own;
  e.a = replace_inactive(elements, e.a, a_width, own.a);
  e.b = replace_inactive(elements, e.b, b_width, own.b);
  e.c = replace_inactive(elements, e.c, c_width, own.c);
  return run_loop(&e, loop, failed);
}

unsigned vector_host_run(const VectorElements *e, VectorKernel *software, HostLoop *loop, int a_width,
                         int b_width, int c_width) {
  bool failed = true;
  unsigned raised = 0;
  if (e->rounding == SIM_RNE)
    raised = e->masked ? run_masked(e, loop, a_width, b_width, c_width, &failed) : run_loop(e, loop, &failed);
  return failed ? software(e) : raised;
}

// ---- Loops in the width itself

#define LOOP(name, type, expression)                                                                         \
  HOST_SIMD unsigned name(const VectorElements *e) {                                                         \
    type *restrict d = e->d;                                                                                 \
    const type *restrict va = e->a;                                                                          \
    const type *restrict vb = e->b;                                                                          \
    const type *restrict vc = e->c;                                                                          \
    unsigned nan = 0;                                                                                        \
    for (size_t i = 0; i < e->count; i++) {                                                                  \
      type a = va[i];                                                                                        \
      NAME type b = vb[i];                                                                                   \
      NAME type c = vc[i];                                                                                   \
      d[i] = (expression);                                                                                   \
      nan |= d[i] != d[i];                                                                                   \
    }                                                                                                        \
    return nan;                                                                                              \
  }
#define ORDER(name, RESULT, expression)
#define HOST_FOLD(name, expression)
#define WIDENED(name, base)
#define CONVERT(name, width)
#define FMA(a, b, c) fmaf(a, b, c)
#define ROOT(a) sqrtf(a)
#define HOST(name, operands, expression, usable) LOOP(vector_host_##name##_loop_32, float, expression)
#include "sim/vector_host.def"
#undef FMA
#undef ROOT
#define ORDER(name, RESULT, expression)
#define HOST_FOLD(name, expression)
#define WIDENED(name, base)
#define CONVERT(name, width)
#define FMA(a, b, c) fma(a, b, c)
#define ROOT(a) sqrt(a)
#define HOST(name, operands, expression, usable) LOOP(vector_host_##name##_loop_64, double, expression)
#include "sim/vector_host.def"
#undef FMA
#undef ROOT

// ---- Halves, in floats. A float's significand has more than twice as many bits as a half's and two more, so
// a sum, product, quotient or root rounded to a float and then to a half is the one rounded to a half at
// once.

HOST_HALF bool vector_host_widen(float *to, const uint16_t *from, size_t count) {
  const __m128i magnitude = _mm_set1_epi16(0x7fff);
  const __m128i largest = _mm_set1_epi16(0x7bff);
  __m128i special = _mm_setzero_si128();
  for (size_t i = 0; i < count; i += 8) {
    __m128i halves = _mm_setzero_si128();
    memcpy(&halves, from + i, count - i < 8 ? (count - i) * sizeof *from : sizeof halves);
    special = _mm_or_si128(special, _mm_cmpgt_epi16(_mm_and_si128(halves, magnitude), largest));
    _mm256_storeu_ps(to + i, _mm256_cvtph_ps(halves));
  }
  return _mm_movemask_epi8(special) == 0;
}

HOST_HALF bool vector_host_narrow(uint16_t *to, const float *from, size_t count) {
  __m256 nan = _mm256_setzero_ps();
  for (size_t i = 0; i < count; i += 8) {
    size_t here = count - i < 8 ? count - i : 8;
    __m256 floats = _mm256_setzero_ps();
    memcpy(&floats, from + i, here * sizeof *from);
    nan = _mm256_or_ps(nan, _mm256_cmp_ps(floats, floats, _CMP_UNORD_Q));
    __m128i halves = _mm256_cvtps_ph(floats, _MM_FROUND_TO_NEAREST_INT);
    memcpy(to + i, &halves, here * sizeof *to);
  }
  return _mm256_movemask_ps(nan) == 0;
}

// a * b + c for halves: the product is exact, the sum is rounded to odd, which a second rounding does not
// hurt.
static inline __attribute__((always_inline)) float fused_half(float a, float b, float c) {
  float product = a * b;
  float sum = product + c;
  float back = sum - product;
  float error = (product - (sum - back)) + (c - back);
  uint32_t bits;
  memcpy(&bits, &sum, sizeof bits);
  uint32_t even = error != 0 && (bits & 1) == 0;
  bits = (error > 0) == (sum > 0) ? bits + even : bits - even;
  memcpy(&sum, &bits, sizeof sum);
  return sum;
}

// With room for the whole words that conversion writes.
enum { MOST_HALVES = VECTOR_GROUP_BYTES / 2 + 8 };

#define ORDER(name, RESULT, expression)
#define HOST_FOLD(name, expression)
#define WIDENED(name, base)
#define CONVERT(name, width)
#define FMA(a, b, c) fused_half(a, b, c)
#define ROOT(a) sqrtf(a)
#define HOST(name, operands, expression, usable)                                                             \
  HOST_HALF static unsigned name##_loop_16(const VectorElements *e) {                                        \
    float va[MOST_HALVES], vb[MOST_HALVES], vc[MOST_HALVES], vd[MOST_HALVES];                                \
    if (!vector_host_widen(va, e->a, e->count) ||                                                            \
        ((operands) > 1 && !vector_host_widen(vb, e->b, e->count)) ||                                        \
        ((operands) > 2 && !vector_host_widen(vc, e->c, e->count)))                                          \
      return 1;                                                                                              \
    for (size_t i = 0; i < e->count; i++) {                                                                  \
      NAME float a = va[i];                                                                                  \
      NAME float b = (operands) > 1 ? vb[i] : 0;                                                             \
      NAME float c = (operands) > 2 ? vc[i] : 0;                                                             \
      vd[i] = (expression);                                                                                  \
    }                                                                                                        \
    return !vector_host_narrow(e->d, vd, e->count);                                                          \
  }
#include "sim/vector_host.def"
#undef FMA
#undef ROOT

// ---- The kernels

#define ORDER(name, RESULT, expression)
#define HOST_FOLD(name, expression)
#define WIDENED(name, base)
#define CONVERT(name, width)
#define HOST(name, operands, expression, usable)                                                             \
  unsigned vector_host_##name##_16(const VectorElements *e, VectorKernel *software) {                        \
    return HAS_HALF ? vector_host_run(e, software, name##_loop_16, 1, 1, 1) : software(e);                   \
  }                                                                                                          \
  unsigned vector_host_##name##_32(const VectorElements *e, VectorKernel *software) {                        \
    return (usable) ? vector_host_run(e, software, vector_host_##name##_loop_32, 2, 2, 2) : software(e);     \
  }                                                                                                          \
  unsigned vector_host_##name##_64(const VectorElements *e, VectorKernel *software) {                        \
    return (usable) ? vector_host_run(e, software, vector_host_##name##_loop_64, 3, 3, 3) : software(e);     \
  }
#include "sim/vector_host.def"

// A reduction in order, from element 0 of vs1 on.
#define FOLD_LOOP(name, type, bits, expression)                                                              \
  static __attribute__((noinline)) unsigned name##_loop_##bits(const VectorElements *e) {                    \
    const type *va = e->a;                                                                                   \
    type c = *(const type *)e->b;                                                                            \
    unsigned nan = c != c;                                                                                   \
    for (size_t i = 0; i < e->count; i++) {                                                                  \
      type a = va[i];                                                                                        \
      nan |= a != a;                                                                                         \
      c = !e->masked || e->active[i] ? (expression) : c;                                                     \
    }                                                                                                        \
    *(type *)e->d = c;                                                                                       \
    return nan | (c != c);                                                                                   \
  }                                                                                                          \
  unsigned vector_host_##name##_##bits(const VectorElements *e, VectorKernel *software) {                    \
    bool failed = true;                                                                                      \
    unsigned raised = e->rounding == SIM_RNE ? run_loop(e, name##_loop_##bits, &failed) : 0;                 \
    return failed ? software(e) : raised;                                                                    \
  }
#define HOST(name, operands, expression, usable)
#define ORDER(name, RESULT, expression)
#define WIDENED(name, base)
#define CONVERT(name, width)
#define HOST_FOLD(name, expression)                                                                          \
  FOLD_LOOP(name, float, 32, expression)                                                                     \
  FOLD_LOOP(name, double, 64, expression)
#include "sim/vector_host.def"

#else // another host: everything in software

#define SOFTWARE(name, bits)                                                                                 \
  unsigned vector_host_##name##_##bits(const VectorElements *e, VectorKernel *software) {                    \
    return software(e);                                                                                      \
  }
#define HOST(name, operands, expression, usable)                                                             \
  SOFTWARE(name, 16)                                                                                         \
  SOFTWARE(name, 32)                                                                                         \
  SOFTWARE(name, 64)
#define HOST_FOLD(name, expression)                                                                          \
  SOFTWARE(name, 32)                                                                                         \
  SOFTWARE(name, 64)
#define WIDENED(name, base)                                                                                  \
  SOFTWARE(name, 16)                                                                                         \
  SOFTWARE(name, 32)
#define CONVERT(name, width) SOFTWARE(name, width)
#define ORDER(name, RESULT, expression)
#include "sim/vector_host.def"
#endif

// Minimum, maximum and comparisons need no floating arithmetic at all where there is no NaN: with the
// magnitude's bits inverted in negative numbers, patterns compare as the numbers do, -0 below +0.
#define ORDER_WIDTH(name, RESULT, expression, bits)                                                          \
  static VECTOR_CLONES unsigned name##_order_##bits(const VectorElements *e) {                               \
    RESULT *restrict d = e->d;                                                                               \
    const ELEMENT *restrict va = e->a;                                                                       \
    const ELEMENT *restrict vb = e->b;                                                                       \
    ELEMENT nan = 0;                                                                                         \
    for (size_t i = 0; i < e->count; i++) {                                                                  \
      ELEMENT a = va[i];                                                                                     \
      ELEMENT b = vb[i];                                                                                     \
      nan |= (ELEMENT)((a & MAGNITUDE) > INFINITY_BITS) | (ELEMENT)((b & MAGNITUDE) > INFINITY_BITS);        \
      NAME SIGNED order_a = (SIGNED)(a ^ ((ELEMENT)((SIGNED)a >> (bits - 1)) & MAGNITUDE));                  \
      NAME SIGNED order_b = (SIGNED)(b ^ ((ELEMENT)((SIGNED)b >> (bits - 1)) & MAGNITUDE));                  \
      NAME bool both_zero = ((a | b) & MAGNITUDE) == 0;                                                      \
      d[i] = (RESULT)(expression);                                                                           \
    }                                                                                                        \
    return nan != 0;                                                                                         \
  }                                                                                                          \
  unsigned vector_host_##name##_##bits(const VectorElements *e, VectorKernel *software) {                    \
    return name##_order_##bits(e) ? software(e) : 0;                                                         \
  }

#define ELEMENT uint16_t
#define SIGNED int16_t
#define MAGNITUDE 0x7fff
#define INFINITY_BITS 0x7c00
#define ORDER(name, RESULT, expression) ORDER_WIDTH(name, RESULT, expression, 16)
#define HOST(name, operands, expression, usable)
#define HOST_FOLD(name, expression)
#define WIDENED(name, base)
#define CONVERT(name, width)
#include "sim/vector_host.def"
#undef ELEMENT
#undef SIGNED
#undef MAGNITUDE
#undef INFINITY_BITS

#define ELEMENT uint32_t
#define SIGNED int32_t
#define MAGNITUDE 0x7fffffffU
#define INFINITY_BITS 0x7f800000
#define ORDER(name, RESULT, expression) ORDER_WIDTH(name, RESULT, expression, 32)
#define HOST(name, operands, expression, usable)
#define HOST_FOLD(name, expression)
#define WIDENED(name, base)
#define CONVERT(name, width)
#include "sim/vector_host.def"
#undef ELEMENT
#undef SIGNED
#undef MAGNITUDE
#undef INFINITY_BITS

#define ELEMENT uint64_t
#define SIGNED int64_t
#define MAGNITUDE UINT64_C(0x7fffffffffffffff)
#define INFINITY_BITS UINT64_C(0x7ff0000000000000)
#define ORDER(name, RESULT, expression) ORDER_WIDTH(name, RESULT, expression, 64)
#define HOST(name, operands, expression, usable)
#define HOST_FOLD(name, expression)
#define WIDENED(name, base)
#define CONVERT(name, width)
#include "sim/vector_host.def"
