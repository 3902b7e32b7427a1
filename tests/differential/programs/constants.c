// Constants of every shape: near the limits of immediates, in two or more parts, with long runs of ones, as
// operands.
#include "program.h"

#include <stdint.h>

#define LIST(X)                                                                                              \
  X(0)                                                                                                       \
  X(1)                                                                                                       \
  X(-1)                                                                                                      \
  X(2047)                                                                                                    \
  X(2048)                                                                                                    \
  X(-2048)                                                                                                   \
  X(-2049)                                                                                                   \
  X(4095)                                                                                                    \
  X(4096)                                                                                                    \
  X(0x7ff000)                                                                                                \
  X(0x800800)                                                                                                \
  X(0x7ffff7ff)                                                                                              \
  X(0x7ffff800)                                                                                              \
  X(0x7fffffff)                                                                                              \
  X(0x80000000)                                                                                              \
  X(0x80000800)                                                                                              \
  X(0xfffff7ff)                                                                                              \
  X(0xfffff800)                                                                                              \
  X(0xffffffff)                                                                                              \
  X(-0x80000000l)                                                                                            \
  X(-0x80000001l)                                                                                            \
  X(0x100000000)                                                                                             \
  X(0x1000007ff)                                                                                             \
  X(0x100000800)                                                                                             \
  X(0x7fffffffffff)                                                                                          \
  X(0x123456789abcdef)                                                                                       \
  X(0xfedcba987654321)                                                                                       \
  X(0x8000000000000000)                                                                                      \
  X(0x7fffffffffffffff)                                                                                      \
  X(0xffffffff00000000)                                                                                      \
  X(0x00ff00ff00ff00ff)                                                                                      \
  X(0xaaaaaaaaaaaaaaaa)                                                                                      \
  X(0x5555555555555555)                                                                                      \
  X(0xfffffffffffff000)                                                                                      \
  X(0x0000fffffffff000)                                                                                      \
  X(0xff00000000000000)                                                                                      \
  X(0x8000000000000001)                                                                                      \
  X(0xc000000000000fff)                                                                                      \
  X(0xffff0000ffff0000)                                                                                      \
  X(0x7ff0000000000000)

#define ONE(value)                                                                                           \
  {                                                                                                          \
    uint64_t sum = (uint64_t)(value);                                                                        \
    for (int i = 0; i < 5; i++) {                                                                            \
      uint64_t x = samples[i];                                                                               \
      sum = sum * 31 + ((x + (uint64_t)(value)) ^ (x - (uint64_t)(value)));                                  \
      sum = sum * 31 + (x & (uint64_t)(value)) + 5 * (x | (uint64_t)(value));                                \
      sum = sum * 31 + (x ^ (uint64_t)(value)) + 7 * ((uint64_t)(value) - x);                                \
      sum = sum * 31 + (x < (uint64_t)(value)) + 2 * ((int64_t)x < (int64_t)(value));                        \
      sum = sum * 31 + (x == (uint64_t)(value)) + 2 * ((uint32_t)x >= (uint32_t)(value));                    \
      sum = sum * 31 + x * (uint64_t)(value);                                                                \
      sum = sum * 31 + ((uint32_t)x + (uint32_t)(value)) + ((uint32_t)x & (uint32_t)(value));                \
      sum = sum * 31 + (uint64_t)((int64_t)(int32_t)x ^ (int32_t)(value));                                   \
    }                                                                                                        \
    emit((long)sum);                                                                                         \
  }

static volatile const uint64_t samples[5] = {0, 5, 0xfffffffffffff800, 0x7fffffff, 0x123456789abcdef};

NOINLINE static int64_t pick(int n) {
  int i = 0;
#define PICK(value)                                                                                          \
  if (n == i++)                                                                                              \
    return (int64_t)(value);
  LIST(PICK)
  return -1;
}

static int64_t memory[600];
// Offsets from an address around the limit of the immediate.
NOINLINE static int64_t offsets(int64_t *p) {
  p[0] += 1;
  p[255] += 2;
  p[256] += 3;
  p[257] += 4;
  p[-1] += 5;
  char *bytes = (char *)p;
  bytes[2047] += 6;
  bytes[2048] += 7;
  bytes[2049] += 8;
  return p[0] + p[255] + p[256] + p[257] + p[-1];
}

int main(void) {
  LIST(ONE)
  for (int n = 0; n < 41; n++)
    emit(pick(n));
  emit(offsets(memory + 10));
  emit(offsets(memory + 20));
  long sum = 0;
  for (int i = 0; i < 600; i++)
    sum = mix(sum, memory[i]);
  emit(sum);
  return 0;
}
