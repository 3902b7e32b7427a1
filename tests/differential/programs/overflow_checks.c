// Arithmetic with checks of overflow by builtins and by hand, saturation, and products of twice the width.
#include "program.h"

#include <stdint.h>

static const int64_t values[] = {
    0,     1,         -1,        2,          100,         -128,      127,       32767,
    65536, INT32_MAX, INT32_MIN, 0xffffffff, 0x123456789, INT64_MAX, INT64_MIN, INT64_MAX / 3};
enum { VALUES = sizeof values / sizeof values[0] };

#define CHECKED(name, type)                                                                                  \
  NOINLINE static long name(type a, type b) {                                                                \
    type sum, difference;                                                                                    \
    int first = __builtin_add_overflow(a, b, &sum);                                                          \
    int second = __builtin_sub_overflow(a, b, &difference);                                                  \
    return mix(mix((long)sum, (long)difference), first + 2 * second);                                        \
  }
CHECKED(check_i8, int8_t)
CHECKED(check_u8, uint8_t)
CHECKED(check_i16, int16_t)
CHECKED(check_u16, uint16_t)
CHECKED(check_i32, int32_t)
CHECKED(check_u32, uint32_t)
CHECKED(check_i64, int64_t)
CHECKED(check_u64, uint64_t)

#define PRODUCT(name, type)                                                                                  \
  NOINLINE static long name(type a, type b) {                                                                \
    type product;                                                                                            \
    int over = __builtin_mul_overflow(a, b, &product);                                                       \
    return mix((long)product, over);                                                                         \
  }
PRODUCT(product_i16, int16_t)
PRODUCT(product_i32, int32_t)
PRODUCT(product_u32, uint32_t)
PRODUCT(product_i64, int64_t)
PRODUCT(product_u64, uint64_t)

NOINLINE static int32_t saturating_add(int32_t a, int32_t b) {
  int32_t sum;
  if (__builtin_add_overflow(a, b, &sum))
    return a < 0 ? INT32_MIN : INT32_MAX;
  return sum;
}
NOINLINE static int16_t saturating_product(int16_t a, int16_t b) {
  int32_t product = (a * b + (1 << 14)) >> 15;
  return (int16_t)(product > INT16_MAX ? INT16_MAX : product);
}
NOINLINE static uint32_t saturating_subtract(uint32_t a, uint32_t b) {
  return a > b ? a - b : 0;
}
NOINLINE static uint64_t saturating_sum(uint64_t a, uint64_t b) {
  uint64_t sum = a + b;
  return sum < a ? UINT64_MAX : sum;
}
NOINLINE static int would_overflow(int64_t a, int64_t b) {
  return (b > 0 && a > INT64_MAX - b) || (b < 0 && a < INT64_MIN - b);
}
NOINLINE static long parse(const char *text) {
  long value = 0;
  for (; *text; text++) {
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, *text - '0', &value))
      return -1;
  }
  return value;
}

int main(void) {
  for (int i = 0; i < VALUES; i++) {
    long sum = 0;
    for (int j = 0; j < VALUES; j++) {
      int64_t a = values[i], b = values[j];
      sum = mix(sum, check_i8((int8_t)a, (int8_t)b));
      sum = mix(sum, check_u8((uint8_t)a, (uint8_t)b));
      sum = mix(sum, check_i16((int16_t)a, (int16_t)b));
      sum = mix(sum, check_u16((uint16_t)a, (uint16_t)b));
      sum = mix(sum, check_i32((int32_t)a, (int32_t)b));
      sum = mix(sum, check_u32((uint32_t)a, (uint32_t)b));
      sum = mix(sum, check_i64(a, b));
      sum = mix(sum, check_u64((uint64_t)a, (uint64_t)b));
      sum = mix(sum, product_i16((int16_t)a, (int16_t)b));
      sum = mix(sum, product_i32((int32_t)a, (int32_t)b));
      sum = mix(sum, product_u32((uint32_t)a, (uint32_t)b));
      sum = mix(sum, product_i64(a, b));
      sum = mix(sum, product_u64((uint64_t)a, (uint64_t)b));
      sum =
          mix(sum, (long)saturating_add((int32_t)a, (int32_t)b) + saturating_product((int16_t)a, (int16_t)b));
      sum = mix(sum, saturating_subtract((uint32_t)a, (uint32_t)b));
      sum = mix(sum, (long)saturating_sum((uint64_t)a, (uint64_t)b) ^ would_overflow(a, b));
    }
    emit(sum);
  }
  emit(parse("9223372036854775807"));
  emit(parse("9223372036854775808"));
  emit(parse("12345"));
  return 0;
}
