// Frames larger than an immediate reaches: 3 KiB, 40 KiB and 2 MiB, with arguments on the stack and calls
// from inside.
#include "program.h"

#include <stdint.h>

NOINLINE static long touch(volatile char *bytes, long size, long seed) {
  long sum = seed;
  for (long i = 0; i < size; i += 509)
    bytes[i] = (char)(i * 3 + seed);
  bytes[size - 1] = 77;
  for (long i = 0; i < size; i += 509)
    sum = mix(sum, bytes[i]);
  return sum;
}

NOINLINE static long medium(long a, long b, long c, long d, long e, long f, long g, long h, long i,
                            double x) {
  int words[500];
  short shorts[300];
  double behind = x * 2;
  for (int k = 0; k < 500; k++)
    words[k] = (int)a + k;
  for (int k = 0; k < 300; k++)
    shorts[k] = (short)(words[k] * 3);
  long sum = touch((volatile char *)words, sizeof words, i);
  for (int k = 0; k < 300; k++)
    sum = mix(sum, shorts[k] + words[499 - k]);
  return sum + b + c * 2 + d * 3 + e * 4 + f * 5 + g * 6 + h * 7 + i * 8 + (long)behind;
}

NOINLINE static long larger(long seed, float x, float y) {
  char first[2040], second[40000];
  long kept[8];
  for (int k = 0; k < 8; k++)
    kept[k] = seed * (k + 1);
  long sum = touch(first, sizeof first, seed) ^ touch(second, sizeof second, seed + 1);
  sum = mix(sum, medium(seed, 2, 3, 4, 5, 6, 7, 8, 9, (double)(x * y)));
  for (int k = 0; k < 8; k++)
    sum = mix(sum, kept[k] + first[k % 4 * 509] + second[k * 8 * 509]);
  return sum + (long)(x - y);
}

NOINLINE static long largest(long seed, long b, long c, long d, long e, long f, long g, long h, long i,
                             long j) {
  char bytes[2 << 20];
  long sum = touch(bytes, sizeof bytes, seed);
  int words[1000];
  for (int k = 0; k < 1000; k++)
    words[k] = (int)(seed + k);
  sum = mix(sum, larger(seed, 1.5f, 2.5f));
  sum = mix(sum, bytes[2060 * 509] + words[999] + bytes[(2 << 20) - 1]);
  return sum + b + c + d + e + f + g + h + i * 100 + j * 1000;
}

// Frames of sizes around the limit of the immediate.
#define AROUND(n)                                                                                            \
  NOINLINE static long around##n(long seed, double x) {                                                      \
    char bytes[n];                                                                                           \
    long sum = touch(bytes, n, seed);                                                                        \
    return sum + (long)(x * 4) + bytes[509] * seed;                                                          \
  }
AROUND(1960)
AROUND(1984)
AROUND(2000)
AROUND(2016)
AROUND(2032)
AROUND(2048)
AROUND(2064)
AROUND(4000)
AROUND(4064)
AROUND(4080)
AROUND(4096)

// Alignment beyond the stack's own.
NOINLINE static long aligned(int n) {
  char first;
  long wide[8] __attribute__((aligned(64)));
  char other __attribute__((aligned(256)));
  for (int k = 0; k < 8; k++)
    wide[k] = n * k;
  long sum = touch((volatile char *)wide, sizeof wide, n);
  touch(&other, 1, 5);
  touch(&first, 1, 6);
  return sum + (long)((uintptr_t)wide % 64) + (long)((uintptr_t)&other % 256) * 3 + other + first;
}
NOINLINE static long recursive(int depth, long seed) {
  short table[1200];
  for (int k = 0; k < 1200; k++)
    table[k] = (short)(seed * k);
  if (depth == 0)
    return table[1199];
  long below = recursive(depth - 1, seed * 3 + 1);
  return mix(below, table[depth * 100]);
}

int main(void) {
  for (long n = -2; n < 3; n++) {
    emit(medium(n, 1, 2, 3, 4, 5, 6, 7, 8, 2.5));
    emit(larger(n, 0.5f, (float)n));
    emit(largest(n, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    emit(around1960(n, 0.5) ^ around1984(n, 1) ^ around2000(n, 2) ^ around2016(n, 3) ^ around2032(n, 4));
    emit(around2048(n, 0.5) ^ around2064(n, 1) ^ around4000(n, 2) ^ around4064(n, 3) ^ around4080(n, 4));
    emit(around4096(n, -0.25));
    emit(aligned((int)n));
    emit(recursive(10, n));
  }
  return 0;
}
