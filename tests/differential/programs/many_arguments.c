// Calls with more arguments than registers: integers, floats, both, narrow ones, through pointers too.
#include "program.h"

#include <stdint.h>

NOINLINE static long integers(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j,
                              long k, long l) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k + 12 * l;
}

NOINLINE static long narrow(int8_t a, uint8_t b, int16_t c, uint16_t d, int32_t e, uint32_t f, int8_t g,
                            uint8_t h, int8_t i, uint8_t j, int16_t k, uint16_t l, int32_t m, uint32_t n,
                            _Bool o) {
  return a + 2l * b + 3l * c + 4l * d + 5l * e + 6l * f + 7l * g + 8l * h + 9l * i + 10l * j + 11l * k +
         12l * l + 13l * m + 14l * n + 15l * o;
}

NOINLINE static double doubles(double a, double b, double c, double d, double e, double f, double g, double h,
                               double i, double j, double k) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k;
}

// Ten floats: eight in floating registers, then in integer registers, then on the stack.
NOINLINE static float floats(int n, float a, float b, float c, float d, float e, float f, float g, float h,
                             float i, float j, int o, long p, long q, long r, long s, float k, float l) {
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k + 12 * l +
         (float)(n + o + p + q + r + s);
}

NOINLINE static double mixed(int a, double b, float c, long d, uint8_t e, double f, const int *g, double h,
                             int16_t i, float j, long k, double l, unsigned m, float n, double o, double p,
                             double q, int r, double s, const double *t) {
  double sum =
      a + 2 * b + 3 * (double)c + 4 * (double)d + 5 * e + 6 * f + 7 * *g + 8 * h + 9 * i + 10 * (double)j;
  sum += 11 * (double)k + 12 * l + 13.0 * m + 14 * (double)n + 15 * o + 16 * p + 17 * q + 18 * r;
  return sum + 19 * s + 20 * *t;
}

// The callee changes its arguments on the stack and hands them on in another order.
NOINLINE static long forward(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j) {
  i += a;
  j *= b;
  const long *where = j & 1 ? &i : &j;
  return integers(j, i, h, g, f, e, d, c, b, a, *where, i ^ j);
}

typedef double Mixed(int, double, float, long, uint8_t, double, const int *, double, int16_t, float, long,
                     double, unsigned, float, double, double, double, int, double, const double *);

NOINLINE static double through(Mixed *function, int n) {
  double x = n * 0.5;
  return function(n, x, (float)x, n * 3l, (uint8_t)n, -x, &n, 2 * x, (int16_t)-n, 3.5f, 1l << 33, x * x, 7u,
                  0.25f, 1.0, 2.0, 3.0, -n, 4.0, &x);
}

NOINLINE static _Float16 halves(_Float16 a, int b, _Float16 c, double d, _Float16 e) {
  return a * (_Float16)b + c - (_Float16)d * e;
}

int main(void) {
  for (int n = -3; n < 4; n++) {
    emit(integers(n, 2, -3, n * 4, 5, -6, 7, n - 8, 9, -10, n * n, 12345678901));
    emit(narrow((int8_t)(n * 40), (uint8_t)n, (int16_t)(n * 9999), (uint16_t)n, n * (1 << 28), (unsigned)n,
                (int8_t)-n, (uint8_t)(n * 77), (int8_t)(n * 100), (uint8_t)(n - 1), (int16_t)(n - 32768),
                (uint16_t)(n * 3), -n, (unsigned)(n * 1000000007l), n > 0));
    emit((long)(doubles(n, 0.5, -n, 1.25, n * 2.5, 6, 7, -8.125, 9, n + 10.5, 11) * 8));
    emit((long)(floats(n, 1, 2, (float)n, 4, -5, 6, 7, 8, (float)n * 9, 10.5f, n, 1, 2, 3, 4, 0.5f, -1.5f) *
                2));
    emit((long)(through(mixed, n) * 16));
    emit(forward(n, n + 1, 2, 3, 4, 5, 6, 7, n + 8, 9));
    emit((long)((double)halves((_Float16)n, 3, (_Float16)0.5, 1.5, (_Float16)2) * 8));
  }
  return 0;
}
