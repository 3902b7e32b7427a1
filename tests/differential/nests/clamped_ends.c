// Loops from the greater of two numbers to the lesser of two others: over the taps of a window that lie
// within a line or an image, over what lies around a place. Some have no iterations; some begin behind their
// end and are gone through once all the same.
#include "program.h"
#include <stdint.h>

#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
enum { N = 40, EDGE = 64 };
static int32_t line[N + 2 * EDGE], square[(N + 2 * EDGE) * N], results[N * N];
static int8_t bytes[(N + 2 * EDGE) * N], taps[64];

// `from` and `to`: of k, with b the place. Each step adds to the sum or multiplies it.
#define LINE(name, first, type, from, to, step)                                                              \
  NOINLINE static void name(const int32_t *restrict x, int32_t *restrict y) {                                \
    for (type i = 0; i < N; i++) {                                                                           \
      type b = i - first;                                                                                    \
      int32_t s = 7;                                                                                         \
      for (type k = from; k < to; k++)                                                                       \
        step;                                                                                                \
      y[i] = s;                                                                                              \
    }                                                                                                        \
  }
LINE(within, 2, int, MAX(0, -b), MIN(5, N - b), s += x[b + k])
LINE(within_long, 2, long, MAX(0, -b), MIN(5, N - b), s += x[b + k] * 3)
LINE(around, 0, int, MAX(0, b - 3), MIN(N, b + 4), s += x[k])
LINE(in_order, 1, int, MAX(0, -b), MIN(3, N - b), s = s * 3 + x[b + k])
LINE(seldom, 30, int, MAX(2, -b), MIN(6, 8 - b), s += x[b + k])
LINE(below_zero, 5, int, MAX(-3, b), MIN(4, b + 9), s += x[k])
LINE(end_alone, 3, int, 0, MIN(4, 20 - b), s += x[b + k])
LINE(start_alone, 3, int, MAX(1, -b), 5, s += x[b + k])
LINE(counted, 2, int, MAX(0, -b), MIN(5, N - b), s += k * x[b + k])

NOINLINE static void once_at_least(const int32_t *restrict x, int32_t *restrict y) {
  for (int i = 0; i < N; i++) {
    int b = i - 20, k = MAX(0, -b), s = 1;
    do
      s += x[b + k];
    while (++k < MIN(6, 9 - b));
    y[i] = s;
  }
}

NOINLINE static void by_pointers(const int32_t *restrict x, int32_t *restrict y) {
  for (int i = 0; i < N; i++) {
    int from = MAX(0, 2 - i), to = MIN(5, N + 2 - i), s = 0;
    const int32_t *p = x + i - 2 + from;
    for (int k = from; k < to; k++)
      s += *p++ * k;
    y[i] = s;
  }
}

NOINLINE static void mean(const int32_t *restrict x, int32_t *restrict y) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      int s = 0, n = 0;
      for (int k = MAX(0, i - 1); k < MIN(N, i + 2); k++)
        for (int l = MAX(0, j - 1); l < MIN(N, j + 2); l++) {
          s += x[k * N + l];
          n++;
        }
      y[i * N + j] = s / n;
    }
}

NOINLINE static void channels(const int8_t *restrict x, const int8_t *restrict w, int32_t *restrict y) {
  for (int i = 0; i < 10; i++)
    for (int j = 0; j < 10; j++)
      for (int c = 0; c < 16; c++) {
        int s = 0, b = i - 1, d = j - 1;
        for (int k = MAX(0, -b); k < MIN(3, 10 - b); k++)
          for (int l = MAX(0, -d); l < MIN(3, 10 - d); l++)
            s += (x[((b + k) * 10 + d + l) * 4 + (c & 3)] + 5) * w[(k * 3 + l) * 4 + (c >> 2)];
        y[(i * 10 + j) * 16 + c] = s;
      }
}

static void show(void) {
  long sum = 0;
  for (int i = 0; i < N * N; i++)
    sum = mix(sum, results[i]);
  emit(sum);
}

int main(void) {
  static void (*const lines[])(const int32_t *, int32_t *) = {within,  within_long,   around,     in_order,
                                                              seldom,  below_zero,    end_alone,  start_alone,
                                                              counted, once_at_least, by_pointers};
  for (int i = 0; i < N + 2 * EDGE; i++)
    line[i] = i * 7 - 300;
  for (int i = 0; i < (N + 2 * EDGE) * N; i++) {
    square[i] = i * 13 % 509;
    bytes[i] = (int8_t)(i * 11);
  }
  for (int i = 0; i < 64; i++)
    taps[i] = (int8_t)(i * 5 - 90);
  for (unsigned k = 0; k < sizeof lines / sizeof *lines; k++) {
    lines[k](line + EDGE, results);
    show();
  }
  mean(square, results);
  show();
  channels(bytes, taps, results);
  show();
  return 0;
}
