// Integers of 65 to 128 bits: every operation, constant and variable shifts, arguments and results, memory.
#include "program.h"

#include <stdarg.h>
#include <stdint.h>

typedef unsigned __int128 Unsigned128;
typedef __int128 Signed128;
typedef unsigned _BitInt(80) Unsigned80;
typedef _BitInt(80) Signed80;
typedef unsigned _BitInt(127) Unsigned127;
typedef _BitInt(65) Signed65;

static Unsigned128 global = (Unsigned128)0x123456789abcdef0 << 64 | 0xfedcba9876543210;
static const Signed80 table[3] = {-1, ((Signed80)1 << 78) + 5, -((Signed80)3 << 70)};
static volatile uint64_t inputs[] = {0,  1, 63, 64, 0x8000000000000000, 0xffffffffffffffff, 0x123456789abcdef,
                                     127};
enum { N = sizeof inputs / sizeof *inputs };
static long sum;

static void show(Unsigned128 x) {
  sum = mix(mix(sum, (long)(x >> 64)), (long)x);
}

#define OPERATIONS(T)                                                                                        \
  NOINLINE static T combine_##T(T x, T y, unsigned n) {                                                      \
    show((Unsigned128)(T)(x + y));                                                                           \
    show((Unsigned128)(T)(x - y));                                                                           \
    show((Unsigned128)(T)(x * y));                                                                           \
    show((Unsigned128)(T)((x & y) ^ (x | 5)));                                                               \
    show((Unsigned128)(T)(x << n));                                                                          \
    show((Unsigned128)(T)(x >> n));                                                                          \
    show((Unsigned128)(T)((x << 3) + (x >> 7) + (x << 64) + (x >> 64)));                                     \
    show((Unsigned128)((x < y) + 2 * (x <= y) + 4 * (x == y) + 8 * (x > 77)));                               \
    if (y != 0 && y != (T) - 1) {                                                                            \
      show((Unsigned128)(T)(x / y));                                                                         \
      show((Unsigned128)(T)(x % y));                                                                         \
    }                                                                                                        \
    return x < y ? x : y;                                                                                    \
  }
OPERATIONS(Unsigned128)
OPERATIONS(Signed128)
OPERATIONS(Unsigned80)
OPERATIONS(Signed80)
OPERATIONS(Unsigned127)
OPERATIONS(Signed65)

NOINLINE static Unsigned128 many(int a, Unsigned128 b, long c, Unsigned128 d, long e, Unsigned128 f, int g,
                                 Unsigned128 h) {
  return b + 3 * d + 5 * f + 7 * h + (Unsigned128)(a + c + e + g);
}
NOINLINE static Unsigned128 listed(int count, ...) {
  va_list list;
  va_start(list, count);
  Unsigned128 result = 0;
  for (int i = 0; i < count; i++) {
    result = result * 3 + (unsigned)va_arg(list, int);
    result = result * 5 + va_arg(list, Unsigned128);
  }
  va_end(list);
  return result;
}
NOINLINE static int overflows(Unsigned128 x, Unsigned128 y, Unsigned128 *r) {
  return __builtin_add_overflow(x, y, r) + 2 * __builtin_sub_overflow(x, y, r + 1) +
         4 * __builtin_add_overflow((Signed128)x, (Signed128)y, (Signed128 *)r + 2);
}
NOINLINE static Unsigned128 converted(Unsigned128 x, Signed128 y) {
  double d = (double)(x & 0xffff0000) * 0x1p40, e = (double)(y >> 100);
  return (Unsigned128)(d * 0.25) + (Unsigned128)(Signed128)(e * 4);
}

int main(void) {
  show(global);
  for (int i = 0; i < 3; i++)
    show((Unsigned128)table[i]);
  emit(sum);
  for (int i = 0; i < N; i++) {
    for (int j = 0; j < N; j++) {
      Unsigned128 x = (Unsigned128)inputs[i] << 64 | inputs[j],
                  y = (Unsigned128)inputs[j] << 64 | inputs[N - 1 - i];
      Unsigned128 r[3];
      unsigned n = (unsigned)(inputs[j] & 127);
      show(combine_Unsigned128(x, y, n));
      show((Unsigned128)combine_Signed128((Signed128)(x >> 1), (Signed128)y, n));
      show(combine_Unsigned80((Unsigned80)x, (Unsigned80)y, n % 80));
      show((Unsigned128)combine_Signed80((Signed80)x, (Signed80)y, n % 80));
      show(combine_Unsigned127((Unsigned127)x, (Unsigned127)y, n % 127));
      show((Unsigned128)combine_Signed65((Signed65)x, (Signed65)y, n % 65));
      emit(sum);
      show(many(i, x, j, y, 3, x, 4, y));
      show(listed(3, i, x, j, y, 7, x));
      sum = mix(sum, overflows(x, y, r));
      show(r[0] ^ r[2]);
      show(r[1]);
      show(converted(x, (Signed128)y));
      global = global * 3 + x;
      show((Unsigned128)((Signed128)inputs[i] * (int64_t)inputs[j]) +
           ((Unsigned128)inputs[i] * inputs[j] >> 64));
      show((Unsigned128)((Signed128)(int64_t)inputs[i] * (int64_t)inputs[j]));
      emit(sum);
    }
  }
  show(global);
  emit(sum);
  return 0;
}
