// Jumps: out of nested loops, backwards, into loops, between cases, loops with two entries.
#include "program.h"

#include <stdint.h>

NOINLINE static int leave(const int *values, int rows, int columns, int wanted) {
  int row, column = -1;
  for (row = 0; row < rows; row++)
    for (column = 0; column < columns; column++)
      if (values[row * columns + column] == wanted)
        goto found;
  return -1;
found:
  return row * 100 + column;
}

NOINLINE static long backwards(long n) {
  long sum = 0;
again:
  sum = mix(sum, n);
  if (--n > 0)
    goto again;
  if (sum & 1) {
    sum ^= 0x55;
    n = 2;
    if (sum & 4)
      goto again;
  }
  return sum;
}

// Entered at two places: the compiler cannot call it a loop.
NOINLINE static uint64_t two_entries(int which, int n) {
  uint64_t a = 1, b = 2;
  if (which)
    goto second;
first:
  a += b * 3;
  if (n-- <= 0)
    return a;
second:
  b ^= a + (uint64_t)n;
  if (b & 1)
    goto first;
  b += 3;
  if (n-- > 0)
    goto second;
  goto first;
}

NOINLINE static int into_loop(int start, int n) {
  int i = start, sum = 0;
  if (start > 3)
    goto inside;
  for (i = 0; i < n; i++) {
    sum += 10;
  inside:
    sum += i;
  }
  return sum;
}

NOINLINE static int cleanup(int a, int b, int c) {
  int result = -1, opened = 0;
  opened++;
  if (a < 0)
    goto close_first;
  opened += 10;
  if (b < 0)
    goto close_second;
  opened += 100;
  if (c < 0)
    goto close_third;
  result = a + b + c;
close_third:
  opened -= 100;
close_second:
  opened -= 10;
close_first:
  opened--;
  return result * 1000 + opened;
}

// Copies that were made for unrolling, entered in the middle.
NOINLINE static void unrolled(short *to, const short *from, int count) {
  int n = (count + 7) / 8;
  if (count <= 0)
    return;
  switch (count % 8) {
  case 0:
    do {
      *to++ = *from++;
    case 7:
      *to++ = *from++;
    case 6:
      *to++ = *from++;
    case 5:
      *to++ = *from++;
    case 4:
      *to++ = *from++;
    case 3:
      *to++ = *from++;
    case 2:
      *to++ = *from++;
    case 1:
      *to++ = *from++;
    } while (--n > 0);
  }
}

NOINLINE static long coroutine(int *state, long x) {
  switch (*state) {
  case 0:
    *state = 1;
    return x * 2;
  case 1:
    for (x += 5; x < 1000; x *= 3) {
      *state = 2;
      return x;
    case 2:
      x++;
    }
    *state = 3;
    return -x;
  default:
    *state = 0;
    return 0;
  }
}

int main(void) {
  static const int values[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  for (int n = 0; n < 14; n++) {
    emit(leave(values, 3, 4, n));
    emit(backwards(n));
    emit((long)two_entries(n & 1, n * 3));
    emit(into_loop(n, 8));
    emit(cleanup(n % 4 - 1, n % 3 - 1, n % 5 - 1));
  }
  short from[40], to[40] = {0};
  for (int i = 0; i < 40; i++)
    from[i] = (short)(i * i);
  for (int count = 0; count < 40; count += 3) {
    unrolled(to, from + (40 - count), count);
    long sum = 0;
    for (int i = 0; i < 40; i++)
      sum = mix(sum, to[i]);
    emit(sum);
  }
  int state = 0;
  long x = 1;
  for (int i = 0; i < 16; i++) {
    x = coroutine(&state, x);
    emit(x * 10 + state);
  }
  return 0;
}
