#include <stdint.h>
#define R1(x)                                                                                                \
  if (a[x] > b[x % 7]) {                                                                                     \
    s += a[x] * 3;                                                                                           \
    a[x + 1] ^= s;                                                                                           \
  } else if (a[x] == s)                                                                                      \
    goto out;
#define R4(x) R1(x) R1(x + 1) R1(x + 2) R1(x + 3)
#define R16(x) R4(x) R4(x + 4) R4(x + 8) R4(x + 12)
#define R64(x) R16(x) R16(x + 16) R16(x + 32) R16(x + 48)
int far(volatile int *a, volatile int *b) {
  int s = 0;
  if (b[0] == 99)
    goto out;
  R64(0) R64(64) R64(128) R64(192) out : if (b[1] == s) R64(3) return s;
}
int sw(int x) {
  switch (x) {
  case 1:
    return 5;
  case 10:
    return 3;
  case 100:
    return 8;
  case 1000:
    return 77;
  case 10000:
    return 9;
  case 5:
    return 1;
  }
  return x;
}
