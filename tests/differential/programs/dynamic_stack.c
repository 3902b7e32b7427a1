// Arrays whose length is known when the program runs: in loops, aligned, beside stack arguments and spills.
#include "program.h"

NOINLINE static long fill(long *p, long n, long a, long b, long c, long d, long e, long f, long g, long h) {
  for (long i = 0; i < n; i++)
    p[i] = a * i + b + (c ^ i) + d * e - f + g * h;
  return p[n - 1];
}

NOINLINE static long sum(const long *p, long n) {
  long result = 0;
  for (long i = 0; i < n; i++)
    result = mix(result, p[i]);
  return result;
}

NOINLINE static long in_loop(long n, double x) {
  long fixed[20], result = 0;
  for (long i = 1; i < n; i++) {
    long array[i];
    result = mix(result, fill(array, i, n, i, result, 3, 4, 5, 6, 7));
    fixed[i % 20] = array[i / 2];
    result = mix(result, sum(array, i) + (long)(x * (double)i));
  }
  for (long i = 1; i < n && i < 20; i++)
    result = mix(result, fixed[i]);
  return result;
}

NOINLINE static long two(long n, long m, long a, long b, long c, long d, long e, long f, long g, long h) {
  long first[n], second[m];
  fill(first, n, a, b, c, d, e, f, g, h);
  fill(second, m, h, g, f, e, d, c, b, a);
  return mix(sum(first, n), sum(second, m)) + g * h;
}

NOINLINE static long aligned(long n) {
  long *p = __builtin_alloca_with_align((unsigned long)n * sizeof(long), 512);
  fill(p, n, 1, 2, 3, 4, 5, 6, 7, 8);
  return sum(p, n) * 64 + ((long)p & 63);
}

NOINLINE static long large(long n) {
  volatile long fixed[600];
  long array[n];
  for (long i = 0; i < 600; i++)
    fixed[i] = i * n;
  fill(array, n, 1, 2, 3, 4, 5, 6, 7, 8);
  long result = sum(array, n);
  for (long i = 0; i < 600; i++)
    result = mix(result, fixed[i]);
  return result;
}

NOINLINE static long nested(long n) {
  long array[n];
  for (long i = 0; i < n; i++)
    array[i] = i;
  return n > 1 ? mix(nested(n - 1), sum(array, n)) : array[0];
}

int main(void) {
  emit(in_loop(40, 2.5));
  emit(two(3, 50, 1, 2, 3, 4, 5, 6, 7, 8));
  emit(aligned(9));
  emit(large(33));
  emit(nested(12));
  return 0;
}
