// Layer normalization by hand: sums, then squares, then results of all rows of a tile, so that no row waits
// for the end of its own sum. Sums are of as many parts as a group has lanes.
#include "rows.h"

static inline vfloat32m1_t total(vfloat32m8_t sums) {
  return __riscv_vfredusum_vs_f32m8_f32m1(sums, everywhere(0), __riscv_vsetvlmax_e32m8());
}

static inline vfloat32m1_t sum_of(const float *x, long columns) {
  vfloat32m8_t sum = __riscv_vfmv_v_f_f32m8(0, __riscv_vsetvlmax_e32m8());
  for (size_t vl; columns > 0; x += vl, columns -= (long)vl) {
    vl = __riscv_vsetvl_e32m8((size_t)columns);
    sum = __riscv_vfadd_vv_f32m8_tu(sum, sum, __riscv_vle32_v_f32m8(x, vl), vl);
  }
  return total(sum);
}

static inline vfloat32m1_t squares_of(const float *x, float mean, long columns) {
  vfloat32m8_t sum = __riscv_vfmv_v_f_f32m8(0, __riscv_vsetvlmax_e32m8());
  for (size_t vl; columns > 0; x += vl, columns -= (long)vl) {
    vl = __riscv_vsetvl_e32m8((size_t)columns);
    vfloat32m8_t d = __riscv_vfsub_vf_f32m8(__riscv_vle32_v_f32m8(x, vl), mean, vl);
    sum = __riscv_vfmacc_vv_f32m8_tu(sum, d, d, vl);
  }
  return total(sum);
}

#define PAIR (2 * LANES)
#define LOAD(i) vfloat32m2_t v##i = __riscv_vle32_v_f32m2(x + (i) * PAIR, vl);
#define CENTER(i) v##i = __riscv_vfsub_vf_f32m2(v##i, mean, vl);
#define LOAD_SCALE(i) vfloat32m2_t s##i = __riscv_vle32_v_f32m2(scales + (i) * PAIR, vl);
#define FACTOR(i) v##i = __riscv_vfmul_vf_f32m2(v##i, factor, vl);
#define LOAD_OFFSET(i) vfloat32m2_t o##i = __riscv_vle32_v_f32m2(offsets + (i) * PAIR, vl);
#define SCALE(i) v##i = __riscv_vfmadd_vv_f32m2(v##i, s##i, o##i, vl);
#define STORE(i) __riscv_vse32_v_f32m2(x + (i) * PAIR, v##i, vl);
#define NORMALIZE(EACH)                                                                                      \
  EACH(LOAD) EACH(CENTER) EACH(LOAD_SCALE) EACH(FACTOR) EACH(LOAD_OFFSET) EACH(SCALE) EACH(STORE)
#define ONE(step) step(0)

static inline void normalize(float *x, float mean, float factor, long columns) {
  const float *scales = of_columns[0], *offsets = of_columns[1];
  size_t vl = (size_t)PAIR;
  for (; columns >= 4 * PAIR; x += 4 * PAIR, scales += 4 * PAIR, offsets += 4 * PAIR, columns -= 4 * PAIR) {
    NORMALIZE(EACH)
  }
  for (; columns > 0; x += vl, scales += vl, offsets += vl, columns -= (long)vl) {
    vl = __riscv_vsetvl_e32m2((size_t)columns);
    NORMALIZE(ONE)
  }
}

static void normalize_rows(float *x, long count, long columns) {
  float *squares = of_rows + SLOT / 2, part = 1 / (float)columns;
  KEEP_NUMBERS(of_rows, count, sum_of(x + i * columns, columns));
  KEEP_NUMBERS(squares, count, squares_of(x + i * columns, of_rows[i] * part, columns));
  reciprocal_roots(squares, part, count);
  for (long i = 0; i < count; i++)
    normalize(x + i * columns, of_rows[i] * part, squares[i], columns);
}

void layer_norm_f32_intrinsics(const float *restrict x, const float *restrict scale,
                               const float *restrict offset, float *restrict y, long rows, long columns) {
  copy(of_columns[0], scale, columns);
  __kiln_wait(copy(of_columns[1], offset, columns));
  stream_rows(x, y, rows, columns, normalize_rows);
}
