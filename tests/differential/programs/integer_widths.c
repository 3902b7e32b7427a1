// Arithmetic in every integer type: wrapping, promotion, narrowing, mixed signedness.
#include "program.h"

#include <stdint.h>

static const int64_t values[] = {
    0,          1,           -1,           2,           127,       128,      -128,   255,
    256,        32767,       32768,        -32768,      65535,     65536,    100000, -100000,
    2147483647, 2147483648l, -2147483648l, 4294967295l, INT64_MAX, INT64_MIN};
enum { VALUES = sizeof values / sizeof values[0] };

#define ARITHMETIC(name, type, wide)                                                                         \
  NOINLINE static type add_##name(type a, type b) {                                                          \
    return (type)((wide)a + (wide)b);                                                                        \
  }                                                                                                          \
  NOINLINE static type sub_##name(type a, type b) {                                                          \
    return (type)((wide)a - (wide)b);                                                                        \
  }                                                                                                          \
  NOINLINE static type mul_##name(type a, type b) {                                                          \
    return (type)((wide)a * (wide)b);                                                                        \
  }                                                                                                          \
  NOINLINE static type mix_##name(type a, type b) {                                                          \
    type c = (type)(a & b), d = (type)(a | b), e = (type)(a ^ b), f = (type)~a;                              \
    return (type)((wide)c * 3u + (wide)d * 5u + (wide)e * 7u + (wide)f);                                     \
  }                                                                                                          \
  NOINLINE static uint64_t all_##name(int64_t x, int64_t y) {                                                \
    type a = (type)x, b = (type)y;                                                                           \
    uint64_t sum = (uint64_t)add_##name(a, b);                                                               \
    sum = sum * 31 + (uint64_t)sub_##name(a, b);                                                             \
    sum = sum * 31 + (uint64_t)mul_##name(a, b);                                                             \
    sum = sum * 31 + (uint64_t)mix_##name(a, b);                                                             \
    type counter = a;                                                                                        \
    counter++;                                                                                               \
    sum = sum * 31 + (uint64_t)counter;                                                                      \
    return sum;                                                                                              \
  }

// A signed type must not overflow upwards in the increment: it goes through the unsigned type of its size.
ARITHMETIC(u8, uint8_t, uint32_t)
ARITHMETIC(u16, uint16_t, uint32_t)
ARITHMETIC(u32, uint32_t, uint32_t)
ARITHMETIC(u64, uint64_t, uint64_t)

NOINLINE static int8_t narrow8(int64_t x) {
  return (int8_t)(x * 3);
}
NOINLINE static int16_t narrow16(int32_t x) {
  return (int16_t)((uint32_t)x * 5u);
}
NOINLINE static int32_t narrow32(int64_t x) {
  return (int32_t)((uint64_t)x * 7u);
}
NOINLINE static int64_t widen8(int8_t x) {
  return x;
}
NOINLINE static uint64_t widen_unsigned(uint8_t a, uint16_t b, uint32_t c) {
  return (uint64_t)a + b + c;
}
NOINLINE static long mixed_signs(int8_t a, uint8_t b, int16_t c, uint16_t d, int32_t e, uint32_t f) {
  long sum = a * b;
  sum += (long)c * d;
  sum ^= (long)((uint32_t)e + f);
  sum += (a < b) + (c > d) * 2 + ((uint32_t)e < f) * 4 + ((int64_t)e < (int64_t)f) * 8;
  return sum;
}

// High halves of products, which are single instructions.
NOINLINE static int64_t multiply_high(int32_t a, int32_t b) {
  return (int64_t)a * b;
}
NOINLINE static uint64_t multiply_high_unsigned(uint32_t a, uint32_t b) {
  return (uint64_t)a * b >> 32;
}

int main(void) {
  for (int i = 0; i < VALUES; i++) {
    uint64_t sum = 0;
    for (int j = 0; j < VALUES; j++) {
      int64_t x = values[i], y = values[j];
      sum = sum * 17 + all_u8(x, y);
      sum = sum * 17 + all_u16(x, y);
      sum = sum * 17 + all_u32(x, y);
      sum = sum * 17 + all_u64(x, y);
      sum ^= (uint64_t)mixed_signs((int8_t)x, (uint8_t)y, (int16_t)(x >> 1), (uint16_t)y, (int32_t)x,
                                   (uint32_t)y);
      sum += (uint64_t)multiply_high((int32_t)x, (int32_t)y);
      sum ^= multiply_high_unsigned((uint32_t)x, (uint32_t)y);
    }
    emit((long)sum);
    emit(narrow8(values[i] >> 3));
    emit(narrow16((int32_t)values[i]));
    emit(narrow32(values[i]));
    emit(widen8((int8_t)values[i]));
    emit((long)widen_unsigned((uint8_t)values[i], (uint16_t)values[i], (uint32_t)values[i]));
  }
  return 3;
}
