// Every second pixel by a window of one, by the function that does all windows: its guards never fail.
#include <stdint.h>
typedef struct {
  int height, width, channels;
} Shape;

static inline void convolution(const int8_t *x, Shape from, const int8_t *w, const int32_t *bias, int window,
                               int step, int pad, int8_t *y, Shape to) {
  for (int n = 0; n < to.channels; n++)
    for (int oy = 0; oy < to.height; oy++)
      for (int ox = 0; ox < to.width; ox++) {
        int32_t sum = bias[n];
        for (int ky = 0; ky < window; ky++) {
          int iy = oy * step - pad + ky;
          if (iy < 0 || iy >= from.height)
            continue;
          for (int kx = 0; kx < window; kx++) {
            int ix = ox * step - pad + kx;
            if (ix < 0 || ix >= from.width)
              continue;
            for (int c = 0; c < from.channels; c++)
              sum += (x[(iy * from.width + ix) * from.channels + c] + 128) *
                     w[((n * window + ky) * window + kx) * from.channels + c];
          }
        }
        sum = (sum + 512) >> 10;
        y[(oy * to.width + ox) * to.channels + n] = sum < -128 ? -128 : sum > 127 ? 127 : sum;
      }
}

void kernel(const int8_t x[restrict 32][32][16], const int8_t w[restrict 32][16],
            const int32_t *restrict bias, int8_t y[restrict 16][16][32]) {
  convolution(x[0][0], (Shape){32, 32, 16}, w[0], bias, 1, 2, 0, y[0][0], (Shape){16, 16, 32});
}
