// Division and remainder: by variables, by constants of all kinds, at the edges, in every width.
#include "program.h"

#include <stdint.h>

static const int64_t numbers[] = {0,
                                  1,
                                  -1,
                                  2,
                                  -2,
                                  3,
                                  7,
                                  -7,
                                  9,
                                  10,
                                  99,
                                  100,
                                  127,
                                  128,
                                  -128,
                                  255,
                                  256,
                                  1000,
                                  -1000,
                                  32767,
                                  -32768,
                                  65535,
                                  2147483647,
                                  -2147483647,
                                  -2147483648l,
                                  4294967295l,
                                  4294967296l,
                                  1000000007l,
                                  -99999999999l,
                                  INT64_MAX,
                                  -INT64_MAX,
                                  INT64_MIN};
enum { NUMBERS = sizeof numbers / sizeof numbers[0] };

NOINLINE static int32_t divide32(int32_t a, int32_t b) {
  return b == 0 || (a == INT32_MIN && b == -1) ? 77 : a / b;
}
NOINLINE static int32_t remainder32(int32_t a, int32_t b) {
  return b == 0 || (a == INT32_MIN && b == -1) ? 78 : a % b;
}
NOINLINE static int64_t divide64(int64_t a, int64_t b) {
  return b == 0 || (a == INT64_MIN && b == -1) ? 79 : a / b;
}
NOINLINE static int64_t remainder64(int64_t a, int64_t b) {
  return b == 0 || (a == INT64_MIN && b == -1) ? 80 : a % b;
}
NOINLINE static uint32_t divide32u(uint32_t a, uint32_t b) {
  return b ? a / b : 81;
}
NOINLINE static uint32_t remainder32u(uint32_t a, uint32_t b) {
  return b ? a % b : 82;
}
NOINLINE static uint64_t divide64u(uint64_t a, uint64_t b) {
  return b ? a / b : 83;
}
NOINLINE static uint64_t remainder64u(uint64_t a, uint64_t b) {
  return b ? a % b : 84;
}
// In types narrower than int the smallest number divided by -1 does not overflow.
NOINLINE static int narrow(int8_t a, int8_t b, int16_t c, int16_t d) {
  int sum = b ? (int8_t)(a / b) * 3 + a % b : 1;
  return sum * 5 + (d ? (int16_t)(c / d) + c % d : 2);
}
NOINLINE static unsigned narrow_unsigned(uint8_t a, uint8_t b, uint16_t c, uint16_t d) {
  unsigned sum = b ? (unsigned)(a / b) * 3u + (unsigned)(a % b) : 1;
  return sum * 5u + (d ? (unsigned)(c / d) + (unsigned)(c % d) : 2u);
}

#define BY_CONSTANT(n) sum = sum * 3 + (uint64_t)(a / (n)) + (uint64_t)(a % (n)) * 7;

NOINLINE static uint64_t constants32(int32_t a) {
  uint64_t sum = 0;
  BY_CONSTANT(1)
  BY_CONSTANT(2)
  BY_CONSTANT(3)
  BY_CONSTANT(5)
  BY_CONSTANT(6)
  BY_CONSTANT(7)
  BY_CONSTANT(10)
  BY_CONSTANT(16)
  BY_CONSTANT(100)
  BY_CONSTANT(641)
  BY_CONSTANT(1024)
  BY_CONSTANT(65536)
  BY_CONSTANT(1000000007)
  BY_CONSTANT(INT32_MAX) BY_CONSTANT(-3) BY_CONSTANT(-8) BY_CONSTANT(-10) BY_CONSTANT(INT32_MIN) return sum;
}
NOINLINE static uint64_t constants32u(uint32_t a) {
  uint64_t sum = 0;
  BY_CONSTANT(1u)
  BY_CONSTANT(2u)
  BY_CONSTANT(3u)
  BY_CONSTANT(5u)
  BY_CONSTANT(7u)
  BY_CONSTANT(10u)
  BY_CONSTANT(11u)
  BY_CONSTANT(64u)
  BY_CONSTANT(1000u) BY_CONSTANT(0x80000000u) BY_CONSTANT(0x80000001u) BY_CONSTANT(0xffffffffu) return sum;
}
NOINLINE static uint64_t constants64(int64_t a) {
  uint64_t sum = 0;
  BY_CONSTANT(1)
  BY_CONSTANT(2)
  BY_CONSTANT(3)
  BY_CONSTANT(5)
  BY_CONSTANT(7)
  BY_CONSTANT(10)
  BY_CONSTANT(4096)
  BY_CONSTANT(1000000000000l)
  BY_CONSTANT(INT64_MAX) BY_CONSTANT(-5) BY_CONSTANT(-64) BY_CONSTANT(INT64_MIN) return sum;
}
NOINLINE static uint64_t constants64u(uint64_t a) {
  uint64_t sum = 0;
  BY_CONSTANT(1u)
  BY_CONSTANT(3u)
  BY_CONSTANT(7u)
  BY_CONSTANT(10u)
  BY_CONSTANT(28u)
  BY_CONSTANT(1024u)
  BY_CONSTANT(0x8000000000000000u)
  BY_CONSTANT(0xffffffffffffffffu) BY_CONSTANT(0x123456789abcdefu) return sum;
}

int main(void) {
  for (int i = 0; i < NUMBERS; i++) {
    int64_t a = numbers[i];
    uint64_t sum = 0;
    for (int j = 0; j < NUMBERS; j++) {
      int64_t b = numbers[j];
      sum = sum * 31 + (uint64_t)divide32((int32_t)a, (int32_t)b);
      sum = sum * 31 + (uint64_t)remainder32((int32_t)a, (int32_t)b);
      sum = sum * 31 + (uint64_t)divide64(a, b);
      sum = sum * 31 + (uint64_t)remainder64(a, b);
      sum = sum * 31 + divide32u((uint32_t)a, (uint32_t)b);
      sum = sum * 31 + remainder32u((uint32_t)a, (uint32_t)b);
      sum = sum * 31 + divide64u((uint64_t)a, (uint64_t)b);
      sum = sum * 31 + remainder64u((uint64_t)a, (uint64_t)b);
      sum = sum * 31 + (uint64_t)narrow((int8_t)a, (int8_t)b, (int16_t)a, (int16_t)b);
      sum = sum * 31 + narrow_unsigned((uint8_t)a, (uint8_t)b, (uint16_t)a, (uint16_t)b);
    }
    emit((long)sum);
    emit((long)constants32((int32_t)a));
    emit((long)constants32u((uint32_t)a));
    emit((long)constants64(a));
    emit((long)constants64u((uint64_t)a));
  }
  return 0;
}
