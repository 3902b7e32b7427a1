// A fully connected layer as TensorFlow Lite's reference code writes it: bias, scaling by channel with two
// roundings, a zero point and bounds. The drain unit does all of it.
#include <stdint.h>

enum { ROWS = 256, OUTPUTS = 256, INPUTS = 256 };

static inline int32_t doubling_high_multiply(int32_t a, int32_t b) {
  int overflow = a == b && a == INT32_MIN;
  int64_t product = (int64_t)a * b;
  int32_t nudge = product >= 0 ? 1 << 30 : 1 - (1 << 30);
  int32_t high = (int32_t)((product + nudge) / (1ll << 31));
  return overflow ? INT32_MAX : high;
}

static inline int32_t divide_by_power_of_two(int32_t x, int exponent) {
  int32_t mask = (int32_t)((1ll << exponent) - 1), rest = x & mask;
  int32_t threshold = (mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> exponent) + (rest > threshold ? 1 : 0);
}

void linear_tflite_i8(const int8_t x[restrict ROWS][INPUTS], const int8_t w[restrict OUTPUTS][INPUTS],
                      const int32_t *restrict bias, const int32_t *restrict multiplier,
                      const int32_t *restrict shift, int8_t y[restrict ROWS][OUTPUTS]) {
  for (int i = 0; i < ROWS; i++)
    for (int j = 0; j < OUTPUTS; j++) {
      int32_t sum = bias[j];
      for (int k = 0; k < INPUTS; k++)
        sum += x[i][k] * w[j][k];
      int left = shift[j] > 0 ? shift[j] : 0, right = shift[j] > 0 ? 0 : -shift[j];
      int32_t scaled = doubling_high_multiply(sum * (1 << left), multiplier[j]);
      int32_t result = divide_by_power_of_two(scaled, right) - 5;
      y[i][j] = result < -128 ? -128 : result > 127 ? 127 : result;
    }
}
