// Float and double arithmetic: infinities, zeros of both signs, subnormals, square roots, fused only when
// asked.
#include "program.h"

#include <stdint.h>

static const double values[] = {0.0,        -0.0,
                                1.0,        -1.0,
                                0.1,        -2.5,
                                1e10,       1e-10,
                                3.4e38,     1e-38,
                                1e-45,      1e300,
                                -1e300,     2.3e-308,
                                5e-324,     1.0 / 3,
                                1e400,      -1e400,
                                16777217.0, 9007199254740993.0,
                                65504.0,    0.7071067811865476};
enum { VALUES = sizeof values / sizeof values[0] };

// The bits of a number; all NaNs look the same.
NOINLINE static long bits(double x) {
  union {
    double value;
    long bits;
  } both = {x};
  return x != x ? 0x7ff8 : both.bits;
}
NOINLINE static long bits_of_float(float x) {
  union {
    float value;
    int32_t bits;
  } both = {x};
  return x != x ? 0x7fc0 : both.bits;
}

NOINLINE static double add(double a, double b) {
  return a + b;
}
NOINLINE static double subtract(double a, double b) {
  return a - b;
}
NOINLINE static double multiply(double a, double b) {
  return a * b;
}
NOINLINE static double divide(double a, double b) {
  return a / b;
}
NOINLINE static float add_float(float a, float b) {
  return a + b;
}
NOINLINE static float subtract_float(float a, float b) {
  return a - b;
}
NOINLINE static float multiply_float(float a, float b) {
  return a * b;
}
NOINLINE static float divide_float(float a, float b) {
  return a / b;
}
NOINLINE static double negate(double a) {
  return -a;
}
NOINLINE static float negate_float(float a) {
  return -a;
}
NOINLINE static double root(double a) {
  return __builtin_sqrt(a);
}
NOINLINE static float root_float(float a) {
  return __builtin_sqrtf(a);
}
NOINLINE static double absolute(double a) {
  return __builtin_fabs(a);
}
NOINLINE static float absolute_float(float a) {
  return __builtin_fabsf(a);
}
// The sign of a NaN means nothing: it is taken of numbers only.
NOINLINE static double with_sign(double a, double b) {
  return b != b ? a : __builtin_copysign(a, b);
}
NOINLINE static float with_sign_float(float a, float b) {
  return b != b ? a : __builtin_copysignf(a, b);
}
NOINLINE static double not_fused(double a, double b, double c) {
  return a * b + c;
}
NOINLINE static double negated(double a, double b, double c) {
  return -(a * b) - c;
}
NOINLINE static float polynomial(float x) {
  return ((0.25f * x - 1.5f) * x + 3.0f) * x - 0.125f;
}

// A sum in which each rounding shows; compensated so that the lost part is seen too.
NOINLINE static double compensated(const double *from, int count) {
  double sum = 0, lost = 0;
  for (int i = 0; i < count; i++) {
    double y = from[i] * 0.1 - lost, t = sum + y;
    lost = (t - sum) - y;
    sum = t;
  }
  return sum + lost;
}
NOINLINE static float harmonic(int n) {
  float sum = 0;
  for (int i = 1; i <= n; i++)
    sum += 1.0f / (float)i;
  return sum;
}
NOINLINE static double newton(double x) {
  double guess = x;
  for (int i = 0; i < 30; i++)
    guess = 0.5 * (guess + x / guess);
  return guess;
}
NOINLINE static double series(double x) {
  double term = 1, sum = 0;
  for (int i = 1; i < 25; i++) {
    sum += term;
    term *= x / i;
  }
  return sum;
}

int main(void) {
  for (int i = 0; i < VALUES; i++) {
    double a = values[i];
    float f = (float)a;
    long sum = 0;
    for (int j = 0; j < VALUES; j++) {
      double b = values[j];
      float g = (float)b;
      sum = mix(sum, bits(add(a, b)));
      sum = mix(sum, bits(subtract(a, b)));
      sum = mix(sum, bits(multiply(a, b)));
      sum = mix(sum, bits(divide(a, b)));
      sum = mix(sum, bits_of_float(add_float(f, g)));
      sum = mix(sum, bits_of_float(subtract_float(f, g)));
      sum = mix(sum, bits_of_float(multiply_float(f, g)));
      sum = mix(sum, bits_of_float(divide_float(f, g)));
      sum = mix(sum, bits(with_sign(a, b)));
      sum = mix(sum, bits_of_float(with_sign_float(f, g)));
      sum = mix(sum, bits(not_fused(a, b, -a * b)));
      sum = mix(sum, bits(negated(a, b, 1)));
    }
    emit(sum);
    emit(bits(negate(a)));
    emit(bits_of_float(negate_float(f)));
    emit(bits(root(a)));
    emit(bits_of_float(root_float(f)));
    emit(bits(absolute(a)));
    emit(bits_of_float(absolute_float(f)));
    emit(bits_of_float(polynomial(f)));
  }
  emit(bits(compensated(values, 10)));
  emit(bits_of_float(harmonic(1000)));
  emit(bits(newton(2)));
  emit(bits(series(1)));
  emit(bits(series(-10)));
  return 0;
}
