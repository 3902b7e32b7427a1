// Numbers of many words: addition with carry, products, division by words, powers, factorials, decimal digits
// of pi.
#include "program.h"

#include <stdint.h>

enum { WORDS = 40 };
typedef struct Number {
  uint32_t words[WORDS];
} Number;

NOINLINE static Number from(uint64_t x) {
  return (Number){{(uint32_t)x, (uint32_t)(x >> 32)}};
}
NOINLINE static int add(Number *a, const Number *b) {
  uint64_t carry = 0;
  for (int i = 0; i < WORDS; i++) {
    carry += (uint64_t)a->words[i] + b->words[i];
    a->words[i] = (uint32_t)carry;
    carry >>= 32;
  }
  return (int)carry;
}
NOINLINE static int subtract(Number *a, const Number *b) {
  int64_t borrow = 0;
  for (int i = 0; i < WORDS; i++) {
    borrow += (int64_t)a->words[i] - b->words[i];
    a->words[i] = (uint32_t)borrow;
    borrow >>= 32;
  }
  return borrow != 0;
}
NOINLINE static Number multiply(Number a, const Number *b) {
  Number product = {{0}};
  for (int i = 0; i < WORDS; i++) {
    uint64_t carry = 0;
    for (int j = 0; i + j < WORDS; j++) {
      carry += (uint64_t)a.words[i] * b->words[j] + product.words[i + j];
      product.words[i + j] = (uint32_t)carry;
      carry >>= 32;
    }
  }
  return product;
}
NOINLINE static uint32_t divide(Number *a, uint32_t by) {
  uint64_t rest = 0;
  for (int i = WORDS; i-- > 0;) {
    rest = rest << 32 | a->words[i];
    a->words[i] = (uint32_t)(rest / by);
    rest %= by;
  }
  return (uint32_t)rest;
}
NOINLINE static int compare(const Number *a, const Number *b) {
  for (int i = WORDS; i-- > 0;) {
    if (a->words[i] != b->words[i])
      return a->words[i] < b->words[i] ? -1 : 1;
  }
  return 0;
}
NOINLINE static Number power(uint64_t base, unsigned exponent) {
  Number result = from(1), square = from(base);
  for (; exponent; exponent >>= 1) {
    if (exponent & 1)
      result = multiply(result, &square);
    square = multiply(square, &square);
  }
  return result;
}
static void show(Number a) {
  long sum = 0;
  for (int i = 0; i < 60; i++)
    sum = mix(sum, divide(&a, 1000000007));
  emit(sum);
}

// Words of 64 bits, with the carry found by comparing.
NOINLINE static uint64_t add64(uint64_t *a, const uint64_t *b, int count) {
  uint64_t carry = 0;
  for (int i = 0; i < count; i++) {
    uint64_t sum = a[i] + carry;
    carry = sum < carry;
    a[i] = sum + b[i];
    carry += a[i] < sum;
  }
  return carry;
}
NOINLINE static uint64_t power_modulo(uint64_t base, uint64_t exponent, uint64_t modulus) {
  uint64_t result = 1;
  for (base %= modulus; exponent; exponent >>= 1) {
    if (exponent & 1)
      result = result * base % modulus;
    base = base * base % modulus;
  }
  return result;
}
// Digits of pi, four at a time.
NOINLINE static long pi(void) {
  static int f[360];
  int a = 10000, e = 0;
  long sum = 0;
  for (int i = 0; i < 351; i++)
    f[i] = a / 5;
  for (int c = 350; c > 0; c -= 14) {
    int d = 0;
    for (int b = c; b > 0; b--) {
      d += f[b] * a;
      f[b] = d % (2 * b - 1);
      d /= 2 * b - 1;
      if (b > 1)
        d *= b - 1;
    }
    sum = mix(sum, e + d / a);
    e = d % a;
  }
  return sum;
}

int main(void) {
  show(power(3, 500));
  show(power(0xffffffffffffffff, 9));
  Number factorial = from(1), sum = from(0);
  for (uint64_t n = 1; n <= 100; n++) {
    Number by = from(n);
    factorial = multiply(factorial, &by);
    add(&sum, &factorial);
  }
  show(factorial);
  show(sum);
  Number a = power(7, 100), b = power(5, 120);
  emit(compare(&a, &b) * 10 + compare(&b, &b));
  emit(subtract(&a, &b) * 2 + subtract(&b, &factorial));
  show(a);
  emit(add(&a, &b));
  uint64_t x[4] = {~0ul, ~0ul, 5, ~0ul}, y[4] = {1, 0, ~0ul, 0};
  emit((long)add64(x, y, 4));
  for (int i = 0; i < 4; i++)
    emit((long)x[i]);
  emit((long)power_modulo(12345, 0xfedcba9876543210, 4294967291));
  emit(pi());
  return 0;
}
