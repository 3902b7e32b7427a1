// Counting, reversing and finding bits; byte order; builtins beside the same thing written out.
#include "program.h"

#include <stdint.h>

static const uint64_t values[] = {0,
                                  1,
                                  2,
                                  0x80,
                                  0xff00,
                                  0x80000000,
                                  0xffffffff,
                                  0x100000000,
                                  0x123456789abcdef,
                                  0x8000000000000000,
                                  0xffffffffffffffff,
                                  0xaaaaaaaa55555555};

NOINLINE static int count(uint64_t x) {
  return __builtin_popcountll(x);
}
NOINLINE static int count32(uint32_t x) {
  return __builtin_popcount(x);
}
NOINLINE static int count8(uint8_t x) {
  return __builtin_popcount(x);
}
NOINLINE static int leading(uint64_t x) {
  return x ? __builtin_clzll(x) : 64;
}
NOINLINE static int leading32(uint32_t x) {
  return x ? __builtin_clz(x) : 32;
}
NOINLINE static int leading16(uint16_t x) {
  return x ? __builtin_clz(x) - 16 : 16;
}
NOINLINE static int trailing(uint64_t x) {
  return x ? __builtin_ctzll(x) : 64;
}
NOINLINE static int trailing32(uint32_t x) {
  return x ? __builtin_ctz(x) : 32;
}
NOINLINE static int first(int64_t x) {
  return __builtin_ffsll(x);
}
NOINLINE static int parity(uint64_t x) {
  return __builtin_parityll(x);
}
NOINLINE static int redundant(int64_t x) {
  return __builtin_clrsbll(x);
}
NOINLINE static uint64_t swap64(uint64_t x) {
  return __builtin_bswap64(x);
}
NOINLINE static uint32_t swap32(uint32_t x) {
  return __builtin_bswap32(x);
}
NOINLINE static uint16_t swap16(uint16_t x) {
  return __builtin_bswap16(x);
}
NOINLINE static int32_t swap16_signed(uint16_t x) {
  return (int16_t)__builtin_bswap16(x);
}
NOINLINE static long absolute(long x) {
  return __builtin_labs(x);
}
NOINLINE static int absolute32(int x) {
  return __builtin_abs(x);
}

NOINLINE static uint32_t reverse(uint32_t x) {
  x = (x >> 1 & 0x55555555) | (x & 0x55555555) << 1;
  x = (x >> 2 & 0x33333333) | (x & 0x33333333) << 2;
  x = (x >> 4 & 0x0f0f0f0f) | (x & 0x0f0f0f0f) << 4;
  return x >> 24 | (x >> 8 & 0xff00) | (x & 0xff00) << 8 | x << 24;
}
NOINLINE static int count_by_hand(uint64_t x) {
  int bits = 0;
  for (; x; x &= x - 1)
    bits++;
  return bits;
}
NOINLINE static uint64_t interleave(uint32_t a, uint32_t b) {
  uint64_t result = 0;
  for (int i = 0; i < 32; i++)
    result |= (uint64_t)(a >> i & 1) << 2 * i | (uint64_t)(b >> i & 1) << (2 * i + 1);
  return result;
}
NOINLINE static uint32_t next_permutation(uint32_t x) {
  uint32_t t = x | (x - 1);
  return (t + 1) | (((~t & -~t) - 1) >> (__builtin_ctz(x) + 1));
}
NOINLINE static uint32_t round_up(uint32_t x) {
  x--;
  x |= x >> 1;
  x |= x >> 2;
  x |= x >> 4;
  x |= x >> 8;
  return (x | x >> 16) + 1;
}
NOINLINE static uint64_t gray(uint64_t x) {
  x ^= x >> 1;
  for (int shift = 32; shift; shift >>= 1)
    x ^= x >> shift;
  return x;
}
NOINLINE static uint32_t load_big(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
NOINLINE static uint64_t load_little(const uint8_t *p) {
  uint64_t x = 0;
  for (int i = 0; i < 8; i++)
    x |= (uint64_t)p[i] << 8 * i;
  return x;
}
NOINLINE static void store_big(uint8_t *p, uint64_t x) {
  for (int i = 0; i < 8; i++)
    p[i] = (uint8_t)(x >> (56 - 8 * i));
}
NOINLINE static unsigned square_root(uint64_t x) {
  uint64_t result = 0;
  for (uint64_t bit = 1ul << 62; bit; bit >>= 2) {
    if (x >= result + bit) {
      x -= result + bit;
      result = (result >> 1) + bit;
    } else {
      result >>= 1;
    }
  }
  return (unsigned)result;
}
NOINLINE static uint8_t saturate(int x) {
  return (uint8_t)(x < 0 ? 0 : x > 255 ? 255 : x);
}
NOINLINE static uint32_t average(uint32_t a, uint32_t b) {
  return (a & b) + ((a ^ b) >> 1);
}

int main(void) {
  for (int i = 0; i < 12; i++) {
    uint64_t x = values[i];
    emit(count(x) + count32((uint32_t)x) * 100 + count8((uint8_t)x) * 10000 + count_by_hand(x) * 1000000);
    emit(leading(x) + leading32((uint32_t)x) * 100 + leading16((uint16_t)x) * 10000);
    emit(trailing(x) + trailing32((uint32_t)x) * 100 + first((int64_t)x) * 10000 + parity(x) * 1000000);
    emit(redundant((int64_t)x));
    emit((long)swap64(x));
    emit(swap32((uint32_t)x) + 3l * swap16((uint16_t)x) + 5l * swap16_signed((uint16_t)x));
    emit(absolute((long)x >> 1) + absolute32((int)x >> 1));
    emit(reverse((uint32_t)x));
    emit((long)interleave((uint32_t)x, (uint32_t)(x >> 32)));
    emit(round_up((uint32_t)x) + (long)gray(x >> 8));
    emit(square_root(x));
    emit(saturate((int)x >> 20) + average((uint32_t)x, (uint32_t)(x >> 7)));
    uint8_t bytes[8];
    store_big(bytes, x);
    emit((long)load_little(bytes));
    emit(load_big(bytes + 2));
  }
  uint32_t x = 7;
  for (int i = 0; i < 30; i++)
    x = next_permutation(x);
  emit(x);
  return 0;
}
