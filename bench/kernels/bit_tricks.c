// Counts and orders of bits of all widths.
#include <stdint.h>
void kernel(uint8_t *a, uint16_t *b, uint32_t *c, uint64_t *d, uint8_t *e, uint16_t *f, uint32_t *g,
            uint64_t *h) {
  for (int i = 0; i < 700; i++)
    e[i] = __builtin_popcount(a[i]) + (a[i] ? __builtin_ctz(a[i]) : 8);
  for (int i = 0; i < 700; i++)
    f[i] = __builtin_bswap16(b[i]) ^ __builtin_popcount(b[i]);
  for (int i = 0; i < 700; i++)
    g[i] = __builtin_bswap32(c[i]) + (c[i] ? __builtin_clz(c[i]) : 32);
  for (int i = 0; i < 700; i++)
    h[i] = __builtin_bswap64(d[i]) + (d[i] ? __builtin_ctzll(d[i]) : 64) + __builtin_popcountll(d[i]) +
           (d[i] >> 9 ? __builtin_clzll(d[i] >> 9) : 64);
}
