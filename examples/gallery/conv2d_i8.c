// A convolution of 3 x 3 over NHWC with bias, requantization and ReLU6 as bounds of int8, as in quantized
// networks.
#include <stdint.h>
enum { H = 28, W = 28, C = 128, N = 128, S = 3, OH = H - S + 1, OW = W - S + 1 };

static int8_t requantize(int32_t sum, int32_t multiplier, uint8_t shift) {
  int32_t y = (int32_t)(((int64_t)sum * multiplier + (1ll << (shift - 1))) >> shift);
  return y < -128 ? -128 : y > 127 ? 127 : y;
}

void conv2d_i8(const int8_t x[restrict H][W][C], const int8_t w[restrict N][S][S][C],
               const int32_t bias[restrict N], const int32_t multiplier[restrict N],
               const uint8_t shift[restrict N], int8_t y[restrict OH][OW][N]) {
  for (int oy = 0; oy < OH; oy++)
    for (int ox = 0; ox < OW; ox++)
      for (int n = 0; n < N; n++) {
        int32_t sum = bias[n];
        for (int ky = 0; ky < S; ky++)
          for (int kx = 0; kx < S; kx++)
            for (int c = 0; c < C; c++)
              sum += x[oy + ky][ox + kx][c] * w[n][ky][kx][c];
        y[oy][ox][n] = requantize(sum, multiplier[n], shift[n]);
      }
}
