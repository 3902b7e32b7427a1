// Sums that begin with memory that a call has cleared.
#include <stdint.h>
enum { M = 90, N = 100, K = 70 };
void kernel(const int8_t *restrict a, const int8_t *restrict b, int32_t *restrict c) {
  __builtin_memset(c, 0, M * N * sizeof *c);
  for (int i = 0; i < M; i++)
    for (int k = 0; k < K; k++)
      for (int j = 0; j < N; j++)
        c[i * N + j] += a[i * K + k] * b[k * N + j];
}
