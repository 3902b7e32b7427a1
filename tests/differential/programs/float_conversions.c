// Conversions among integers of all widths and floats, at the edges of what fits, and constants of all sizes.
#include "program.h"

#include <stdint.h>

static const int64_t integers[] = {0,
                                   1,
                                   -1,
                                   127,
                                   128,
                                   -128,
                                   255,
                                   256,
                                   2047,
                                   2049,
                                   32767,
                                   -32768,
                                   65535,
                                   65520,
                                   16777215,
                                   16777216,
                                   16777217,
                                   -16777219,
                                   2147483647,
                                   -2147483648l,
                                   2147483648l,
                                   4294967295l,
                                   9007199254740991l,
                                   9007199254740993l,
                                   -9007199254740995l,
                                   INT64_MAX,
                                   INT64_MAX - 511,
                                   INT64_MAX - 513,
                                   INT64_MIN,
                                   INT64_MIN + 1025};
enum { INTEGERS = sizeof integers / sizeof integers[0] };

static const double reals[] = {0.0,
                               -0.0,
                               0.5,
                               -0.5,
                               0.999999,
                               -0.999999,
                               1.5,
                               2.5,
                               -1.5,
                               -2.5,
                               126.99999,
                               127.0,
                               -128.0,
                               -128.99,
                               255.999,
                               32767.5,
                               65535.5,
                               2147483647.0,
                               -2147483648.0,
                               2147483646.9,
                               4294967295.0,
                               16777216.0,
                               9007199254740992.0,
                               9223372036854774784.0,
                               -9223372036854775808.0,
                               1e-310};
enum { REALS = sizeof reals / sizeof reals[0] };

NOINLINE static long bits(double x) {
  union {
    double value;
    long bits;
  } both = {x};
  return both.bits;
}
NOINLINE static long bits_of_float(float x) {
  union {
    float value;
    uint32_t bits;
  } both = {x};
  return both.bits;
}

#define FROM(name, type)                                                                                     \
  NOINLINE static double double_from_##name(type x) {                                                        \
    return (double)x;                                                                                        \
  }                                                                                                          \
  NOINLINE static float float_from_##name(type x) {                                                          \
    return (float)x;                                                                                         \
  }
FROM(i8, int8_t)
FROM(u8, uint8_t)
FROM(i16, int16_t)
FROM(u16, uint16_t)
FROM(i32, int32_t)
FROM(u32, uint32_t)
FROM(i64, int64_t)
FROM(u64, uint64_t)
#define USE_FROM(name, type)                                                                                 \
  sum = mix(sum, bits(double_from_##name((type)x)));                                                         \
  sum = mix(sum, bits_of_float(float_from_##name((type)x)));

// Only numbers whose integer part fits may be converted.
#define TO(name, type, low, high)                                                                            \
  NOINLINE static type name##_from_double(double x) {                                                        \
    return (type)x;                                                                                          \
  }                                                                                                          \
  NOINLINE static type name##_from_float(float x) {                                                          \
    return (type)x;                                                                                          \
  }                                                                                                          \
  NOINLINE static long to_##name(double x) {                                                                 \
    float f = (float)x;                                                                                      \
    long sum = x > (low) && x < (high) ? (long)name##_from_double(x) : 7;                                    \
    return mix(sum, (double)f > (low) && (double)f < (high) ? (long)name##_from_float(f) : 9);               \
  }
TO(i8, int8_t, -129.0, 128.0)
TO(u8, uint8_t, -1.0, 256.0)
TO(i16, int16_t, -32769.0, 32768.0)
TO(u16, uint16_t, -1.0, 65536.0)
TO(i32, int32_t, -2147483649.0, 2147483648.0)
TO(u32, uint32_t, -1.0, 4294967296.0)
TO(i64, int64_t, -9223372036854777856.0, 9223372036854775808.0)
TO(u64, uint64_t, -1.0, 18446744073709551616.0)

NOINLINE static double widen(float x) {
  return (double)x;
}
NOINLINE static float narrow(double x) {
  return (float)x;
}
NOINLINE static _Bool to_bool(double x) {
  return x != 0;
}
NOINLINE static double from_bool(_Bool x) {
  return x;
}
NOINLINE static double constants(int n) {
  switch (n) {
  case 0:
    return 1.0;
  case 1:
    return -0.0;
  case 2:
    return 3.141592653589793;
  case 3:
    return 1e-320;
  case 4:
    return 0x1.fffffffffffffp1023;
  case 5:
    return 2.0;
  default:
    return 0.1f;
  }
}

int main(void) {
  for (int i = 0; i < INTEGERS; i++) {
    int64_t x = integers[i];
    long sum = 0;
    USE_FROM(i8, int8_t)
    USE_FROM(u8, uint8_t)
    USE_FROM(i16, int16_t)
    USE_FROM(u16, uint16_t)
    USE_FROM(i32, int32_t)
    USE_FROM(u32, uint32_t)
    USE_FROM(i64, int64_t)
    USE_FROM(u64, uint64_t)
    emit(sum);
  }
  for (int i = 0; i < REALS; i++) {
    double x = reals[i];
    emit(to_i8(x));
    emit(to_u8(x));
    emit(to_i16(x));
    emit(to_u16(x));
    emit(to_i32(x));
    emit(to_u32(x));
    emit(to_i64(x));
    emit(to_u64(x));
    emit(bits(widen((float)x)));
    emit(bits_of_float(narrow(x * 1.00000003)));
    emit(to_bool(x) + (long)(from_bool(x > 1) * 4));
  }
  emit((long)u64_from_double(18446744073709549568.0));
  emit((long)u64_from_float(1.8e19f));
  for (int n = 0; n < 7; n++)
    emit(bits(constants(n)));
  return 0;
}
