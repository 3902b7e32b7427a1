// Control flow: switches, loops with many ways out, recursion, goto.
#include "program.h"

NOINLINE static int64_t dense(unsigned kind, int64_t a, int64_t b) {
  switch (kind) {
  case 0:
    return a + b;
  case 1:
    return a - b;
  case 2:
    return a * 3;
  case 3:
    return a ^ b;
  case 4:
  case 5:
    return a & ~b;
  case 6:
    a += 5; // falls through
  case 7:
    return a >> 3;
  case 9:
    return b << 2;
  case 10:
    return -a;
  default:
    return 99;
  }
}

NOINLINE static const char *sparse(int64_t key) {
  switch (key) {
  case -1000000007:
    return "far below";
  case -1:
    return "minus one";
  case 0:
    return "zero";
  case 77:
    return "seventy-seven";
  case 4096:
    return "page";
  case 0x7fffffffffffffff:
    return "last";
  default:
    return "other";
  }
}

// Values only: a table of constants to a compiler that looks.
NOINLINE static int days(unsigned month) {
  switch (month) {
  case 2:
    return 28;
  case 4:
  case 6:
  case 9:
  case 11:
    return 30;
  default:
    return 31;
  }
}

uint64_t test_switch(uint64_t seed) {
  static const int64_t keys[] = {-1000000007, -1, 0, 77, 4096, INT64_MAX, 78, -2};
  uint64_t state = start(seed), hash = 0;
  for (int i = 0; i < 300; i++) {
    mix(&hash, (uint64_t)dense((unsigned)(next(&state) % 13), (int64_t)next(&state) >> 8,
                               (int64_t)next(&state) >> 8));
    for (const char *text = sparse(keys[next(&state) % 8]); *text; text++)
      mix(&hash, (uint64_t)*text);
    mix(&hash, (uint64_t)days((unsigned)(next(&state) % 14)));
  }
  return hash;
}

NOINLINE static unsigned ackermann(unsigned m, unsigned n) {
  if (m == 0)
    return n + 1;
  return n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

static bool odd(unsigned n);
NOINLINE static bool even(unsigned n) {
  return n == 0 || odd(n - 1);
}
NOINLINE static bool odd(unsigned n) {
  return n != 0 && even(n - 1);
}

static unsigned solutions;
NOINLINE static void place(unsigned row, unsigned columns, unsigned left, unsigned right) {
  if (row == 7) {
    solutions++;
    return;
  }
  for (unsigned free = ~(columns | left | right) & 0x7f; free; free &= free - 1) {
    unsigned bit = free & -free;
    place(row + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1);
  }
}

uint64_t test_recursion(uint64_t seed) {
  uint64_t hash = seed;
  mix(&hash, ackermann(2, (unsigned)(seed % 7)));
  mix(&hash, even((unsigned)(seed % 50)));
  solutions = 0;
  place(0, 0, 0, 0);
  mix(&hash, solutions);
  return hash;
}

NOINLINE static int collatz(uint64_t n) {
  int steps = 0;
  for (;;) {
    if (n <= 1)
      break;
    steps++;
    if (steps > 500)
      return -1;
    if (n % 2 == 0) {
      n /= 2;
      continue;
    }
    n = 3 * n + 1;
  }
  return steps;
}

// The first place of a pair with the wanted sum, found by two nested loops left through a label.
NOINLINE static int find_pair(const int *numbers, int count, int sum) {
  int i, j;
  for (i = 0; i < count; i++)
    for (j = i + 1; j < count; j++)
      if (numbers[i] + numbers[j] == sum)
        goto found;
  return -1;
found:
  return i * count + j;
}

uint64_t test_loops(uint64_t seed) {
  uint64_t state = start(seed), hash = 0;
  int numbers[40];
  for (int i = 0; i < 40; i++)
    numbers[i] = (int)(next(&state) % 1000);
  for (int i = 0; i < 60; i++) {
    mix(&hash, (uint64_t)collatz(next(&state) % 100000));
    mix(&hash, (uint64_t)find_pair(numbers, 40, (int)(next(&state) % 2000)));
  }
  int i = 0;
  do
    mix(&hash, (uint64_t)numbers[i]);
  while (numbers[i++] != numbers[39]);
  return hash;
}

// A state machine over text, with short-circuit conditions.
NOINLINE static int words(const char *text) {
  int count = 0;
  bool inside = false;
  for (; *text; text++) {
    bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || *text == '_';
    if (letter && !inside)
      count++;
    inside = letter || (inside && *text >= '0' && *text <= '9');
  }
  return count;
}

uint64_t test_conditions(uint64_t seed) {
  uint64_t hash = seed;
  static const char *const texts[] = {"", "one", " a b  c ", "x1 2y _z", "A-B_C.9d"};
  for (int i = 0; i < 5; i++)
    mix(&hash, (uint64_t)words(texts[i]));
  return hash;
}
