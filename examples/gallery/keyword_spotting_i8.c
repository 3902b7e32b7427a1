// A whole network: keyword spotting as a depthwise separable convolutional network (Zhang et al., "Hello
// Edge", 2017) of the size that MLPerf Tiny runs, quantized as TensorFlow Lite does: 49 frames of 10
// coefficients to 12 words.
#include <stdint.h>

enum { FRAMES = 49, COEFFICIENTS = 10, H = 25, W = 5, C = 64, BLOCKS = 4, WORDS = 12 };

// What a layer does with its sums: bias and multiplier of each channel, the multiplier as int32 and a shift.
typedef struct {
  int32_t bias[C], multiplier[C];
  int8_t shift[C];
  int32_t zero_in, zero_out;
} Scale;

typedef struct {
  int8_t first[C][10][4];
  Scale first_scale;
  struct {
    int8_t depthwise[3][3][C];
    Scale depthwise_scale;
    int8_t pointwise[C][C];
    Scale pointwise_scale;
  } block[BLOCKS];
  int8_t last[WORDS][C];
  int32_t last_bias[WORDS];
} Network;

static inline int8_t scaled(int32_t sum, const Scale *scale, int channel) {
  int shift = scale->shift[channel];
  int64_t product = (int64_t)(sum + scale->bias[channel]) * scale->multiplier[channel];
  int32_t result = (int32_t)((product + ((int64_t)1 << (shift - 1))) >> shift) + scale->zero_out;
  return result < scale->zero_out ? scale->zero_out : result > 127 ? 127 : result; // ReLU
}

static void first_convolution(const int8_t x[FRAMES][COEFFICIENTS], const int8_t w[C][10][4],
                              const Scale *scale, int8_t y[H][W][C]) {
  for (int oy = 0; oy < H; oy++)
    for (int ox = 0; ox < W; ox++)
      for (int c = 0; c < C; c++) {
        int32_t sum = 0;
        for (int ky = 0; ky < 10; ky++)
          for (int kx = 0; kx < 4; kx++) {
            int iy = 2 * oy + ky - 4, ix = 2 * ox + kx - 1;
            if (iy >= 0 && iy < FRAMES && ix >= 0 && ix < COEFFICIENTS)
              sum += (x[iy][ix] - scale->zero_in) * w[c][ky][kx];
          }
        y[oy][ox][c] = scaled(sum, scale, c);
      }
}

static void depthwise(const int8_t x[H][W][C], const int8_t w[3][3][C], const Scale *scale,
                      int8_t y[H][W][C]) {
  for (int oy = 0; oy < H; oy++)
    for (int ox = 0; ox < W; ox++)
      for (int c = 0; c < C; c++) {
        int32_t sum = 0;
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++) {
            int iy = oy + ky - 1, ix = ox + kx - 1;
            if (iy >= 0 && iy < H && ix >= 0 && ix < W)
              sum += (x[iy][ix][c] - scale->zero_in) * w[ky][kx][c];
          }
        y[oy][ox][c] = scaled(sum, scale, c);
      }
}

static void pointwise(const int8_t x[H][W][C], const int8_t w[C][C], const Scale *scale, int8_t y[H][W][C]) {
  for (int oy = 0; oy < H; oy++)
    for (int ox = 0; ox < W; ox++)
      for (int c = 0; c < C; c++) {
        int32_t sum = 0;
        for (int k = 0; k < C; k++)
          sum += (x[oy][ox][k] - scale->zero_in) * w[c][k];
        y[oy][ox][c] = scaled(sum, scale, c);
      }
}

void keyword_spotting_i8(const int8_t x[restrict FRAMES][COEFFICIENTS], const Network *restrict network,
                         int32_t *restrict words) {
  int8_t a[H][W][C], b[H][W][C], mean[C];
  first_convolution(x, network->first, &network->first_scale, a);
  for (int k = 0; k < BLOCKS; k++) {
    depthwise(a, network->block[k].depthwise, &network->block[k].depthwise_scale, b);
    pointwise(b, network->block[k].pointwise, &network->block[k].pointwise_scale, a);
  }
  for (int c = 0; c < C; c++) {
    int32_t sum = 0;
    for (int p = 0; p < H * W; p++)
      sum += a[p / W][p % W][c];
    mean[c] = (sum + (sum > 0 ? H * W / 2 : -(H * W / 2))) / (H * W);
  }
  for (int n = 0; n < WORDS; n++) {
    int32_t sum = network->last_bias[n];
    for (int c = 0; c < C; c++)
      sum += mean[c] * network->last[n][c];
    words[n] = sum;
  }
}
