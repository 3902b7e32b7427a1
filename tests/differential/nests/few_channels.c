// Windows over lines of few channels, each its own, whose length only the run time knows: groups become one
// product, whose columns come all at once, however many blocks a group of rows has.
#include "program.h"
#include <stdint.h>

enum { LINES = 1200, MOST = 8, TAPS = 5 };
static int8_t image[(LINES + TAPS) * MOST], weights[TAPS * MOST];
static int32_t results[LINES * MOST];

#define KERNEL(name, channels, taps)                                                                         \
  NOINLINE static void name(const int8_t *x, const int8_t *w, int32_t *y, long n) {                          \
    for (long i = 0; i < n; i++)                                                                             \
      for (long c = 0; c < channels; c++) {                                                                  \
        int32_t sum = 0;                                                                                     \
        for (long p = 0; p < taps; p++)                                                                      \
          sum += x[(i + p) * channels + c] * w[p * channels + c];                                            \
        y[i * channels + c] = sum;                                                                           \
      }                                                                                                      \
  }
KERNEL(kernel4, 4, 3)
KERNEL(kernel8, 8, 5)
KERNEL(kernel3, 3, 3)

static void show(void) {
  long sum = 0;
  for (int i = 0; i < LINES * MOST; i++)
    sum = mix(sum, results[i]);
  emit(sum);
}

int main(void) {
  static const long lengths[] = {0, 1, 63, 64, 65, 200, LINES};
  for (unsigned i = 0; i < sizeof image; i++)
    image[i] = (int8_t)(i * 7 + (i >> 5));
  for (unsigned i = 0; i < sizeof weights; i++)
    weights[i] = (int8_t)(i * 11 - 30);
  for (unsigned k = 0; k < sizeof lengths / sizeof *lengths; k++) {
    kernel4(image, weights, results, lengths[k]);
    show();
    kernel8(image, weights, results, lengths[k]);
    show();
    kernel3(image, weights, results, lengths[k]);
    show();
  }
  return 0;
}
