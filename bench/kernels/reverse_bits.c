// Bits and bytes in the other order, and how many zeros lead.
#include <stdint.h>
void kernel(uint32_t *x, uint32_t *y, uint32_t *z, uint8_t *n) {
  for (int i = 0; i < 2048; i++) {
    y[i] = __builtin_bitreverse32(x[i]);
    z[i] = __builtin_bswap32(x[i]);
    n[i] = x[i] ? __builtin_clz(x[i]) : 32;
  }
}
