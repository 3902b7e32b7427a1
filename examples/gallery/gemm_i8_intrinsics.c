// C = A * B, int8 into int32, with the intrinsics of runtime/kiln.h: the shortest program that keeps the tile
// unit fed, not the fastest. A lies in the scratchpad with a pitch of an odd number of words, so that strided
// loads use all lanes; B is packed so that the 4 bytes of a column's word lie side by side; results leave by
// DMA while the next block is multiplied.
#include "../../runtime/kiln.h"

enum { N = 256, WORD = 4, ROWS = 32, COLUMNS = 64 };
#define SPM(bank) __attribute__((section(".spm.bank" #bank ".gemm"), aligned(64)))

static int8_t rows[N][N + WORD] SPM(0);
static int8_t raw[N][N] SPM(1);
static int8_t packed[N / WORD][N][WORD] SPM(2);
static int32_t result[2][ROWS][COLUMNS] SPM(3);
static const __kiln_drain_t as_it_is = {.mode = __kiln_raw32};

static uint64_t copy(void *to, ptrdiff_t to_pitch, const void *from, ptrdiff_t from_pitch, size_t bytes,
                     size_t count) {
  __kiln_src(from);
  __kiln_dst(to);
  __kiln_dim(0, bytes, 0, 0);
  __kiln_dim(1, count, from_pitch, to_pitch);
  __kiln_dim(2, 1, 0, 0);
  __kiln_dim(3, 1, 0, 0);
  return __kiln_start();
}

static void pack(void) {
  size_t vl = __riscv_vsetvlmax_e8m2();
  for (int k = 0; k < N; k += WORD)
    for (int j = 0; j < N; j += (int)vl) {
      vint8m2x4_t quads = __riscv_vcreate_v_i8m2x4(
          __riscv_vle8_v_i8m2(&raw[k][j], vl), __riscv_vle8_v_i8m2(&raw[k + 1][j], vl),
          __riscv_vle8_v_i8m2(&raw[k + 2][j], vl), __riscv_vle8_v_i8m2(&raw[k + 3][j], vl));
      __riscv_vsseg4e8_v_i8m2x4(packed[k / WORD][j], quads, vl);
    }
}

static void multiply(int i, int j, int32_t *to) {
  size_t words = __riscv_vsetvlmax_e32m2(), bytes = __riscv_vsetvlmax_e8m4();
  __kiln_acc8_t sum = __kiln_zero_acc8();
  // Steps side by side: loads of later ones run ahead of the products.
#pragma clang loop unroll_count(8)
  for (int k = 0; k < N; k += WORD) {
    vint32m2_t x = __riscv_vlse32_v_i32m2((const int32_t *)&rows[i][k], N + WORD, words);
    vint8m4_t y = __riscv_vle8_v_i8m4(packed[k / WORD][j], bytes);
    sum = __kiln_mopa_ss_2x4(sum, __riscv_vreinterpret_v_i32m2_i8m2(x), y);
  }
  __kiln_drain_2x4(sum, to, COLUMNS * sizeof *to);
}

void gemm_i8_intrinsics(const int8_t a[restrict N][N], const int8_t b[restrict N][N],
                        int32_t c[restrict N][N]) {
  uint64_t sent[2] = {0, 0};
  unsigned slot = 0;
  __kiln_dcfg(&as_it_is);
  uint64_t second = copy(raw, N, b, N, N, N);
  uint64_t first = copy(rows, N + WORD, a, N, N, N);
  __kiln_wait(second);
  pack();
  __kiln_wait(first);
  for (int j = 0; j < N; j += COLUMNS)
    for (int i = 0; i < N; i += ROWS) {
      __kiln_wait(sent[slot]);
      multiply(i, j, &result[slot][0][0]);
      sent[slot] = copy(&c[i][j], sizeof c[0], result[slot], sizeof result[0][0], sizeof result[0][0], ROWS);
      slot ^= 1;
    }
  __kiln_wait(sent[slot ^ 1]);
}
