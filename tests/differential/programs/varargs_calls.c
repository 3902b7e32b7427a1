// Calls of variadic functions: named and further arguments in registers and on the stack.
#include "program.h"

#include <stdint.h>

NOINLINE static int few(int a, double b, const char *c) {
  return emit_each("idp", a, b, c);
}

NOINLINE static int many(int a, long b, double c, float d) {
  return emit_each("iiilldddliddiill", a, a + 1, -a, b, b * 2, c, (double)d, c * 0.5, b ^ 0x5555, (int8_t)a,
                   -c, c + 1, (uint16_t)b, 'x', b >> 1, ~b);
}

NOINLINE static int only_doubles(double x) {
  return emit_each("dddddddddd", x, -x, x * 2, x * 3, x * 4, x * 5, x * 6, x * 7, x * 8, x * 9);
}

NOINLINE static int none(void) {
  return emit_each("");
}

// A variadic function through a pointer, its results in use.
NOINLINE static long indirect(int (*function)(const char *, ...), long n) {
  long sum = function("l", n);
  sum = mix(sum, function("li", n, (int)n));
  sum = mix(sum, function("lidp", n, (int)n, (double)n, "ab"));
  return sum;
}

// Values that live across the calls.
NOINLINE static long across(int n, double x) {
  long sum = n;
  double product = x;
  for (int i = 0; i < 3; i++) {
    sum = mix(sum, emit_each("id", i + n, product));
    product *= x + i;
  }
  return sum + (long)product;
}

int main(void) {
  emit(few(-1, 0.1, "kiln"));
  emit(few(2147483647, -1e300, ""));
  emit(many(5, 1l << 40, 3.25, 0.1f));
  emit(many(-128, -1, -0.0, -7.5f));
  emit(only_doubles(1.0 / 3));
  emit(none());
  emit(indirect(emit_each, -123456789012));
  emit(across(4, 1.5));
  return few(1, 2, "3");
}
