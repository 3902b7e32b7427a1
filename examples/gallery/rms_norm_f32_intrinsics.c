// RMS normalization by hand: squares of all rows of a tile, then results, so that no row waits for the end of
// its own sum. Sums are of as many parts as a group has lanes.
#include "rows.h"

static inline vfloat32m1_t squares_of(const float *x, long columns) {
  size_t all = __riscv_vsetvlmax_e32m8();
  vfloat32m8_t sum = __riscv_vfmv_v_f_f32m8(0, all);
  for (size_t vl; columns > 0; x += vl, columns -= (long)vl) {
    vl = __riscv_vsetvl_e32m8((size_t)columns);
    vfloat32m8_t v = __riscv_vle32_v_f32m8(x, vl);
    sum = __riscv_vfmacc_vv_f32m8_tu(sum, v, v, vl);
  }
  return __riscv_vfredusum_vs_f32m8_f32m1(sum, everywhere(0), all);
}

#define PAIR (2 * LANES)
#define LOAD(i) vfloat32m2_t v##i = __riscv_vle32_v_f32m2(x + (i) * PAIR, vl);
#define LOAD_SCALE(i) vfloat32m2_t s##i = __riscv_vle32_v_f32m2(scales + (i) * PAIR, vl);
#define FACTOR(i) v##i = __riscv_vfmul_vf_f32m2(v##i, factor, vl);
#define SCALE(i) v##i = __riscv_vfmul_vv_f32m2(v##i, s##i, vl);
#define STORE(i) __riscv_vse32_v_f32m2(x + (i) * PAIR, v##i, vl);
#define NORMALIZE(EACH) EACH(LOAD) EACH(LOAD_SCALE) EACH(FACTOR) EACH(SCALE) EACH(STORE)
#define ONE(step) step(0)

static inline void normalize(float *x, float factor, long columns) {
  const float *scales = of_columns[0];
  size_t vl = (size_t)PAIR;
  for (; columns >= 4 * PAIR; x += 4 * PAIR, scales += 4 * PAIR, columns -= 4 * PAIR) {
    NORMALIZE(EACH)
  }
  for (; columns > 0; x += vl, scales += vl, columns -= (long)vl) {
    vl = __riscv_vsetvl_e32m2((size_t)columns);
    NORMALIZE(ONE)
  }
}

static void normalize_rows(float *x, long count, long columns) {
  float part = 1 / (float)columns;
  KEEP_NUMBERS(of_rows, count, squares_of(x + i * columns, columns));
  reciprocal_roots(of_rows, part, count);
  for (long i = 0; i < count; i++)
    normalize(x + i * columns, of_rows[i], columns);
}

void rms_norm_f32_intrinsics(const float *restrict x, const float *restrict scale, float *restrict y,
                             long rows, long columns) {
  __kiln_wait(copy(of_columns[0], scale, columns));
  stream_rows(x, y, rows, columns, normalize_rows);
}
