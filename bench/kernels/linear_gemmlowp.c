// A fully connected layer scaled as TensorFlow Lite's reference code does it.
#include <stdint.h>
static int32_t doubled(int32_t a, int32_t b) {
  int overflow = a == b && a == INT32_MIN;
  int64_t product = (int64_t)a * b;
  int32_t nudge = product >= 0 ? 1 << 30 : 1 - (1 << 30);
  int32_t high = (int32_t)((product + nudge) / (1ll << 31));
  return overflow ? INT32_MAX : high;
}
static int32_t rounded(int32_t x, int exponent) {
  int32_t mask = (int32_t)((1ll << exponent) - 1), rest = x & mask;
  return (x >> exponent) + (rest > (mask >> 1) + (x < 0 ? 1 : 0) ? 1 : 0);
}
void kernel(int8_t x[128][128], int8_t w[128][128], int32_t *b, int32_t *m, int32_t *t, int8_t y[128][128]) {
  for (int i = 0; i < 128; i++)
    for (int j = 0; j < 128; j++) {
      int32_t s = b[j];
      for (int k = 0; k < 128; k++)
        s += x[i][k] * w[j][k];
      int32_t v = rounded(doubled(s * (1 << (t[j] > 0 ? t[j] : 0)), m[j]), t[j] > 0 ? 0 : -t[j]) - 5;
      y[i][j] = v < -128 ? -128 : v > 127 ? 127 : v;
    }
}
