// int8 matrix product with the tile unit, in C: C[64 x 32] = A[64 x K] * B[32 x K]^T, K a multiple of 4.
//
// A and B come packed as the unit wants them: for each four steps of k, the four bytes of each row side by
// side (one register holds those of 16 rows). The program packs random numbers, multiplies, and checks
// against a plain loop.
#include "../../runtime/kiln.h"

enum { ROWS = 64, COLUMNS = 32, K = 64, STEP = 4 };

static int8_t a[ROWS][K], b[COLUMNS][K];
static int8_t packed_a[K / STEP][ROWS][STEP], packed_b[K / STEP][COLUMNS][STEP];
static int32_t c[ROWS][COLUMNS];
static const __kiln_drain_t raw = {.mode = __kiln_raw32};

__attribute__((noinline)) static void multiply(const int8_t *rows, const int8_t *columns, int32_t *result,
                                               long steps) {
  __kiln_acc8_t sum = __kiln_zero_acc8();
  size_t vl4 = __riscv_vsetvlmax_e8m4(), vl2 = __riscv_vsetvlmax_e8m2();
  for (long k = 0; k < steps; k++) {
    vint8m4_t x = __riscv_vle8_v_i8m4(rows + k * ROWS * STEP, vl4);
    vint8m2_t y = __riscv_vle8_v_i8m2(columns + k * COLUMNS * STEP, vl2);
    sum = __kiln_mopa_ss_4x2(sum, x, y);
  }
  __kiln_dcfg(&raw);
  __kiln_drain_4x2(sum, result, COLUMNS * (long)sizeof *result);
  __kiln_fence();
}

static void pack(void) {
  for (int k = 0; k < K; k++) {
    for (int i = 0; i < ROWS; i++)
      packed_a[k / STEP][i][k % STEP] = a[i][k];
    for (int j = 0; j < COLUMNS; j++)
      packed_b[k / STEP][j][k % STEP] = b[j][k];
  }
}

int main(void) {
  unsigned seed = 1;
  for (int i = 0; i < ROWS * K; i++)
    a[i / K][i % K] = (int8_t)((seed = seed * 1664525 + 1013904223) >> 24);
  for (int i = 0; i < COLUMNS * K; i++)
    b[i / K][i % K] = (int8_t)((seed = seed * 1664525 + 1013904223) >> 24);
  pack();
  multiply(&packed_a[0][0][0], &packed_b[0][0][0], &c[0][0], K / STEP);
  for (int i = 0; i < ROWS; i++)
    for (int j = 0; j < COLUMNS; j++) {
      int32_t sum = 0;
      for (int k = 0; k < K; k++)
        sum += a[i][k] * b[j][k];
      if (c[i][j] != sum)
        return 1;
    }
  return 0;
}
