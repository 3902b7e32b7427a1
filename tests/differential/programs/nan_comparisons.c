// Comparisons of floats with NaN among them: as values, branches, negated, and the smaller and larger of two.
#include "program.h"

#include <stdint.h>

#define COMPARE(name, type)                                                                                  \
  NOINLINE static unsigned values_##name(type a, type b) {                                                   \
    return (unsigned)(a == b) | (unsigned)(a != b) << 1 | (unsigned)(a < b) << 2 | (unsigned)(a <= b) << 3 | \
           (unsigned)(a > b) << 4 | (unsigned)(a >= b) << 5 | (unsigned)!(a < b) << 6 |                      \
           (unsigned)!(a <= b) << 7 | (unsigned)!(a > b) << 8 | (unsigned)!(a >= b) << 9 |                   \
           (unsigned)__builtin_isunordered(a, b) << 10 | (unsigned)__builtin_islessgreater(a, b) << 11 |     \
           (unsigned)!__builtin_islessgreater(a, b) << 12 | (unsigned)(a != a) << 13;                        \
  }                                                                                                          \
  NOINLINE static unsigned branches_##name(type a, type b) {                                                 \
    unsigned bits = 0;                                                                                       \
    if (a == b)                                                                                              \
      bits += 1;                                                                                             \
    if (a != b)                                                                                              \
      bits += 2;                                                                                             \
    if (a < b)                                                                                               \
      bits += 4;                                                                                             \
    else                                                                                                     \
      bits += 1000;                                                                                          \
    if (!(a <= b))                                                                                           \
      bits += 8;                                                                                             \
    if (a > b || __builtin_isunordered(a, b))                                                                \
      bits += 16;                                                                                            \
    while (a >= b && bits < 500)                                                                             \
      bits += 300;                                                                                           \
    return bits;                                                                                             \
  }                                                                                                          \
  NOINLINE static type least_##name(type a, type b) {                                                        \
    return a < b ? a : b;                                                                                    \
  }                                                                                                          \
  NOINLINE static type most_##name(type a, type b) {                                                         \
    return a >= b ? a : b;                                                                                   \
  }                                                                                                          \
  NOINLINE static type clamp_##name(type x) {                                                                \
    x = x < -1 ? -1 : x;                                                                                     \
    return x > 6 ? 6 : x;                                                                                    \
  }

COMPARE(float, float)
COMPARE(double, double)
COMPARE(half, _Float16)

NOINLINE static long look(double x) {
  union {
    double value;
    long bits;
  } both = {x};
  return x != x ? 1 : both.bits;
}
NOINLINE static int classify(double x) {
  if (__builtin_isnan(x))
    return 0;
  if (__builtin_isinf(x))
    return x < 0 ? 1 : 2;
  if (x == 0)
    return 3;
  return __builtin_fabs(x) < 0x1p-1022 ? 4 : 5;
}
NOINLINE static int first_nan(const double *from, int count) {
  for (int i = 0; i < count; i++) {
    if (from[i] != from[i])
      return i;
  }
  return -1;
}

int main(void) {
  static volatile double zero = 0;
  double values[] = {zero / zero, 1 / zero, -1 / zero, 0.0, -0.0, 1, -1, 5.5, 1e-320, 7, 60000};
  enum { VALUES = sizeof values / sizeof values[0] };
  for (int i = 0; i < VALUES; i++) {
    for (int j = 0; j < VALUES; j++) {
      double a = values[i], b = values[j];
      emit(values_double(a, b) | (long)values_float((float)a, (float)b) << 16 |
           (long)values_half((_Float16)a, (_Float16)b) << 32);
      emit(branches_double(a, b) + 10000l * branches_float((float)a, (float)b) +
           100000000l * branches_half((_Float16)a, (_Float16)b));
      emit(look(least_double(a, b)));
      emit(look(most_double(a, b)));
      emit(look((double)least_float((float)a, (float)b)));
      emit(look((double)most_float((float)a, (float)b)));
      emit(look((double)least_half((_Float16)a, (_Float16)b)));
      emit(look((double)most_half((_Float16)a, (_Float16)b)));
    }
    emit(look(clamp_double(values[i])));
    emit(look((double)clamp_float((float)values[i])));
    emit(look((double)clamp_half((_Float16)values[i])));
    emit(classify(values[i]));
  }
  emit(first_nan(values, VALUES) * 10 + first_nan(values + 1, VALUES - 1));
  return 0;
}
