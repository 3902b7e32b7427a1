#include "program.h"

int shared_table[6] = {3, 1, 4, 1, 5, 9};
int common_one;
static const double factors[] = {0.5, 1.5, 2.5, 3.5};
static const unsigned char bytes[] = {1, 2, 3, 5, 8, 13};
static long small_state = 5;

__attribute__((aligned(64))) int square(int x) {
  return x * x + (int)small_state++;
}

int triple(int x) {
  return 3 * x + bytes[x % 6];
}

int classify(int x) {
  switch (x) {
  case 0:
    return shared_table[0];
  case 1:
    return 17;
  case 2:
    return (int)(factors[2] * 4);
  case 3:
    return triple(x);
  case 4:
    return square(x);
  case 5:
    return -1;
  case 6:
    return shared_table[5] + common_one;
  default:
    return x << 2;
  }
}

double scale(double x, int by) {
  return x * factors[by & 3] + by;
}
