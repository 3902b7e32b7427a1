// Results of products that lie side by side along no loop: every second element, and parts of elements of
// several products.
#include "program.h"
#include <stdint.h>

enum { M = 40, N = 39, K = 31, G = 3 };
static int8_t left[G * M * K], right[G * N * K];
static int32_t sums[M * N * 2];
static uint8_t bytes[M * N * G];

NOINLINE static void kernel(const int8_t *restrict a, const int8_t *restrict b, int32_t *restrict o) {
  for (int i = 0; i < M; i++)
    for (int j = 0; j < N; j++) {
      int32_t v = 0;
      for (int k = 0; k < K; k++)
        v += a[i * K + k] * b[j * K + k];
      o[(i * N + j) * 2] = v;
    }
}

NOINLINE static void kernel_of_groups(const int8_t *restrict a, const int8_t *restrict b,
                                      uint8_t *restrict o) {
  for (int g = 0; g < G; g++)
    for (int i = 0; i < M; i++)
      for (int j = 0; j < N; j++) {
        int32_t v = 0;
        for (int k = 0; k < K; k++)
          v += a[(g * M + i) * K + k] * b[(g * N + j) * K + k];
        v = (v + 64) >> 7;
        o[(i * N + j) * G + g] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
      }
}

int main(void) {
  long sum = 0;
  for (unsigned i = 0; i < sizeof left; i++)
    left[i] = (int8_t)(i * 7 + (i >> 5));
  for (unsigned i = 0; i < sizeof right; i++)
    right[i] = (int8_t)(i * 11 + (i >> 4));
  kernel(left, right, sums);
  kernel_of_groups(left, right, bytes);
  for (unsigned i = 0; i < M * N * 2; i++)
    sum = mix(sum, sums[i]);
  for (unsigned i = 0; i < sizeof bytes; i++)
    sum = mix(sum, bytes[i]);
  emit(sum);
  return 0;
}
