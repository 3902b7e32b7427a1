// SHA-256's compression, ChaCha20, a block cipher over GF(256), RC4 and XTEA: 32-bit rotations and byte
// tables.
#include "program.h"

#include <stdint.h>

static inline uint32_t right(uint32_t x, int n) {
  return x >> n | x << (32 - n);
}
static inline uint32_t left(uint32_t x, int n) {
  return x << n | x >> (32 - n);
}

// The round structure of SHA-256 with constants of its own.
NOINLINE static void compress(uint32_t state[8], const uint8_t block[64]) {
  uint32_t w[64];
  for (int i = 0; i < 16; i++)
    w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 |
           block[4 * i + 3];
  for (int i = 16; i < 64; i++) {
    uint32_t s0 = right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t s1 = right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < 64; i++) {
    uint32_t first = h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + w[i] +
                     0x9e3779b9u * (uint32_t)(i + 1);
    uint32_t second = (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + first, d = c, c = b, b = a, a = first + second;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

#define QUARTER(a, b, c, d)                                                                                  \
  x[a] += x[b], x[d] = left(x[d] ^ x[a], 16), x[c] += x[d], x[b] = left(x[b] ^ x[c], 12), x[a] += x[b],      \
                x[d] = left(x[d] ^ x[a], 8), x[c] += x[d], x[b] = left(x[b] ^ x[c], 7)
NOINLINE static void chacha(uint32_t out[16], const uint32_t in[16]) {
  uint32_t x[16];
  for (int i = 0; i < 16; i++)
    x[i] = in[i];
  for (int round = 0; round < 10; round++) {
    QUARTER(0, 4, 8, 12);
    QUARTER(1, 5, 9, 13);
    QUARTER(2, 6, 10, 14);
    QUARTER(3, 7, 11, 15);
    QUARTER(0, 5, 10, 15);
    QUARTER(1, 6, 11, 12);
    QUARTER(2, 7, 8, 13);
    QUARTER(3, 4, 9, 14);
  }
  for (int i = 0; i < 16; i++)
    out[i] = x[i] + in[i];
}

NOINLINE static uint8_t multiply(uint8_t a, uint8_t b) {
  uint8_t product = 0;
  for (; b; b >>= 1) {
    if (b & 1)
      product ^= a;
    a = (uint8_t)(a << 1 ^ (a & 0x80 ? 0x1b : 0));
  }
  return product;
}
static uint8_t box[256];
NOINLINE static void make_box(void) {
  for (int i = 0; i < 256; i++) {
    uint8_t inverse = 1;
    for (int n = 0; n < 254; n++)
      inverse = multiply(inverse, (uint8_t)i);
    uint8_t x = i ? inverse : 0;
    box[i] =
        (uint8_t)(x ^ (x << 1 | x >> 7) ^ (x << 2 | x >> 6) ^ (x << 3 | x >> 5) ^ (x << 4 | x >> 4) ^ 0x63);
  }
}
NOINLINE static void scramble(uint8_t s[4][4], uint32_t key) {
  uint8_t t[4][4];
  for (int round = 0; round < 10; round++) {
    for (int r = 0; r < 4; r++)
      for (int c = 0; c < 4; c++)
        t[r][c] = box[s[r][(c + r) & 3]];
    for (int c = 0; c < 4; c++)
      for (int r = 0; r < 4; r++)
        s[r][c] = (uint8_t)(multiply(t[r][c], 2) ^ multiply(t[(r + 1) & 3][c], 3) ^ t[(r + 2) & 3][c] ^
                            t[(r + 3) & 3][c] ^ (uint8_t)(key >> 8 * r));
    key = left(key, 5) + 0x01234567;
  }
}

NOINLINE static uint32_t rc4(const char *key, int length, int skip) {
  uint8_t s[256], i = 0, j = 0;
  for (int k = 0; k < 256; k++)
    s[k] = (uint8_t)k;
  for (int k = 0; k < 256; k++) {
    j = (uint8_t)(j + s[k] + (uint8_t)key[k % length]);
    uint8_t other = s[k];
    s[k] = s[j];
    s[j] = other;
  }
  uint32_t word = 0;
  for (j = 0; skip--;) {
    j = (uint8_t)(j + s[++i]);
    uint8_t other = s[i];
    s[i] = s[j];
    s[j] = other;
    word = word << 8 | s[(uint8_t)(s[i] + s[j])];
  }
  return word;
}
NOINLINE static uint64_t xtea(uint64_t block, const uint32_t key[4]) {
  uint32_t a = (uint32_t)block, b = (uint32_t)(block >> 32), sum = 0;
  for (int i = 0; i < 32; i++) {
    a += ((b << 4 ^ b >> 5) + b) ^ (sum + key[sum & 3]);
    sum += 0x9e3779b9;
    b += ((a << 4 ^ a >> 5) + a) ^ (sum + key[sum >> 11 & 3]);
  }
  return (uint64_t)b << 32 | a;
}

int main(void) {
  uint32_t state[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  uint8_t block[64];
  for (int turn = 0; turn < 5; turn++) {
    for (int i = 0; i < 64; i++)
      block[i] = (uint8_t)(i * 3 + turn);
    compress(state, block);
    for (int i = 0; i < 8; i++)
      emit(state[i]);
  }
  uint32_t in[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}, out[16];
  for (int turn = 0; turn < 4; turn++) {
    chacha(out, in);
    for (int i = 0; i < 16; i++)
      in[i] = out[i] ^ (uint32_t)i;
    emit((long)((uint64_t)out[0] << 32 | out[15]));
  }
  make_box();
  emit(box[0x53] + box[0] * 256 + box[255] * 65536);
  uint8_t s[4][4] = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}, {13, 14, 15, 16}};
  scramble(s, 0xcafef00d);
  long sum = 0;
  for (int i = 0; i < 16; i++)
    sum = mix(sum, s[i / 4][i % 4]);
  emit(sum);
  emit(rc4("Key", 3, 20));
  emit(rc4("another key", 11, 1000));
  static const uint32_t key[4] = {1, 0xffffffff, 0x80000000, 12345};
  for (unsigned i = 0; i < 4; i++)
    emit((long)xtea(0x123456789abcdef * (uint64_t)i, key));
  return 0;
}
