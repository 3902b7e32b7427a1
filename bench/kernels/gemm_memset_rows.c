// The same row by row, with sizes that only the run time knows.
#include <stddef.h>
void kernel(const float *restrict a, const float *restrict b, float *restrict c, int m, int n, int depth) {
  for (int i = 0; i < m; i++) {
    __builtin_memset(&c[i * n], 0, n * sizeof *c);
    for (int k = 0; k < depth; k++)
      for (int j = 0; j < n; j++)
        c[i * n + j] += a[i * depth + k] * b[k * n + j];
  }
}
