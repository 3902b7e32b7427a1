// Loops in which an iteration needs what the one before loaded: compilers of vectors splice these.
#include "program.h"
#include <stdint.h>

enum { MOST = 200, GUARD = 8 };
static unsigned char memory[2][(MOST + GUARD) * 8];

#define RECURRENCE(type, name, value, older)                                                                 \
  NOINLINE static type name(type *restrict y, const type *restrict x, int n) {                               \
    type before = x[3], last = 1;                                                                            \
    for (int i = 0; i < n; i++) {                                                                            \
      type now = x[i];                                                                                       \
      y[i] = (type)(value);                                                                                  \
      last = before;                                                                                         \
      before = now;                                                                                          \
    }                                                                                                        \
    return older ? last : before;                                                                            \
  }

RECURRENCE(int8_t, bytes, now + before, 0)
RECURRENCE(int16_t, halves, now - before + last, 1)
RECURRENCE(int32_t, words, now ^ before, 0)
RECURRENCE(int64_t, doubles, (uint64_t)now + (uint64_t)before * (uint64_t)last, 1)
RECURRENCE(float, floats, now - before, 0)
RECURRENCE(double, numbers, now - before * last, 1)

// Of different widths.
NOINLINE static void widened(int64_t *restrict y, const uint8_t *restrict x, int n) {
  uint8_t before = 9;
  for (int i = 0; i < n; i++) {
    y[i] = x[i] * before;
    before = x[i];
  }
}

static long sum_of_memory(void) {
  long sum = 0;
  for (unsigned i = 0; i < sizeof memory; i++)
    sum = mix(sum, memory[i / sizeof memory[0]][i % sizeof memory[0]]);
  return sum;
}

static void fill(int kind) {
  for (int i = 0; i < MOST + GUARD; i++)
    for (int k = 0; k < 2; k++) {
      unsigned word = (unsigned)(i + k * 57 + 1) * 2654435761u;
      double number = (double)(int)(word >> 20) - 2000;
      float small = (float)number;
      long whole = (long)(word * 0x9e3779b97f4a7c15u);
      __builtin_memcpy(&memory[k][(unsigned)i * (kind == 1 ? 4 : 8)],
                       kind == 1   ? (void *)&small
                       : kind == 2 ? (void *)&number
                                   : (void *)&whole,
                       kind == 1 ? 4 : 8);
    }
}

#define CALL(type, name, kind)                                                                               \
  fill(kind);                                                                                                \
  emit((long)name((type *)(void *)memory[0], (const type *)(void *)memory[1], n));                           \
  emit(sum_of_memory());

int main(void) {
  static const int lengths[] = {0, 1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 127, MOST};
  for (unsigned k = 0; k < sizeof lengths / sizeof *lengths; k++) {
    int n = lengths[k];
    CALL(int8_t, bytes, 0)
    CALL(int16_t, halves, 0)
    CALL(int32_t, words, 0)
    CALL(int64_t, doubles, 0)
    CALL(float, floats, 1)
    CALL(double, numbers, 2)
    fill(0);
    widened((int64_t *)(void *)memory[0], memory[1], n);
    emit(sum_of_memory());
  }
  return 0;
}
