// Elements of one array or of the other one, as a mask says.
#include <stdint.h>
void kernel(const int8_t *mask, const float *a, const float *b, float *restrict y, long n) {
  for (long i = 0; i < n; i++)
    y[i] = mask[i] ? a[i] : b[i];
}
