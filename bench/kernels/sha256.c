// The compression function of SHA-256 over 64 blocks.
#include <stdint.h>
static uint32_t rotate(uint32_t x, int n) {
  return x >> n | x << (32 - n);
}
void kernel(uint8_t data[64][64], uint32_t *k, uint32_t *h) {
  for (int block = 0; block < 64; block++) {
    uint32_t w[64];
    for (int i = 0; i < 16; i++)
      w[i] = (uint32_t)data[block][4 * i] << 24 | data[block][4 * i + 1] << 16 | data[block][4 * i + 2] << 8 |
             data[block][4 * i + 3];
    for (int i = 16; i < 64; i++) {
      uint32_t s = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
      uint32_t t = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
      w[i] = w[i - 16] + s + w[i - 7] + t;
    }
    uint32_t v[8];
    for (int i = 0; i < 8; i++)
      v[i] = h[i];
    for (int i = 0; i < 64; i++) {
      uint32_t s = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
      uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
      uint32_t a = v[7] + s + choice + k[i] + w[i];
      uint32_t t = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
      uint32_t b = t + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
      for (int j = 7; j > 0; j--)
        v[j] = v[j - 1];
      v[4] += a;
      v[0] = a + b;
    }
    for (int i = 0; i < 8; i++)
      h[i] += v[i];
  }
}
