// _Float16: arithmetic rounded after each step, conversions, comparisons, arrays, arguments.
#include "program.h"

#include <stdint.h>

static const float values[] = {0,     -0.0f, 1,     -1,    0.1f,  -2.5f,   2048,  2049,     2051,
                               65504, 65519, 65520, 1e-5f, 6e-8f, 2.9e-8f, 1e-4f, 1.0f / 3, -1000.5f};
enum { VALUES = sizeof values / sizeof values[0] };

NOINLINE static long bits(_Float16 x) {
  union {
    _Float16 value;
    uint16_t bits;
  } both = {x};
  return x != x ? 0x7e00 : both.bits;
}

NOINLINE static _Float16 add(_Float16 a, _Float16 b) {
  return a + b;
}
NOINLINE static _Float16 subtract(_Float16 a, _Float16 b) {
  return a - b;
}
NOINLINE static _Float16 multiply(_Float16 a, _Float16 b) {
  return a * b;
}
NOINLINE static _Float16 divide(_Float16 a, _Float16 b) {
  return a / b;
}
NOINLINE static _Float16 negate(_Float16 a) {
  return -a;
}
NOINLINE static _Float16 chain(_Float16 a, _Float16 b, _Float16 c) {
  return (a + b) * c - a / (b + (_Float16)3);
}
NOINLINE static float widen(_Float16 a) {
  return a;
}
NOINLINE static double widen_more(_Float16 a) {
  return a;
}
NOINLINE static _Float16 narrow(float a) {
  return (_Float16)a;
}
NOINLINE static _Float16 narrow_double(double a) {
  return (_Float16)a;
}
NOINLINE static _Float16 from_int(int a) {
  return (_Float16)a;
}
NOINLINE static _Float16 from_unsigned(unsigned a) {
  return (_Float16)a;
}
NOINLINE static _Float16 from_long(long a) {
  return (_Float16)a;
}
NOINLINE static int to_int(_Float16 a) {
  return (int)a;
}
NOINLINE static long to_long(_Float16 a) {
  return (long)a;
}
NOINLINE static int8_t to_byte(_Float16 a) {
  return a > -128 && a < 127 ? (int8_t)a : 0;
}

NOINLINE static _Float16 dot(const _Float16 *a, const _Float16 *b, int n) {
  _Float16 sum = 0;
  for (int i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}
NOINLINE static float dot_wide(const _Float16 *a, const _Float16 *b, int n) {
  float sum = 0;
  for (int i = 0; i < n; i++)
    sum += (float)a[i] * (float)b[i];
  return sum;
}
NOINLINE static void relu(_Float16 *x, int n, _Float16 limit) {
  for (int i = 0; i < n; i++) {
    _Float16 v = x[i];
    v = v > 0 ? v : 0;
    x[i] = v < limit ? v : limit;
  }
}

int main(void) {
  for (int i = 0; i < VALUES; i++) {
    _Float16 a = (_Float16)values[i];
    long sum = 0;
    for (int j = 0; j < VALUES; j++) {
      _Float16 b = (_Float16)values[j];
      sum = mix(sum, bits(add(a, b)));
      sum = mix(sum, bits(subtract(a, b)));
      sum = mix(sum, bits(multiply(a, b)));
      sum = mix(sum, bits(divide(a, b)));
      sum = mix(sum, bits(chain(a, b, (_Float16)0.7)));
      sum = mix(sum, (a < b) + (a <= b) * 2 + (a == b) * 4);
    }
    emit(sum);
    emit(bits(negate(a)));
    emit((long)((double)widen(a < 60000 ? a : 1) * 1e9) + (long)(widen_more(a < 60000 ? a : 2) * 1e8));
    emit(bits(narrow(values[i])));
    emit(bits(narrow_double((double)values[i] * 1.0000001)));
    emit(bits(from_int((int)values[i] * 3 + 1)));
    emit(bits(from_unsigned((unsigned)(int)values[i])));
    emit(bits(from_long((long)values[i] * 1000)));
    emit(a < 65000 ? to_int(a) * 3l + to_long(a) + to_byte(a) : 0);
  }
  static _Float16 x[33], y[33];
  for (int i = 0; i < 33; i++) {
    x[i] = (_Float16)(i - 16) / (_Float16)4;
    y[i] = (_Float16)(i * 7 % 11);
  }
  emit(bits(dot(x, y, 33)));
  emit((long)(dot_wide(x, y, 33) * 16));
  relu(x, 33, (_Float16)3.3);
  long sum = 0;
  for (int i = 0; i < 33; i++)
    sum = mix(sum, bits(x[i]));
  emit(sum);
  return 0;
}
