// Functions longer than a conditional branch reaches (4 KiB): branches over all of them, forwards and
// backwards.
#include "program.h"

#include <stdint.h>

static volatile uint32_t sink;

#define STEP(n)                                                                                              \
  a = (a ^ (n) * 0x9e3779b9u) + b;                                                                           \
  b = b << 5 ^ b >> 3 ^ a;                                                                                   \
  if (a & 64)                                                                                                \
    sink = a + (n);
#define STEP8(n) STEP(n) STEP(n + 1) STEP(n + 2) STEP(n + 3) STEP(n + 4) STEP(n + 5) STEP(n + 6) STEP(n + 7)
#define STEP64(n)                                                                                            \
  STEP8(n) STEP8(n + 8) STEP8(n + 16) STEP8(n + 24) STEP8(n + 32) STEP8(n + 40) STEP8(n + 48) STEP8(n + 56)

NOINLINE static uint32_t over(uint32_t a, uint32_t b, int skip) {
  if (skip)
    goto end;
  STEP64(1)
  STEP64(65)
  STEP64(129)
end:
  return a ^ b * 3;
}

NOINLINE static uint32_t around(uint32_t a, uint32_t b, int n) {
  do {
    if (a % 7 == 3)
      continue;
    STEP64(1000)
    if (b == 12345)
      break;
    STEP64(2000)
    STEP64(3000)
  } while (--n > 0);
  return a + b;
}

NOINLINE static uint32_t choose(uint32_t a, uint32_t b, int which) {
  switch (which) {
  case 0:
    STEP64(1)
    break;
  case 1:
    STEP64(2)
  case 2:
    STEP64(3)
    break;
  case 3:
    STEP64(4)
    return b;
  case 4:
    return a;
  default:
    STEP64(5)
  }
  return a ^ b;
}

// As floats: other branches, other registers.
#define MOVE(n)                                                                                              \
  x = x * 1.0001 + y;                                                                                        \
  if (x > (n))                                                                                               \
    y -= 0.5;                                                                                                \
  else                                                                                                       \
    y += x * 0.001;
#define MOVE8(n) MOVE(n) MOVE(n + 1) MOVE(n + 2) MOVE(n + 3) MOVE(n + 4) MOVE(n + 5) MOVE(n + 6) MOVE(n + 7)
NOINLINE static double real(double x, double y, int n) {
  for (int i = 0; i < n; i++) {
    if (y > 1e6)
      return x;
    MOVE8(1)
    MOVE8(9)
    MOVE8(17)
    MOVE8(25)
    MOVE8(33)
    MOVE8(41)
    MOVE8(49)
    MOVE8(57)
    MOVE8(65)
    MOVE8(73)
    MOVE8(81)
    MOVE8(89)
  }
  return x - y;
}

int main(void) {
  for (int n = 0; n < 8; n++) {
    emit(over((unsigned)n, 77, n & 1));
    emit(around((unsigned)n * 1000, 5, n));
    emit(choose(9, (unsigned)n, n));
    emit((long)(real(n, 1, n) * 1000));
    emit(sink);
  }
  return 0;
}
