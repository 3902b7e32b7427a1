// Loops that count down, in two ways.
#include <stdint.h>
enum { M = 50, N = 66, K = 70 };
void kernel(const int8_t *restrict a, const int8_t *restrict b, int32_t *restrict c, float *restrict x) {
  for (int i = M - 1; i >= 0; i--)
    for (int j = N; j--;) {
      int32_t sum = 0;
      for (int k = K - 1; k >= 0; k--)
        sum += a[i * K + k] * b[k * N + j];
      c[i * N + j] = sum;
    }
  float total = 0;
  for (int i = M * N; i--;) {
    x[i] = 2 * x[i] + c[i];
    total += x[i];
  }
  x[0] = total;
}
