// Recursion: plain, mutual, with many live values, through arrays of the frame, and in tail position.
#include "program.h"

#include <stdint.h>

NOINLINE static int fibonacci(int n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

NOINLINE static unsigned ackermann(unsigned m, unsigned n) {
  if (m == 0)
    return n + 1;
  if (n == 0)
    return ackermann(m - 1, 1);
  return ackermann(m - 1, ackermann(m, n - 1));
}

static int odd(unsigned n);
NOINLINE static int even(unsigned n) {
  return n == 0 ? 1 : odd(n - 1);
}
NOINLINE static int odd(unsigned n) {
  return n == 0 ? 0 : even(n - 1);
}

static long moves;
NOINLINE static void hanoi(int n, int from, int to, int over) {
  if (n == 0)
    return;
  hanoi(n - 1, from, over, to);
  moves = mix(moves, from * 4 + to);
  hanoi(n - 1, over, to, from);
}

NOINLINE static int queens(int size, int row, unsigned columns, unsigned rising, unsigned falling) {
  if (row == size)
    return 1;
  int count = 0;
  for (int column = 0; column < size; column++) {
    unsigned c = 1u << column, r = 1u << (row + column), f = 1u << (row - column + size);
    if (columns & c || rising & r || falling & f)
      continue;
    count += queens(size, row + 1, columns | c, rising | r, falling | f);
  }
  return count;
}

NOINLINE static unsigned long many_live(int depth, unsigned long a, unsigned long b, unsigned long c,
                                        unsigned long d, unsigned long e, unsigned long f, unsigned long g) {
  if (depth == 0)
    return a ^ b ^ c ^ d ^ e ^ f ^ g;
  unsigned long h = a + b, i = c * d, j = e - f, k = g ^ a, l = b | c, m = d & e;
  unsigned long first = many_live(depth - 1, b, c, d, e, f, g, a);
  unsigned long second = many_live(depth - 1, h, i, j, k, l, m, first);
  return first + 3 * second + h + 5 * i + 7 * j + 11 * k + 13 * l + 17 * m + a - b + c - d + e - f + g;
}

NOINLINE static double power(double x, int n) {
  if (n == 0)
    return 1;
  double half = power(x, n / 2);
  return n % 2 ? half * half * x : half * half;
}

// Each activation has an array of its own, whose address goes down.
NOINLINE static int permutations(const int *items, int count, int *sum) {
  int rest[8];
  if (count == 0)
    return 1;
  int found = 0;
  for (int skip = 0; skip < count; skip++) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (i != skip)
        rest[kept++] = items[i];
    }
    *sum = (int)((unsigned)*sum * 3u + (unsigned)items[skip]);
    found += permutations(rest, kept, sum);
  }
  return found;
}

NOINLINE static uint64_t tail(uint64_t n, uint64_t sum) {
  if (n == 0)
    return sum;
  return tail(n - 1, sum * 31 + n);
}

int main(void) {
  emit(fibonacci(18));
  emit(ackermann(2, 9));
  emit(even(31) * 10 + odd(31));
  hanoi(8, 0, 1, 2);
  emit(moves);
  for (int n = 1; n < 8; n++)
    emit(queens(n, 0, 0, 0, 0));
  emit((long)many_live(7, 1, -2ul, 3, -4ul, 5, -6ul, 7));
  emit((long)(power(1.0009765625, 300) * 1e9));
  static const int items[] = {3, 1, 4, 1, 5, 9};
  int sum = 0;
  emit(permutations(items, 6, &sum));
  emit(sum);
  emit((long)tail(1000, 0));
  return fibonacci(12) & 255;
}
