// What the kernels by hand for rows of floats share: rows go through the scratchpad, a few at a time, and are
// worked on where they lie, while the DMA engine brings the next ones and takes the ones before away.
#ifndef KILN_GALLERY_ROWS_H
#define KILN_GALLERY_ROWS_H

#include "../../runtime/kiln.h"

// A tile's rows lie in one of the slots, each in a bank of its own; a row has at most SLOT floats.
enum { SLOTS = 4, SLOT = 8192, LARGEST_TILE = 4096, PARTS = 16 };
#define SPM(bank) __attribute__((section(".spm.bank" #bank ".rows"), aligned(64)))

static float slot0[SLOT] SPM(0);
static float slot1[SLOT] SPM(1);
static float slot2[SLOT] SPM(2);
static float slot3[SLOT] SPM(3);
// A number for each row of a tile, and for each column of the matrix.
static float of_rows[SLOT] SPM(3);
static float of_columns[2][SLOT] SPM(2);

// A step of what is done to four registers side by side, so that each has its result when the next step
// comes.
#define EACH(step) step(0) step(1) step(2) step(3)
#define LANES ((long)__riscv_vsetvlmax_e32m1())

static inline vfloat32m1_t everywhere(float x) {
  return __riscv_vfmv_v_f_f32m1(x, __riscv_vsetvlmax_e32m1());
}

// A number for each of `count` rows i, as the first element of `number`: stored when the next row's is on its
// way, since a store holds up what stands behind it until its value is there.
#define KEEP_NUMBERS(to, count, number)                                                                      \
  do {                                                                                                       \
    vfloat32m1_t last = everywhere(0);                                                                       \
    for (long i = 0; i < (count); i++) {                                                                     \
      vfloat32m1_t next = number;                                                                            \
      if (i)                                                                                                 \
        __riscv_vse32_v_f32m1(&(to)[i - 1], last, 1);                                                        \
      last = next;                                                                                           \
    }                                                                                                        \
    __riscv_vse32_v_f32m1(&(to)[(count) - 1], last, 1);                                                      \
  } while (0)

// x = 1 / sqrt(x * part + 1e-5)
static inline void reciprocal_roots(float *x, float part, long count) {
  for (size_t vl; count > 0; x += vl, count -= (long)vl) {
    vl = __riscv_vsetvl_e32m1((size_t)count);
    vfloat32m1_t v = __riscv_vfmul_vf_f32m1(__riscv_vle32_v_f32m1(x, vl), part, vl);
    v = __riscv_vfsqrt_v_f32m1(__riscv_vfadd_vf_f32m1(v, 1e-5f, vl), vl);
    __riscv_vse32_v_f32m1(x, __riscv_vfrdiv_vf_f32m1(v, 1, vl), vl);
  }
}

static inline uint64_t copy(float *to, const float *from, long count) {
  __kiln_src(from);
  __kiln_dst(to);
  __kiln_dim(0, (size_t)count * sizeof *to, 0, 0);
  __kiln_dim(1, 1, 0, 0);
  __kiln_dim(2, 1, 0, 0);
  __kiln_dim(3, 1, 0, 0);
  return __kiln_start();
}

// work(rows, count, columns): on rows in the scratchpad.
static inline __attribute__((always_inline)) void stream_rows(const float *x, float *y, long rows,
                                                              long columns, void work(float *, long, long)) {
  float *const slots[SLOTS] = {slot0, slot1, slot2, slot3};
  uint64_t fetched[SLOTS] = {0}, sent[SLOTS] = {0};
  long part = rows * columns / PARTS, tile = (part < LARGEST_TILE ? part : LARGEST_TILE) / columns;
  tile = tile < 1 ? 1 : tile;
  long fetch = 0, at = 0;
  for (; fetch < 2 && fetch * tile < rows; fetch++)
    fetched[fetch] = copy(slots[fetch], x + fetch * tile * columns,
                          (rows - fetch * tile < tile ? rows - fetch * tile : tile) * columns);
  for (long t = 0; at < rows; t++, at += tile) {
    long count = rows - at < tile ? rows - at : tile, next = fetch * tile;
    unsigned slot = t % SLOTS, other = fetch % SLOTS;
    __kiln_wait(fetched[slot]);
    if (next < rows) {
      __kiln_wait(sent[other]);
      fetched[other] =
          copy(slots[other], x + next * columns, (rows - next < tile ? rows - next : tile) * columns);
      fetch++;
    }
    work(slots[slot], count, columns);
    sent[slot] = copy(y + at * columns, slots[slot], count * columns);
  }
  for (unsigned i = 0; i < SLOTS; i++)
    __kiln_wait(sent[i]);
}

#endif
