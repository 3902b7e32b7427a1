// Every comparison in every type: as a value, as a branch, as a choice, and combined with && and ||.
#include "program.h"

#include <stdbool.h>
#include <stdint.h>

static const int64_t values[] = {0,     1,    -1,         2047,         2048,        -2048,     -2049,
                                 127,   128,  -128,       255,          32767,       -32768,    65535,
                                 65536, 4095, 2147483647, -2147483648l, 4294967295l, INT64_MAX, INT64_MIN};
enum { VALUES = sizeof values / sizeof values[0] };

#define COMPARE(name, type)                                                                                  \
  NOINLINE static unsigned value_##name(type a, type b) {                                                    \
    return (unsigned)(a == b) | (unsigned)(a != b) << 1 | (unsigned)(a < b) << 2 | (unsigned)(a <= b) << 3 | \
           (unsigned)(a > b) << 4 | (unsigned)(a >= b) << 5;                                                 \
  }                                                                                                          \
  NOINLINE static unsigned branch_##name(type a, type b) {                                                   \
    unsigned bits = 0;                                                                                       \
    if (a == b)                                                                                              \
      bits += 1;                                                                                             \
    if (a != b)                                                                                              \
      bits += 2;                                                                                             \
    if (a < b)                                                                                               \
      bits += 4;                                                                                             \
    else                                                                                                     \
      bits += 100;                                                                                           \
    if (a <= b)                                                                                              \
      bits += 8;                                                                                             \
    if (!(a > b))                                                                                            \
      bits += 16;                                                                                            \
    if (a >= b && b != 0)                                                                                    \
      bits += 32;                                                                                            \
    return bits;                                                                                             \
  }                                                                                                          \
  NOINLINE static type choose_##name(type a, type b, type c, type d) {                                       \
    type least = a < b ? a : b, most = c > d ? c : d;                                                        \
    return least == most ? a : (type)(least ^ most);                                                         \
  }                                                                                                          \
  NOINLINE static unsigned constants_##name(type a) {                                                        \
    return (unsigned)(a < 5) | (unsigned)(a <= 5) << 1 | (unsigned)(a > 100) << 2 |                          \
           (unsigned)(a >= 100) << 3 | (unsigned)(a == 0) << 4 | (unsigned)(a != 0) << 5 |                   \
           (unsigned)(a == 127) << 6 | (unsigned)(a != 64) << 7 | (a > 0 ? 256u : 512u);                     \
  }

COMPARE(i8, int8_t)
COMPARE(u8, uint8_t)
COMPARE(i16, int16_t)
COMPARE(u16, uint16_t)
COMPARE(i32, int32_t)
COMPARE(u32, uint32_t)
COMPARE(i64, int64_t)
COMPARE(u64, uint64_t)

#define USE(name, type)                                                                                      \
  sum = sum * 31 + value_##name((type)x, (type)y);                                                           \
  sum = sum * 31 + branch_##name((type)x, (type)y);                                                          \
  sum = sum * 31 + (uint64_t)choose_##name((type)x, (type)y, (type)(x >> 1), (type)y);                       \
  sum = sum * 31 + constants_##name((type)x);

NOINLINE static bool in_range(int x, int low, int high) {
  return low <= x && x < high;
}
NOINLINE static bool outside(unsigned x, unsigned low, unsigned high) {
  return x < low || x >= high;
}
NOINLINE static int sign(long x) {
  return (x > 0) - (x < 0);
}
NOINLINE static int logic(bool a, bool b, bool c) {
  return (a && b) + 2 * (a || c) + 4 * (!a && (b || !c)) + 8 * (a ^ b) + 16 * (a == c) + 32 * (a & !b);
}

int main(void) {
  for (int i = 0; i < VALUES; i++) {
    uint64_t sum = 0;
    for (int j = 0; j < VALUES; j++) {
      int64_t x = values[i], y = values[j];
      USE(i8, int8_t)
      USE(u8, uint8_t)
      USE(i16, int16_t)
      USE(u16, uint16_t)
      USE(i32, int32_t)
      USE(u32, uint32_t)
      USE(i64, int64_t)
      USE(u64, uint64_t)
      sum = sum * 3 + in_range((int)x, -200, (int)y) + outside((unsigned)x, 200, (unsigned)y) * 2u;
      sum += (uint64_t)sign(x) + (uint64_t)sign(y) * 3;
    }
    emit((long)sum);
  }
  for (int bits = 0; bits < 8; bits++)
    emit(logic(bits & 1, bits >> 1 & 1, bits >> 2));
  return 200;
}
