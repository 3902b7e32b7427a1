// A product of matrices whose sizes and zero point are arguments.
#include <stdint.h>
void kernel(const uint8_t *a, const int8_t *b, const int32_t *bias, int32_t *c, int n, int k, int m, int za) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < m; j++) {
      int32_t s = bias[j];
      for (int l = 0; l < k; l++)
        s += (a[i * k + l] - za) * b[l * m + j];
      c[i * m + j] = s;
    }
}
