// Loops: nested, with several exits, counting in every direction and type, and values carried around.
#include "program.h"

#include <stdint.h>

NOINLINE static long triangle(int n) {
  long sum = 0;
  for (int i = 0; i < n; i++)
    for (int j = i; j < n; j++)
      for (int k = j; k > i; k--)
        sum += i * 100 + j * 10 + k;
  return sum;
}

NOINLINE static unsigned count_down(unsigned n) {
  unsigned sum = 0;
  while (n-- > 0)
    sum = sum * 3 + n;
  return sum;
}

NOINLINE static int do_while(int n) {
  int steps = 0;
  do {
    n = n % 2 ? 3 * n + 1 : n / 2;
    steps++;
  } while (n > 1);
  return steps;
}

NOINLINE static int wraps(uint8_t start) {
  int steps = 0;
  for (uint8_t i = start; i != 3; i = (uint8_t)(i + 7))
    steps++;
  return steps;
}

// The values change places in each turn: a cycle of copies at the loop's end.
NOINLINE static long rotate(int n, long a, long b, long c, long d) {
  while (n--) {
    long first = a;
    a = b;
    b = c;
    c = d;
    d = first + n;
  }
  return a + 10 * b + 100 * c + 1000 * d;
}

NOINLINE static long fibonacci(int n) {
  long a = 0, b = 1;
  for (int i = 0; i < n; i++) {
    long sum = a + b;
    a = b;
    b = sum;
  }
  return a;
}

NOINLINE static int find_pair(const int *values, int count, int wanted) {
  for (int i = 0; i < count; i++) {
    if (values[i] < 0)
      continue;
    for (int j = i + 1; j < count; j++) {
      if (values[j] < 0)
        break;
      if (values[i] + values[j] == wanted)
        return i * 100 + j;
    }
  }
  return -1;
}

NOINLINE static int strides(const short *data, int rows, int columns) {
  int sum = 0;
  for (int c = 0; c < columns; c += 3)
    for (int r = rows - 1; r >= 0; r -= 2)
      sum = (int)((unsigned)sum * 5u + (unsigned)data[r * columns + c]);
  return sum;
}

NOINLINE static unsigned long primes(unsigned limit) {
  static uint8_t composite[2000];
  unsigned long sum = 0;
  for (unsigned i = 0; i < limit; i++)
    composite[i] = 0;
  for (unsigned i = 2; i < limit; i++) {
    if (composite[i])
      continue;
    sum = sum * 31 + i;
    for (unsigned j = i * i; j < limit; j += i)
      composite[j] = 1;
  }
  return sum;
}

NOINLINE static uint32_t greatest_divisor(uint32_t a, uint32_t b) {
  for (;;) {
    if (a == 0)
      return b;
    b %= a;
    if (b == 0)
      return a;
    a %= b;
  }
}

// Pointers as loop variables, one of them backwards.
NOINLINE static long meet(const int *from, const int *to) {
  long sum = 0;
  while (from < to) {
    sum = mix(sum, *from++ - *--to);
  }
  return sum;
}

int main(void) {
  static int values[64];
  static short data[24 * 20];
  for (int i = 0; i < 64; i++)
    values[i] = (i * 37 + 11) % 50 - 5;
  for (int i = 0; i < 24 * 20; i++)
    data[i] = (short)(i * 777);
  for (int n = 0; n < 12; n++) {
    emit(triangle(n));
    emit((long)count_down((unsigned)n));
    emit(do_while(n + 2));
    emit(wraps((uint8_t)(n * 5)));
    emit(rotate(n, 1, 2, 3, 4));
    emit(fibonacci(n * 7));
    emit(find_pair(values, 64, n * 9));
    emit(strides(data, 2 * n, 20));
    emit((long)primes((unsigned)n * 170));
    emit((long)greatest_divisor((unsigned)n * 360360, 5040));
    emit(meet(values + n, values + 64 - n));
  }
  return 0;
}
