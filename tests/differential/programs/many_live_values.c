// More values alive at once than there are registers, of both kinds, across calls and loops.
#include "program.h"

#include <stdint.h>

NOINLINE static long opaque(long x) {
  return x ^ 0x5a5a;
}
NOINLINE static double opaque_real(double x) {
  return x * 0.5;
}

// clang-format off: it would break the list once each time it runs.
#define EACH(X) \
  X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) \
  X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) \
  X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) \
  X(30) X(31) X(32) X(33) X(34) X(35) X(36) X(37) X(38) X(39)
// clang-format on

NOINLINE static uint64_t integers(const uint64_t *from, int turns) {
#define LOAD(n) uint64_t v##n = from[n];
  EACH(LOAD)
  for (int i = 0; i < turns; i++) {
    uint64_t first = v0;
#define STEP(n) v##n = (v##n << 3 ^ v##n >> 5) + first + n;
    EACH(STEP)
    first = v39;
    v39 = v0;
    v0 = v20;
    v20 = first;
  }
  uint64_t sum = 0;
#define SUM(n) sum = sum * 31 + v##n;
  EACH(SUM)
  return sum;
}

NOINLINE static double reals(const double *from, int turns) {
#define LOAD_REAL(n) double r##n = from[n];
  EACH(LOAD_REAL)
  for (int i = 0; i < turns; i++) {
    double first = r0 * 0.125;
#define STEP_REAL(n) r##n = r##n * 0.75 + first;
    EACH(STEP_REAL)
    first = r39;
    r39 = r1;
    r1 = first;
  }
  double sum = 0;
#define SUM_REAL(n) sum = sum * 0.5 + r##n;
  EACH(SUM_REAL)
  return sum;
}

NOINLINE static long across_calls(long a) {
#define CALL(n) long c##n = opaque(a + n);
  EACH(CALL)
  long sum = opaque(c0);
#define SUM_CALLS(n) sum = mix(sum, opaque(c##n) + c##n);
  EACH(SUM_CALLS)
  return sum;
}

NOINLINE static long both(long a, double x) {
#define CALL_BOTH(n)                                                                                         \
  long i##n = opaque(a * (n + 1));                                                                           \
  double f##n = opaque_real(x + n);                                                                          \
  float g##n = (float)f##n * 2;
  EACH(CALL_BOTH)
  long sum = 0;
#define SUM_BOTH(n) sum = mix(sum, i##n + (long)(f##n * 16) + (long)g##n);
  EACH(SUM_BOTH)
  return sum;
}

// A wide expression: every leaf before the first use.
NOINLINE static long tree(const int *v) {
#define LEAF(n) ((long)v[n] * v[39 - (n)])
#define FOUR(n) ((LEAF(n) ^ LEAF(n + 1)) + (LEAF(n + 2) ^ LEAF(n + 3)))
#define SIXTEEN(n) ((FOUR(n) | FOUR(n + 4)) - (FOUR(n + 8) & FOUR(n + 12)))
  return (SIXTEEN(0) ^ SIXTEEN(16)) + SIXTEEN(8) * 3 + (SIXTEEN(24) ^ SIXTEEN(3));
}

// Many loops' counters and bounds at once.
NOINLINE static long nested(int a, int b, int c, int d, int e, int f) {
  long sum = 0;
  for (int i = 0; i < a; i++)
    for (int j = i; j < b; j++)
      for (int k = 0; k < c; k++)
        for (int l = k; l < d; l++)
          for (int m = 0; m < e; m++)
            for (int n = m; n < f; n++)
              sum = mix(sum, (i ^ j) + k * l - (m << 2) + n * a - b * k + (c ^ l) + d * m + e * n + f * i);
  return sum;
}

int main(void) {
  static uint64_t words[40];
  static double numbers[40];
  static int narrow[40];
  for (int i = 0; i < 40; i++) {
    words[i] = (uint64_t)i * 0x9e3779b97f4a7c15;
    numbers[i] = i * 0.37 - 3;
    narrow[i] = i * 7919 - 99999;
  }
  for (int turns = 0; turns < 6; turns++) {
    emit((long)integers(words, turns));
    emit((long)(reals(numbers, turns) * 1e9));
    emit(across_calls(turns * 1000));
    emit(both(turns * 77, turns * 1.25));
    emit(nested(2, 3, turns, 4, 3, turns));
  }
  emit(tree(narrow));
  return 0;
}
