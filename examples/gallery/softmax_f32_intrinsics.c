// Softmax of each row, by hand. What is done to a row waits for its largest element and for its sum; so each
// step goes over all rows of a tile before the next one does, and hands its results on in memory. Exponents
// of numbers below -87.3 are taken for that one's, which is next to nothing beside the row's largest, 1.
#include "rows.h"

static const float to_whole = 0x1.8p23f; // leaves a rounded number in the low bits

// One register, or one of four: y = exp(x - most) and the sum.
#define LOAD(i) vfloat32m1_t x##i = __riscv_vle32_v_f32m1(x + (i) * LANES, vl);
#define BELOW(i) x##i = __riscv_vfsub_vf_f32m1(x##i, most, vl);
#define BOUND(i) x##i = __riscv_vfmax_vf_f32m1(x##i, -87.3f, vl);
#define SCALE(i) vfloat32m1_t shifted##i = __riscv_vfmul_vf_f32m1(x##i, 0x1.715476p+0f, vl);
#define ROUND(i) shifted##i = __riscv_vfadd_vf_f32m1(shifted##i, to_whole, vl);
#define WHOLE(i) vfloat32m1_t n##i = __riscv_vfsub_vf_f32m1(shifted##i, to_whole, vl);
#define REST(i) x##i = __riscv_vfnmsac_vf_f32m1(x##i, 0x1.62e430p-1f, n##i, vl);
#define REST_LOW(i) x##i = __riscv_vfnmsac_vf_f32m1(x##i, -0x1.05c610p-29f, n##i, vl);
#define FIRST(i) vfloat32m1_t p##i = __riscv_vfmul_vf_f32m1(x##i, 0x1.6a4154p-10f, vl);
#define SECOND(i) p##i = __riscv_vfadd_vf_f32m1(p##i, 0x1.1239c6p-7f, vl);
#define ADD4(i) p##i = __riscv_vfmadd_vv_f32m1(p##i, x##i, everywhere(0x1.5558bcp-5f), vl);
#define ADD3(i) p##i = __riscv_vfmadd_vv_f32m1(p##i, x##i, everywhere(0x1.555492p-3f), vl);
#define ADD2(i) p##i = __riscv_vfmadd_vv_f32m1(p##i, x##i, everywhere(0x1.fffffcp-2f), vl);
#define ADD1(i) p##i = __riscv_vfmadd_vv_f32m1(p##i, x##i, everywhere(1), vl);
#define POWER(i)                                                                                             \
  vint32m1_t power##i = __riscv_vsll_vx_i32m1(__riscv_vreinterpret_v_f32m1_i32m1(shifted##i), 23, vl);
#define RAISE(i)                                                                                             \
  x##i = __riscv_vreinterpret_v_i32m1_f32m1(                                                                 \
      __riscv_vadd_vv_i32m1(__riscv_vreinterpret_v_f32m1_i32m1(p##i), power##i, vl));
#define SUM(i) sum##i = __riscv_vfadd_vv_f32m1_tu(sum##i, sum##i, x##i, vl);
#define STORE(i) __riscv_vse32_v_f32m1(x + (i) * LANES, x##i, vl);
#define EXPONENTIAL(EACH)                                                                                    \
  EACH(LOAD)                                                                                                 \
  EACH(BELOW)                                                                                                \
  EACH(BOUND)                                                                                                \
  EACH(SCALE)                                                                                                \
  EACH(ROUND)                                                                                                \
  EACH(WHOLE)                                                                                                \
  EACH(REST)                                                                                                 \
  EACH(REST_LOW)                                                                                             \
  EACH(FIRST)                                                                                                \
  EACH(SECOND)                                                                                               \
  EACH(ADD4) EACH(ADD3) EACH(ADD2) EACH(ADD1) EACH(ADD1) EACH(POWER) EACH(RAISE) EACH(SUM) EACH(STORE)
#define ONE(step) step(0)

static inline vfloat32m1_t largest(const float *x, long columns) {
  size_t all = __riscv_vsetvlmax_e32m8();
  vfloat32m8_t most = __riscv_vfmv_v_f_f32m8(-__builtin_inff(), all);
  for (long j = 0, vl; j < columns; j += vl) {
    vl = (long)__riscv_vsetvl_e32m8((size_t)(columns - j));
    most = __riscv_vfmax_vv_f32m8_tu(most, most, __riscv_vle32_v_f32m8(x + j, (size_t)vl), (size_t)vl);
  }
  vfloat32m1_t none = __riscv_vfmv_s_f_f32m1(-__builtin_inff(), 1);
  return __riscv_vfredmax_vs_f32m8_f32m1(most, none, all);
}

static inline vfloat32m1_t exponentials(float *x, float most, long columns) {
  vfloat32m1_t sum0 = everywhere(0), sum1 = everywhere(0), sum2 = everywhere(0), sum3 = everywhere(0);
  size_t vl = (size_t)LANES;
  for (; columns >= 4 * LANES; x += 4 * LANES, columns -= 4 * LANES) {
    EXPONENTIAL(EACH)
  }
  for (; columns > 0; x += LANES, columns -= LANES) {
    vl = __riscv_vsetvl_e32m1((size_t)columns);
    EXPONENTIAL(ONE)
  }
  vl = (size_t)LANES;
  sum0 = __riscv_vfadd_vv_f32m1(__riscv_vfadd_vv_f32m1(sum0, sum1, vl),
                                __riscv_vfadd_vv_f32m1(sum2, sum3, vl), vl);
  return __riscv_vfredusum_vs_f32m1_f32m1(sum0, everywhere(0), vl);
}

static inline void divide(float *x, float sum, long columns) {
  float factor = 1 / sum;
  size_t all = __riscv_vsetvlmax_e32m4();
  for (; columns >= 2 * (long)all; x += 2 * all, columns -= 2 * (long)all) {
    vfloat32m4_t a = __riscv_vle32_v_f32m4(x, all), b = __riscv_vle32_v_f32m4(x + all, all);
    a = __riscv_vfmul_vf_f32m4(a, factor, all);
    b = __riscv_vfmul_vf_f32m4(b, factor, all);
    __riscv_vse32_v_f32m4(x, a, all);
    __riscv_vse32_v_f32m4(x + all, b, all);
  }
  for (size_t vl; columns > 0; x += vl, columns -= (long)vl) {
    vl = __riscv_vsetvl_e32m4((size_t)columns);
    __riscv_vse32_v_f32m4(x, __riscv_vfmul_vf_f32m4(__riscv_vle32_v_f32m4(x, vl), factor, vl), vl);
  }
}

static void softmax_rows(float *x, long count, long columns) {
  KEEP_NUMBERS(of_rows, count, largest(x + i * columns, columns));
  KEEP_NUMBERS(of_rows, count, exponentials(x + i * columns, of_rows[i], columns));
  for (long i = 0; i < count; i++)
    divide(x + i * columns, of_rows[i], columns);
}

void softmax_f32_intrinsics(const float *restrict x, float *restrict y, long rows, long columns) {
  stream_rows(x, y, rows, columns, softmax_rows);
}
