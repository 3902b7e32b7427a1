// Integer arithmetic of every width, on numbers at the edges of their ranges as well.
#include "program.h"

static const uint64_t edges[] = {0,         1,          2,          3,          7,          8,
                                 127,       128,        255,        256,        32767,      32768,
                                 65535,     65536,      0x7fffffff, 0x80000000, 0xffffffff, 0x100000000,
                                 INT64_MAX, 1ULL << 63, UINT64_MAX, 0x12345678, 0xfffffffe, 2047,
                                 2048,      4095,       4096,       0x7ffff800, 0x7ffff7ff, 0xfffff800};
enum { EDGES = sizeof edges / sizeof edges[0] };

static uint64_t pick(uint64_t *state) {
  uint64_t number = next(state);
  switch (number & 3) {
  case 0:
    return edges[(number >> 8) % EDGES];
  case 1:
    return 0 - edges[(number >> 8) % EDGES];
  case 2:
    return next(state) >> (number >> 8 & 63);
  default:
    return next(state);
  }
}

#define ARITHMETIC(type, unsigned_type, width)                                                               \
  NOINLINE static uint64_t arithmetic_##type(type a, type b) {                                               \
    uint64_t hash = 14695981039346656037ULL;                                                                 \
    unsigned_type ua = (unsigned_type)a, ub = (unsigned_type)b;                                              \
    unsigned shift = (unsigned)(ub % (width));                                                               \
    mix(&hash, (unsigned_type)(ua + ub));                                                                    \
    mix(&hash, (unsigned_type)(ua - ub));                                                                    \
    mix(&hash, (unsigned_type)((uint64_t)ua * ub));                                                          \
    mix(&hash, (unsigned_type)(ua & ub));                                                                    \
    mix(&hash, (unsigned_type)(ua | ub));                                                                    \
    mix(&hash, (unsigned_type)(ua ^ ~ub));                                                                   \
    mix(&hash, (unsigned_type)(ua << shift));                                                                \
    mix(&hash, (unsigned_type)(ua >> shift));                                                                \
    mix(&hash, (uint64_t)(int64_t)(type)(a >> shift));                                                       \
    if (ub) {                                                                                                \
      mix(&hash, (unsigned_type)(ua / ub));                                                                  \
      mix(&hash, (unsigned_type)(ua % ub));                                                                  \
    }                                                                                                        \
    if (b != 0 && b != (type) - 1) {                                                                         \
      mix(&hash, (uint64_t)(int64_t)(type)(a / b));                                                          \
      mix(&hash, (uint64_t)(int64_t)(type)(a % b));                                                          \
    }                                                                                                        \
    mix(&hash, (uint64_t)((a < b) | (a <= b) << 1 | (a == b) << 2 | (ua < ub) << 3 | (ua >= ub) << 4));      \
    mix(&hash, (uint64_t)(int64_t)(a < b ? a : b));                                                          \
    mix(&hash, (uint64_t)(ua > ub ? ua : ub));                                                               \
    mix(&hash, (uint64_t)(int64_t)(type)(ua / 10));                                                          \
    mix(&hash, (uint64_t)(int64_t)(type)(a / 7));                                                            \
    mix(&hash, (uint64_t)(int64_t)(type)(a % 16));                                                           \
    return hash;                                                                                             \
  }

ARITHMETIC(int8_t, uint8_t, 8)
ARITHMETIC(int16_t, uint16_t, 16)
ARITHMETIC(int32_t, uint32_t, 32)
ARITHMETIC(int64_t, uint64_t, 64)

uint64_t test_arithmetic(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  for (int i = 0; i < 200; i++) {
    uint64_t a = pick(&state), b = pick(&state);
    mix(&hash, arithmetic_int8_t((int8_t)a, (int8_t)b));
    mix(&hash, arithmetic_int16_t((int16_t)a, (int16_t)b));
    mix(&hash, arithmetic_int32_t((int32_t)a, (int32_t)b));
    mix(&hash, arithmetic_int64_t((int64_t)a, (int64_t)b));
  }
  return hash;
}

NOINLINE static uint64_t bits_of(uint64_t a, unsigned shift) {
  uint64_t hash = 0;
  uint32_t low = (uint32_t)a;
  mix(&hash, (uint64_t)__builtin_popcountll(a));
  mix(&hash, (uint64_t)__builtin_popcount(low));
  mix(&hash, a ? (uint64_t)__builtin_clzll(a) : 64);
  mix(&hash, a ? (uint64_t)__builtin_ctzll(a) : 64);
  mix(&hash, low ? (uint64_t)__builtin_clz(low) : 32);
  mix(&hash, low ? (uint64_t)__builtin_ctz(low) : 32);
  mix(&hash, __builtin_bswap64(a));
  mix(&hash, __builtin_bswap32(low));
  mix(&hash, __builtin_bswap16((uint16_t)a));
  mix(&hash, a << (shift & 63) | a >> (-shift & 63));
  mix(&hash, low << (shift & 31) | low >> (-shift & 31));
  mix(&hash, (a >> 13 & 0x3ff) | (a & 0xff) << 50);
  mix(&hash, a & (0 - a));
  mix(&hash, a & (a - 1));
  return hash;
}

uint64_t test_bits(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  for (int i = 0; i < 300; i++)
    mix(&hash, bits_of(pick(&state), (unsigned)next(&state)));
  return hash;
}

NOINLINE static int32_t saturate(int64_t value) {
  return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : (int32_t)value;
}

NOINLINE static uint8_t blend(uint8_t a, uint8_t b, uint8_t weight) {
  return (uint8_t)((a * weight + b * (255 - weight) + 127) / 255);
}

uint64_t test_narrow(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  for (int i = 0; i < 500; i++) {
    uint64_t a = pick(&state), b = pick(&state);
    mix(&hash, (uint64_t)(int64_t)saturate((int64_t)a));
    mix(&hash, blend((uint8_t)a, (uint8_t)b, (uint8_t)(a >> 8)));
    mix(&hash, (uint64_t)((int64_t)(int8_t)a * (int16_t)b));
    mix(&hash, (uint64_t)(uint32_t)a * (uint32_t)b);
    mix(&hash, (uint64_t)((int64_t)(int32_t)a * (int32_t)b));
    mix(&hash, (uint64_t)(int64_t)(int32_t)((uint32_t)a + (uint32_t)b));
    mix(&hash, (uint64_t)((a > b) - (a < b)));
    mix(&hash, !a + 2ULL * !!b);
  }
  return hash;
}

NOINLINE static uint64_t power(uint64_t base, uint64_t exponent, uint64_t modulus) {
  uint64_t result = 1;
  base %= modulus;
  for (; exponent; exponent >>= 1, base = base * base % modulus)
    if (exponent & 1)
      result = result * base % modulus;
  return result;
}

uint64_t test_power(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  for (int i = 0; i < 20; i++)
    mix(&hash, power(next(&state), next(&state), 4294967291ULL));
  return hash;
}
