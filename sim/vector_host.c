// Floating kernels on the host's own arithmetic, where it is known to give the same bits and flags: fp32 and
// fp64, rounding to nearest even, on x86-64, whose SSE arithmetic is IEEE 754 with tininess detected after
// rounding as RISC-V wants it. NaNs are where the two differ (which NaN results, and inf * 0 + NaN), so when
// a result is a NaN everything is done again in software. tests/sim-vector compares both with QEMU.
#include "sim/vector.h"

#define NAME __attribute__((unused)) // which an expression may use

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#include <math.h>

// Also keeps the loop from being inlined.
#define HOST_SIMD __attribute__((target_clones("arch=x86-64-v3", "default")))

enum { MXCSR_DEFAULT = 0x1f80 }; // to nearest even, subnormals kept, nothing traps, no flags

static unsigned flags_of(unsigned mxcsr) {
  unsigned flags = 0;
  flags |= mxcsr & _MM_EXCEPT_INVALID ? SIM_FLAG_NV : 0;
  flags |= mxcsr & _MM_EXCEPT_DIV_ZERO ? SIM_FLAG_DZ : 0;
  flags |= mxcsr & _MM_EXCEPT_OVERFLOW ? SIM_FLAG_OF : 0;
  flags |= mxcsr & _MM_EXCEPT_UNDERFLOW ? SIM_FLAG_UF : 0;
  flags |= mxcsr & _MM_EXCEPT_INEXACT ? SIM_FLAG_NX : 0;
  return flags;
}

// Operands with 1 where an element is inactive: no operation on ones raises a flag.
typedef struct Operands {
  _Alignas(64) uint8_t a[VECTOR_SCRATCH_BYTES];
  _Alignas(64) uint8_t b[VECTOR_SCRATCH_BYTES];
  _Alignas(64) uint8_t c[VECTOR_SCRATCH_BYTES];
} Operands;

static void replace_inactive(VectorElements *e, Operands *own, int width, uint64_t one) {
  if (!memchr(e->active, 0, e->count))
    return;
  size_t bytes = e->count << width;
  vector_splat(own->a, one, width, e->count);
  memcpy(own->b, own->a, bytes);
  memcpy(own->c, own->a, bytes);
  vector_blend(own->a, e->a, e->active, width, e->count);
  vector_blend(own->b, e->b, e->active, width, e->count);
  vector_blend(own->c, e->c, e->active, width, e->count);
  e->a = own->a;
  e->b = own->b;
  e->c = own->c;
}

// A loop and the two widths of a kernel. The loop returns whether a result is a NaN. It is a function of its
// own so that it stays between the accesses to the host's control register.
#define LOOP(name, type, expression)                                                                         \
  HOST_SIMD static unsigned name(const VectorElements *e) {                                                  \
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
#define KERNEL(name, bits, width, one, usable)                                                               \
  unsigned vector_host_##name##_##bits(const VectorElements *elements, VectorKernel *software) {             \
    if (elements->rounding != SIM_RNE || !(usable))                                                          \
      return software(elements);                                                                             \
    VectorElements e = *elements;                                                                            \
    Operands own;                                                                                            \
    replace_inactive(&e, &own, width, one);                                                                  \
    unsigned saved = _mm_getcsr();                                                                           \
    _mm_setcsr(MXCSR_DEFAULT);                                                                               \
    unsigned nan = name##_loop_##bits(&e);                                                                   \
    unsigned raised = _mm_getcsr();                                                                          \
    _mm_setcsr(saved);                                                                                       \
    return nan ? software(elements) : flags_of(raised);                                                      \
  }
#define HOST(name, expression_32, expression_64, usable)                                                     \
  LOOP(name##_loop_32, float, expression_32)                                                                 \
  LOOP(name##_loop_64, double, expression_64)                                                                \
  KERNEL(name, 32, 2, UINT64_C(0x3f800000), usable)                                                          \
  KERNEL(name, 64, 3, UINT64_C(0x3ff0000000000000), usable)

#define HAS_FMA __builtin_cpu_supports("fma")

#else // another host: everything in software

#define HOST(name, expression_32, expression_64, usable)                                                     \
  unsigned vector_host_##name##_32(const VectorElements *elements, VectorKernel *software) {                 \
    return software(elements);                                                                               \
  }                                                                                                          \
  unsigned vector_host_##name##_64(const VectorElements *elements, VectorKernel *software) {                 \
    return software(elements);                                                                               \
  }
#endif

#define ORDER(name, RESULT, expression)
#include "sim/vector_host.def"
#undef HOST
#undef ORDER

// Minimum, maximum and comparisons need no floating arithmetic at all where there is no NaN: with the
// magnitude's bits inverted in negative numbers, patterns compare as the numbers do, -0 below +0.
#define ORDER_WIDTH(name, RESULT, expression, bits)                                                          \
  unsigned vector_host_##name##_##bits(const VectorElements *e, VectorKernel *software) {                    \
    RESULT *restrict d = e->d;                                                                               \
    const ELEMENT *restrict va = e->a;                                                                       \
    const ELEMENT *restrict vb = e->b;                                                                       \
    ELEMENT nan = 0;                                                                                         \
    for (size_t i = 0; i < e->count; i++) {                                                                  \
      ELEMENT a = va[i];                                                                                     \
      ELEMENT b = vb[i];                                                                                     \
      nan |= (a & MAGNITUDE) > INFINITY_BITS || (b & MAGNITUDE) > INFINITY_BITS;                             \
      NAME SIGNED order_a = (SIGNED)(a ^ ((ELEMENT)((SIGNED)a >> (bits - 1)) & MAGNITUDE));                  \
      NAME SIGNED order_b = (SIGNED)(b ^ ((ELEMENT)((SIGNED)b >> (bits - 1)) & MAGNITUDE));                  \
      NAME bool both_zero = ((a | b) & MAGNITUDE) == 0;                                                      \
      d[i] = (RESULT)(expression);                                                                           \
    }                                                                                                        \
    return nan ? software(e) : 0;                                                                            \
  }

#define HOST(name, expression_32, expression_64, usable)

#define ELEMENT uint16_t
#define SIGNED int16_t
#define MAGNITUDE 0x7fff
#define INFINITY_BITS 0x7c00
#define ORDER(name, RESULT, expression) ORDER_WIDTH(name, RESULT, expression, 16)
#include "sim/vector_host.def"
#undef ELEMENT
#undef SIGNED
#undef MAGNITUDE
#undef INFINITY_BITS
#undef ORDER

#define ELEMENT uint32_t
#define SIGNED int32_t
#define MAGNITUDE 0x7fffffffU
#define INFINITY_BITS 0x7f800000
#define ORDER(name, RESULT, expression) ORDER_WIDTH(name, RESULT, expression, 32)
#include "sim/vector_host.def"
#undef ELEMENT
#undef SIGNED
#undef MAGNITUDE
#undef INFINITY_BITS
#undef ORDER

#define ELEMENT uint64_t
#define SIGNED int64_t
#define MAGNITUDE UINT64_C(0x7fffffffffffffff)
#define INFINITY_BITS UINT64_C(0x7ff0000000000000)
#define ORDER(name, RESULT, expression) ORDER_WIDTH(name, RESULT, expression, 64)
#include "sim/vector_host.def"
