#include <stdint.h>
int printf(const char *, ...);
static const uint32_t K[8] = {0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
                              0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5};
static uint32_t rotate(uint32_t x, int n) {
  return x >> n | x << (32 - n);
}
static uint64_t rotate64(uint64_t x, int n) {
  return x << n | x >> (64 - n);
}
static void mix(uint32_t s[8], const uint32_t *w) {
  uint32_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
  for (int i = 0; i < 64; i++) {
    uint32_t t1 =
        h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[i & 7] + w[i & 15];
    uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  s[0] += a;
  s[1] += b;
  s[2] += c;
  s[3] += d;
  s[4] += e;
  s[5] += f;
  s[6] += g;
  s[7] += h;
}
static uint32_t crc(const uint8_t *p, int n) {
  uint32_t c = ~0u;
  while (n--) {
    c ^= *p++;
    for (int k = 0; k < 8; k++)
      c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
  }
  return ~c;
}
static uint64_t siphash(uint64_t k, int n) {
  uint64_t a = k, b = ~k, c = k * 3, d = k ^ 77;
  for (int i = 0; i < n; i++) {
    a += b;
    b = rotate64(b, 13) ^ a;
    a = rotate64(a, 32);
    c += d;
    d = rotate64(d, 16) ^ c;
    a += d;
    d = rotate64(d, 21) ^ a;
    c += b;
    b = rotate64(b, 17) ^ c;
  }
  return a ^ b ^ c ^ d;
}
int main(void) {
  uint32_t s[8] = {1, 2, 3, 4, 5, 6, 7, 8}, w[16];
  for (int i = 0; i < 16; i++)
    w[i] = (uint32_t)i * 0x9e3779b9u;
  for (int i = 0; i < 10; i++)
    mix(s, w);
  for (int i = 0; i < 8; i++)
    printf("%x ", s[i]);
  printf("%x %lx %d %d %d %lx\n", crc((uint8_t *)w, 64), siphash(12345, 20), __builtin_popcount(s[0]),
         __builtin_clz(s[1] | 1), __builtin_ctzl(siphash(1, 3) | 256), __builtin_bswap64(siphash(2, 2)));
  return 0;
}
