// Conversions and widening operations on the host's own arithmetic (vector_host.h).
#include "sim/vector_host.h"

#ifdef VECTOR_HOST_FLOATS

// With room for the whole words that conversion writes.
enum { MOST_HALVES = VECTOR_GROUP_BYTES / 2 + 8, MOST_FLOATS = VECTOR_GROUP_BYTES / 4 };

static HOST_SIMD bool floats_to_doubles(double *to, const float *from, size_t count) {
  unsigned nan = 0;
  for (size_t i = 0; i < count; i++) {
    to[i] = from[i];
    nan |= __builtin_isnan(to[i]) != 0;
  }
  return !nan;
}

// vs2 and vs1 in the width of vd, then the operation there.
#define HOST(name, operands, expression, usable)
#define ORDER(name, RESULT, expression)
#define HOST_FOLD(name, expression)
#define CONVERT(name, width)
#define WIDENED(name, base)                                                                                  \
  static unsigned name##_loop_16(const VectorElements *e) {                                                  \
    float a[MOST_HALVES], b[MOST_HALVES];                                                                    \
    VectorElements wide = {.d = e->d, .a = a, .b = b, .c = e->c, .count = e->count};                         \
    return !vector_host_widen(a, e->a, e->count) || !vector_host_widen(b, e->b, e->count) ||                 \
           vector_host_##base##_loop_32(&wide);                                                              \
  }                                                                                                          \
  static unsigned name##_loop_32(const VectorElements *e) {                                                  \
    double a[MOST_FLOATS], b[MOST_FLOATS];                                                                   \
    VectorElements wide = {.d = e->d, .a = a, .b = b, .c = e->c, .count = e->count};                         \
    return !floats_to_doubles(a, e->a, e->count) || !floats_to_doubles(b, e->b, e->count) ||                 \
           vector_host_##base##_loop_64(&wide);                                                              \
  }                                                                                                          \
  unsigned vector_host_##name##_16(const VectorElements *e, VectorKernel *software) {                        \
    return HAS_HALF ? vector_host_run(e, software, name##_loop_16, 1, 1, 2) : software(e);                   \
  }                                                                                                          \
  unsigned vector_host_##name##_32(const VectorElements *e, VectorKernel *software) {                        \
    return HAS_FMA ? vector_host_run(e, software, name##_loop_32, 2, 2, 3) : software(e);                    \
  }
#include "sim/vector_host.def"

// ---- Between floating formats

static unsigned half_to_float(const VectorElements *e) {
  float wide[MOST_HALVES];
  if (!vector_host_widen(wide, e->a, e->count))
    return 1;
  memcpy(e->d, wide, e->count * sizeof *wide);
  return 0;
}
unsigned vector_host_fwcvt_f_f_16(const VectorElements *e, VectorKernel *software) {
  return HAS_HALF ? vector_host_run(e, software, half_to_float, 1, 1, 1) : software(e);
}

static unsigned float_to_double(const VectorElements *e) {
  return !floats_to_doubles(e->d, e->a, e->count);
}
unsigned vector_host_fwcvt_f_f_32(const VectorElements *e, VectorKernel *software) {
  return vector_host_run(e, software, float_to_double, 2, 2, 2);
}

static unsigned float_to_half(const VectorElements *e) {
  return !vector_host_narrow(e->d, e->a, e->count);
}
unsigned vector_host_fncvt_f_f_16(const VectorElements *e, VectorKernel *software) {
  return HAS_HALF ? vector_host_run(e, software, float_to_half, 2, 1, 1) : software(e);
}

static HOST_SIMD unsigned double_to_float(const VectorElements *e) {
  float *restrict d = e->d;
  const double *restrict a = e->a;
  unsigned nan = 0;
  for (size_t i = 0; i < e->count; i++) {
    d[i] = (float)a[i];
    nan |= __builtin_isnan(d[i]) != 0;
  }
  return nan;
}
unsigned vector_host_fncvt_f_f_32(const VectorElements *e, VectorKernel *software) {
  return vector_host_run(e, software, double_to_float, 3, 2, 2);
}

// ---- bfloat16: the upper half of a float

static HOST_SIMD bool bfloats_to_floats(uint32_t *restrict to, const uint16_t *restrict from, size_t count) {
  unsigned nan = 0;
  for (size_t i = 0; i < count; i++) {
    to[i] = (uint32_t)from[i] << 16;
    nan |= (from[i] & 0x7fff) > 0x7f80;
  }
  return !nan;
}

static unsigned bfloat_to_float(const VectorElements *e) {
  return !bfloats_to_floats(e->d, e->a, e->count);
}
unsigned vector_host_fwcvtbf16_16(const VectorElements *e, VectorKernel *software) {
  return vector_host_run(e, software, bfloat_to_float, 1, 1, 1);
}

static unsigned bfloat_multiply_add(const VectorElements *e) {
  uint32_t a[MOST_HALVES];
  uint32_t b[MOST_HALVES];
  VectorElements wide = {.d = e->d, .a = a, .b = b, .c = e->c, .count = e->count};
  return !bfloats_to_floats(a, e->a, e->count) || !bfloats_to_floats(b, e->b, e->count) ||
         vector_host_fmacc_loop_32(&wide);
}
unsigned vector_host_fwmaccbf16_16(const VectorElements *e, VectorKernel *software) {
  return HAS_FMA ? vector_host_run(e, software, bfloat_multiply_add, 1, 1, 2) : software(e);
}

// In integers: the lower half is rounded away. Subnormal numbers, infinities, NaNs, and what becomes
// infinite, are for the software. To raise its flag, what is inexact is added to one.
static HOST_SIMD unsigned float_to_bfloat(const VectorElements *e) {
  uint16_t *restrict d = e->d;
  const uint32_t *restrict va = e->a;
  uint32_t inexact = 0;
  uint32_t special = 0;
  for (size_t i = 0; i < e->count; i++) {
    uint32_t a = va[i];
    uint32_t magnitude = a & 0x7fffffff;
    special |= (magnitude < 0x00800000 && magnitude != 0) || magnitude >= 0x7f7f8000;
    inexact |= a & 0xffff;
    d[i] = (uint16_t)((a + 0x7fff + (a >> 16 & 1)) >> 16);
  }
  volatile float one = 1;
  if (inexact && !special)
    one += 0x1p-30F;
  return special;
}
unsigned vector_host_fncvtbf16_16(const VectorElements *e, VectorKernel *software) {
  return vector_host_run(e, software, float_to_bfloat, 2, 1, 1);
}

// ---- Between fp32 and integers of its width

// All in the range in which the host's conversion is RISC-V's; NaNs are not.
static HOST_SIMD bool fit_integers(const float *from, size_t count) {
  unsigned outside = 0;
  for (size_t i = 0; i < count; i++)
    outside |= !(from[i] >= -0x1p31F && from[i] < 0x1p31F);
  return !outside;
}

#define TO_INTEGER(name, convert)                                                                            \
  static __attribute__((noinline)) unsigned name##_loop(const VectorElements *e) {                           \
    const float *from = e->a;                                                                                \
    int32_t *to = e->d;                                                                                      \
    if (!fit_integers(from, e->count))                                                                       \
      return 1;                                                                                              \
    for (size_t i = 0; i < e->count; i += 4) {                                                               \
      size_t here = e->count - i < 4 ? e->count - i : 4;                                                     \
      __m128 floats = _mm_setzero_ps();                                                                      \
      memcpy(&floats, from + i, here * sizeof *from);                                                        \
      __m128i integers = convert(floats);                                                                    \
      memcpy(to + i, &integers, here * sizeof *to);                                                          \
    }                                                                                                        \
    return 0;                                                                                                \
  }                                                                                                          \
  unsigned vector_host_##name##_32(const VectorElements *e, VectorKernel *software) {                        \
    return vector_host_run(e, software, name##_loop, 2, 2, 2);                                               \
  }
TO_INTEGER(fcvt_x_f, _mm_cvtps_epi32)
TO_INTEGER(fcvt_rtz_x_f, _mm_cvttps_epi32)

// By way of a double, which holds every integer of 32 bits.
#define FROM_INTEGER(name, type)                                                                             \
  static HOST_SIMD unsigned name##_loop(const VectorElements *e) {                                           \
    float *restrict d = e->d;                                                                                \
    const type *restrict a = e->a;                                                                           \
    for (size_t i = 0; i < e->count; i++)                                                                    \
      d[i] = (float)(double)a[i];                                                                            \
    return 0;                                                                                                \
  }                                                                                                          \
  unsigned vector_host_##name##_32(const VectorElements *e, VectorKernel *software) {                        \
    return vector_host_run(e, software, name##_loop, 2, 2, 2);                                               \
  }
FROM_INTEGER(fcvt_f_x, int32_t)
FROM_INTEGER(fcvt_f_xu, uint32_t)
#endif
