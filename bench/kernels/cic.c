// A decimator by eight: three integrators, three combs.
#include <stdint.h>
void kernel(int16_t *x, int32_t *y) {
  uint32_t a = 0, b = 0, c = 0, d = 0, e = 0, f = 0;
  for (int i = 0; i < 512; i++) {
    for (int k = 0; k < 8; k++) {
      a += x[8 * i + k];
      b += a;
      c += b;
    }
    uint32_t first = c - d, second = first - e;
    d = c;
    e = first;
    y[i] = second - f;
    f = second;
  }
}
