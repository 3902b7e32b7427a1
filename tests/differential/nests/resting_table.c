// A product in several blocks whose results come from a table: where the table is stays the same from block
// to block, but what the block before has of it follows a step behind.
#include "program.h"
#include <stdint.h>

enum { Y = 3, X = 8, N = 15, K = 27, TAPS = 2 };
static uint8_t image[2 * Y * 16 * K], weights[N * TAPS * K], table[256], results[Y * N * X];
static int32_t bias[N];

NOINLINE static void kernel(const uint8_t *restrict a, const uint8_t *restrict b, const int32_t *restrict c,
                            const uint8_t *restrict t, uint8_t *restrict o) {
  for (int y = 0; y < Y; y++)
    for (int x = 0; x < X; x++)
      for (int j = 0; j < N; j++) {
        int32_t v = 0;
        for (int f = 0; f < TAPS; f++)
          for (int k = 0; k < K; k++)
            v += a[y * 2 * 16 * K + (x * 2 + f) * K + k] * b[(j * TAPS + f) * K + k];
        v += c[j];
        int64_t w = (int64_t)v * 1518500250 + (1l << 31);
        w += v >= 0 ? 1 << 30 : -(1 << 30);
        v = (int32_t)(w >> 32) - 51;
        v = v < 0 ? 0 : v > 255 ? 255 : v;
        o[(y * N + j) * X + x] = t[v];
      }
}

int main(void) {
  long sum = 0;
  for (unsigned i = 0; i < sizeof image; i++)
    image[i] = (uint8_t)(i * 7 + (i >> 5)) & 31;
  for (unsigned i = 0; i < sizeof weights; i++)
    weights[i] = (uint8_t)(i * 11 + (i >> 4)) & 15;
  for (unsigned i = 0; i < sizeof table; i++)
    table[i] = (uint8_t)(i * 13 + 5);
  for (int i = 0; i < N; i++)
    bias[i] = i * 100 - 3000;
  kernel(image, weights, bias, table, results);
  for (unsigned i = 0; i < sizeof results; i++)
    sum = mix(sum, results[i]);
  emit(sum);
  return 0;
}
