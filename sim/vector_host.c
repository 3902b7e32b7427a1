// Floating kernels on the host's own arithmetic, where it is known to give the same bits and flags: fp32 and
// fp64, rounding to nearest even, on x86-64, whose SSE arithmetic is IEEE 754 with tininess detected after
// rounding as RISC-V wants it. NaNs are where the two differ (which NaN results, and inf * 0 + NaN), so when
// a result is a NaN everything is done again in software. tests/sim-vector compares both with QEMU.
#include "sim/vector.h"

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
      __attribute__((unused)) type b = vb[i];                                                                \
      __attribute__((unused)) type c = vc[i];                                                                \
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

#include "sim/vector_host.def"
