// Shifts and rotations of every width, by constants and by variables, at the edges of the range.
#include "program.h"

#include <stdint.h>

static volatile int amount_source;

static const uint64_t patterns[] = {0,
                                    1,
                                    0x80,
                                    0xff,
                                    0x8000,
                                    0xffff,
                                    0x7fffffff,
                                    0x80000000,
                                    0xffffffff,
                                    0x7fffffffffffffff,
                                    0x8000000000000000,
                                    0xffffffffffffffff,
                                    0x0123456789abcdef,
                                    0xfedcba9876543210};
enum { PATTERNS = sizeof patterns / sizeof patterns[0] };

NOINLINE static uint8_t rotate8(uint8_t x, unsigned n) {
  return (uint8_t)(x << (n & 7) | x >> (-n & 7));
}

NOINLINE static uint16_t rotate16(uint16_t x, unsigned n) {
  return (uint16_t)(x << (n & 15) | x >> (-n & 15));
}

NOINLINE static uint32_t rotate32(uint32_t x, unsigned n) {
  return x << (n & 31) | x >> (-n & 31);
}

NOINLINE static uint64_t rotate64(uint64_t x, unsigned n) {
  return x << (n & 63) | x >> (-n & 63);
}

NOINLINE static long by_variables(uint64_t x, int n) {
  uint64_t sum = 0;
  sum = sum * 31 + (uint64_t)(int8_t)((int8_t)x >> (n & 7));
  sum = sum * 31 + (uint8_t)((uint8_t)x >> (n & 7));
  sum = sum * 31 + (uint8_t)((uint8_t)x << (n & 7));
  sum = sum * 31 + (uint64_t)(int16_t)((int16_t)x >> (n & 15));
  sum = sum * 31 + (uint16_t)((uint16_t)x >> (n & 15));
  sum = sum * 31 + (uint16_t)((uint16_t)x << (n & 15));
  sum = sum * 31 + (uint64_t)((int32_t)x >> (n & 31));
  sum = sum * 31 + ((uint32_t)x >> (n & 31));
  sum = sum * 31 + ((uint32_t)x << (n & 31));
  sum = sum * 31 + (uint64_t)((int64_t)x >> (n & 63));
  sum = sum * 31 + (x >> (n & 63));
  sum = sum * 31 + (x << (n & 63));
  return (long)sum;
}

NOINLINE static long by_constants(uint64_t x) {
  uint64_t sum = 0;
  sum ^= (uint64_t)((int32_t)x >> 31) + ((uint32_t)x >> 31);
  sum = sum * 7 + (uint64_t)((int32_t)x >> 1) + ((uint32_t)x << 31);
  sum = sum * 7 + (uint64_t)((int64_t)x >> 63) + (x >> 63);
  sum = sum * 7 + (uint64_t)((int64_t)x >> 32) + (x << 32);
  sum = sum * 7 + (x << 63) + (x << 1) + (x >> 1);
  sum = sum * 7 + ((x & 0xffffffff) << 3) + ((x & 0xffffffff) >> 3);
  sum = sum * 7 + (uint64_t)(int64_t)(int8_t)(x >> 8) + (uint8_t)(x >> 56);
  sum = sum * 7 + (uint64_t)(int64_t)(int16_t)(x >> 16) + (uint16_t)(x >> 48);
  sum = sum * 7 + (uint64_t)(int64_t)(int32_t)(x >> 32) + (uint32_t)(x >> 32);
  return (long)sum;
}

// Shifts that form addresses and bits: what single instructions of Zba and Zbs compute.
NOINLINE static long combined(uint64_t x, uint64_t y, int n) {
  uint64_t sum = (x << 1) + y;
  sum ^= (x << 2) + y;
  sum += (x << 3) + y;
  sum ^= ((uint64_t)(uint32_t)x << 1) + y;
  sum += ((uint64_t)(uint32_t)x << 2) + y;
  sum ^= (uint64_t)(uint32_t)x + y;
  sum += (uint64_t)(uint32_t)x << 5;
  sum ^= x | UINT64_C(1) << (n & 63);
  sum += x & ~(UINT64_C(1) << (n & 63));
  sum ^= x ^ UINT64_C(1) << (n & 63);
  sum += x >> (n & 63) & 1;
  sum ^= (x & ~y) + (x | ~y) + (x ^ ~y);
  sum += x & 1024 ? 3 : 5;
  sum ^= (x & UINT64_C(1) << 40) != 0;
  return (long)sum;
}

int main(void) {
  int any = amount_source;
  for (int i = 0; i < PATTERNS; i++) {
    uint64_t x = patterns[i];
    long sum = 0;
    for (int n = 0; n < 64; n++) {
      sum = mix(sum, by_variables(x, n + any));
      sum ^= (long)rotate8((uint8_t)x, (unsigned)n) + (long)rotate16((uint16_t)x, (unsigned)n);
      sum = mix(sum, (long)rotate32((uint32_t)x, (unsigned)n));
      sum ^= (long)rotate64(x, (unsigned)n);
      sum = mix(sum, combined(x, patterns[(i + n) % PATTERNS], n));
    }
    emit(sum);
    emit(by_constants(x));
    emit((long)rotate32((uint32_t)x, 7) ^ (long)rotate64(x, 40));
  }
  return 0;
}
