// A stream cipher: 64 blocks that differ in a counter.
#include <stdint.h>
#define ROTATE(x, n) ((x) << (n) | (x) >> (32 - (n)))
#define QUARTER(a, b, c, d)                                                                                  \
  (a += b, d = ROTATE(d ^ a, 16), c += d, b = ROTATE(b ^ c, 12), a += b, d = ROTATE(d ^ a, 8), c += d,       \
   b = ROTATE(b ^ c, 7))
void kernel(uint32_t *key, uint8_t *in, uint8_t *out) {
  for (uint32_t block = 0; block < 64; block++) {
    uint32_t x[16];
    for (int i = 0; i < 16; i++)
      x[i] = key[i] + (i == 12 ? block : 0);
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 4; i++)
        QUARTER(x[i], x[4 + i], x[8 + i], x[12 + i]);
      for (int i = 0; i < 4; i++)
        QUARTER(x[i], x[4 + (i + 1) % 4], x[8 + (i + 2) % 4], x[12 + (i + 3) % 4]);
    }
    for (int i = 0; i < 16; i++) {
      uint32_t word = x[i] + key[i] + (i == 12 ? block : 0);
      for (int k = 0; k < 4; k++)
        out[64 * block + 4 * i + k] = in[64 * block + 4 * i + k] ^ (uint8_t)(word >> (8 * k));
    }
  }
}
