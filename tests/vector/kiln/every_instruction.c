// Each intrinsic of kiln.h once, against plain loops.
#include "kiln.h"

enum { T = 16 };
static int32_t tile[T][T], other[T][T];
static int8_t a[4 * 64], b[4 * 64];
static uint8_t bytes[256], copy[256];
static float fa[T], fb[T], ft[T][T];

static int differs(const int32_t *x, const int32_t *y) {
  for (int i = 0; i < T * T; i++)
    if (x[i] != y[i])
      return 1;
  return 0;
}

static int product(int row, int column, int sa, int sb) {
  int sum = 0;
  for (int k = 0; k < 4; k++)
    sum += (sa ? a[4 * row + k] : (uint8_t)a[4 * row + k]) *
           (sb ? b[4 * column + k] : (uint8_t)b[4 * column + k]);
  return sum;
}

__attribute__((noinline)) static int products(void) {
  vint8m1_t x = __riscv_vle8_v_i8m1(a, 64), y = __riscv_vle8_v_i8m1(b, 64);
  vuint8m1_t ux = __riscv_vreinterpret_v_i8m1_u8m1(x), uy = __riscv_vreinterpret_v_i8m1_u8m1(y);
  __kiln_acc1_t sum = __kiln_mopa_ss_1x1_z(x, y);
  sum = __kiln_mopa_su_1x1(sum, x, uy);
  sum = __kiln_mopa_us_1x1(sum, ux, y);
  sum = __kiln_mopa_uu_1x1(sum, ux, uy);
  __kiln_st(sum, tile, sizeof tile[0]);
  for (int i = 0; i < T; i++)
    for (int j = 0; j < T; j++)
      other[i][j] = product(i, j, 1, 1) + product(i, j, 1, 0) + product(i, j, 0, 1) + product(i, j, 0, 0);
  return differs(tile[0], other[0]);
}

__attribute__((noinline)) static int moves(void) {
  __kiln_acc1_t acc = __kiln_ld(other, sizeof other[0]);
  vint32m2_t rows = __kiln_get_i32m2(acc, 3, 32);
  vint32m1_t column = __kiln_getc_i32m1(acc, 5, 16);
  acc = __kiln_put_i32m1(acc, column, 0, 16);
  acc = __kiln_put_i32m2(acc, rows, 1, 32);
  __kiln_st(acc, tile, sizeof tile[0]);
  for (int j = 0; j < T; j++) {
    if (tile[0][j] != other[j][5] || tile[1][j] != other[3][j] || tile[2][j] != other[4][j] ||
        tile[7][j] != other[7][j])
      return 1;
  }
  return 0;
}

__attribute__((noinline)) static int biases(void) {
  int32_t numbers[2 * T];
  for (int i = 0; i < 2 * T; i++)
    numbers[i] = 100 * i;
  __kiln_acc2_t group = __kiln_bias_r_acc2(__riscv_vle32_v_i32m2(numbers, 32));
  __kiln_st(__kiln_part_acc2(group, 1), tile, sizeof tile[0]);
  for (int i = 0; i < T * T; i++)
    if (tile[i / T][i % T] != numbers[T + i % T])
      return 1;
  __kiln_acc1_t single = __kiln_bias_c_acc1(__riscv_vle32_v_i32m1(numbers, 16));
  __kiln_dcfg(&(__kiln_drain_t){.mode = __kiln_raw32});
  __kiln_dext(4, 0);
  for (int i = 0; i < T * T; i++)
    tile[i / T][i % T] = -1;
  __kiln_drain_1x1(single, tile, sizeof tile[0]);
  __kiln_fence();
  for (int i = 0; i < T * T; i++)
    if (tile[i / T][i % T] != (i / T < 4 ? numbers[i / T] : -1))
      return 1;
  return 0;
}

__attribute__((noinline)) static int floats(void) {
  vfloat32m1_t x = __riscv_vle32_v_f32m1(fa, T), y = __riscv_vle32_v_f32m1(fb, T);
  __kiln_acc1_t sum = __kiln_mopa_f_1x1(__kiln_zero_acc1(), x, y);
  __kiln_st(sum, ft, sizeof ft[0]);
  for (int i = 0; i < T; i++)
    for (int j = 0; j < T; j++)
      if (ft[i][j] != fa[i] * fb[j])
        return 1;
  return 0;
}

__attribute__((noinline)) static int depthwise(void) {
  __kiln_acc1_t sum =
      __kiln_mdw_ss_1(__kiln_zero_acc1(), 1, __riscv_vle8_v_i8m2(a, 128), __riscv_vle8_v_i8m1(b, 64), 2);
  sum = __kiln_mdw_ss_2(sum, 1, __riscv_vlseg3e8_v_i8m1x3(a, 64), __riscv_vle8_v_i8m1(b, 64), 1);
  __kiln_st(sum, tile, sizeof tile[0]);
  for (int p = 0; p < T; p++)
    for (int c = 0; c < 4; c++) {
      int expected = 0;
      for (int t = 0; t < 3; t++)
        expected += a[4 * (p + t) + c] * b[24 + 4 * t + c];
      for (int t = 0; t < 3; t++) {
        int at = 4 * (2 * p + t) + c; // byte of the three registers, which hold every third byte of a
        expected += a[at % 64 * 3 + at / 64] * b[12 + 4 * t + c];
      }
      if (tile[4 + c][p] != expected)
        return 1;
    }
  return 0;
}

__attribute__((noinline)) static int transfers(void) {
  __kiln_src(bytes);
  __kiln_dst(copy);
  __kiln_dim(0, 64, 0, 0);
  __kiln_dim(1, 2, 128, 64);
  __kiln_dim(2, 1, 0, 0);
  __kiln_dim(3, 1, 0, 0);
  uint64_t first = __kiln_start();
  __kiln_wait(first);
  if (!__kiln_poll(first))
    return 1;
  __kiln_fill(0x04030201);
  __kiln_dst(copy + 128);
  __kiln_wait(__kiln_start());
  for (int i = 0; i < 128; i++)
    if (copy[i] != bytes[i / 64 * 128 + i % 64] || copy[128 + i] != i % 4 + 1)
      return 1;
  return 0;
}

int main(void) {
  unsigned seed = 7;
  for (int i = 0; i < 256; i++) {
    a[i] = (int8_t)((seed = seed * 1664525 + 1013904223) >> 24);
    b[i] = (int8_t)((seed = seed * 1664525 + 1013904223) >> 24);
    bytes[i] = (uint8_t)i;
  }
  for (int i = 0; i < T; i++) {
    fa[i] = (float)(i + 1) * 0.5F;
    fb[i] = (float)(3 - i);
  }
  return products() ? 1 : moves() ? 2 : biases() ? 3 : floats() ? 4 : depthwise() ? 5 : transfers() ? 6 : 0;
}
