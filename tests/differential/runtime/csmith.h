// What programs made by csmith expect of its run-time library: arithmetic without undefined behaviour, in
// which an operation that would overflow gives its left operand, and a checksum of the globals, which is
// emitted at the end.
#ifndef KILN_DIFFERENTIAL_CSMITH_H
#define KILN_DIFFERENTIAL_CSMITH_H

#include "program.h"

#include <limits.h>
#include <stdint.h>

#define SIGNED(type, low, high)                                                                              \
  static inline type safe_unary_minus_func_##type##_s(type a) {                                              \
    return a == (low) ? a : (type) - a;                                                                      \
  }                                                                                                          \
  static inline type safe_add_func_##type##_s_s(type a, type b) {                                            \
    return (a > 0 && b > 0 && a > (high) - b) || (a < 0 && b < 0 && a < (low) - b) ? a : (type)(a + b);      \
  }                                                                                                          \
  static inline type safe_sub_func_##type##_s_s(type a, type b) {                                            \
    return (b < 0 && a > (high) + b) || (b > 0 && a < (low) + b) ? a : (type)(a - b);                        \
  }                                                                                                          \
  static inline type safe_mul_func_##type##_s_s(type a, type b) {                                            \
    type product;                                                                                            \
    return __builtin_mul_overflow(a, b, &product) ? a : product;                                             \
  }                                                                                                          \
  static inline type safe_div_func_##type##_s_s(type a, type b) {                                            \
    return b == 0 || (a == (low) && b == -1) ? a : (type)(a / b);                                            \
  }                                                                                                          \
  static inline type safe_mod_func_##type##_s_s(type a, type b) {                                            \
    return b == 0 || (a == (low) && b == -1) ? a : (type)(a % b);                                            \
  }                                                                                                          \
  static inline type safe_lshift_func_##type##_s_s(type a, int n) {                                          \
    return a < 0 || n < 0 || n >= 32 || a > (high) >> n ? a : (type)(a << n);                                \
  }                                                                                                          \
  static inline type safe_lshift_func_##type##_s_u(type a, unsigned n) {                                     \
    return a < 0 || n >= 32 || a > (high) >> n ? a : (type)(a << n);                                         \
  }                                                                                                          \
  static inline type safe_rshift_func_##type##_s_s(type a, int n) {                                          \
    return a < 0 || n < 0 || n >= 32 ? a : (type)(a >> n);                                                   \
  }                                                                                                          \
  static inline type safe_rshift_func_##type##_s_u(type a, unsigned n) {                                     \
    return a < 0 || n >= 32 ? a : (type)(a >> n);                                                            \
  }

#define UNSIGNED(type, high)                                                                                 \
  static inline type safe_unary_minus_func_##type##_u(type a) {                                              \
    return (type) - a;                                                                                       \
  }                                                                                                          \
  static inline type safe_add_func_##type##_u_u(type a, type b) {                                            \
    return (type)(a + b);                                                                                    \
  }                                                                                                          \
  static inline type safe_sub_func_##type##_u_u(type a, type b) {                                            \
    return (type)(a - b);                                                                                    \
  }                                                                                                          \
  static inline type safe_mul_func_##type##_u_u(type a, type b) {                                            \
    return (type)(1u * a * b);                                                                               \
  }                                                                                                          \
  static inline type safe_div_func_##type##_u_u(type a, type b) {                                            \
    return b == 0 ? a : (type)(a / b);                                                                       \
  }                                                                                                          \
  static inline type safe_mod_func_##type##_u_u(type a, type b) {                                            \
    return b == 0 ? a : (type)(a % b);                                                                       \
  }                                                                                                          \
  static inline type safe_lshift_func_##type##_u_s(type a, int n) {                                          \
    return n < 0 || n >= 32 || a > (high) >> n ? a : (type)(a << n);                                         \
  }                                                                                                          \
  static inline type safe_lshift_func_##type##_u_u(type a, unsigned n) {                                     \
    return n >= 32 || a > (high) >> n ? a : (type)(a << n);                                                  \
  }                                                                                                          \
  static inline type safe_rshift_func_##type##_u_s(type a, int n) {                                          \
    return n < 0 || n >= 32 ? a : (type)(a >> n);                                                            \
  }                                                                                                          \
  static inline type safe_rshift_func_##type##_u_u(type a, unsigned n) {                                     \
    return n >= 32 ? a : (type)(a >> n);                                                                     \
  }

SIGNED(int8_t, INT8_MIN, INT8_MAX)
SIGNED(int16_t, INT16_MIN, INT16_MAX)
SIGNED(int32_t, INT32_MIN, INT32_MAX)
SIGNED(int64_t, INT64_MIN, INT64_MAX)
UNSIGNED(uint8_t, UINT8_MAX)
UNSIGNED(uint16_t, UINT16_MAX)
UNSIGNED(uint32_t, UINT32_MAX)
UNSIGNED(uint64_t, UINT64_MAX)

// The places in arrays, which csmith's programs can print as well.
#define printf(...) ((void)0)

static uint64_t crc32_context = 0xcbf29ce484222325;

static inline void crc32_gentab(void) {}
static inline void platform_main_begin(void) {}
static inline void platform_main_end(uint64_t checksum, int print) {
  (void)print;
  emit((long)checksum);
}
static inline void transparent_crc(uint64_t value, const char *name, int print) {
  (void)name;
  for (int i = 0; i < 64; i += 8)
    crc32_context = (crc32_context ^ (value >> i & 255)) * 0x100000001b3;
  if (print)
    emit((long)crc32_context);
}

#endif
