// Calls that copy what may overlap, forwards and backwards, and set to a number of the run time.
#include <stdint.h>
void kernel(int16_t *x, int16_t *y, uint8_t *z, long n, int byte) {
  __builtin_memmove(x + 3, x, n * sizeof *x);
  __builtin_memmove(y, x, n * sizeof *y);
  __builtin_memset(z, byte, n);
  for (long i = 0; i < n; i++)
    y[i] += z[i];
}
