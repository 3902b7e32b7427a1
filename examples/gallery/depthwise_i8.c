// A depthwise convolution of 3 x 3 over NHWC: each channel by itself.
#include <stdint.h>
enum { H = 30, W = 30, C = 192, OH = H - 2, OW = W - 2 };

void depthwise_i8(const int8_t x[restrict H][W][C], const int8_t w[restrict 3][3][C],
                  int32_t y[restrict OH][OW][C]) {
  for (int oy = 0; oy < OH; oy++)
    for (int ox = 0; ox < OW; ox++)
      for (int c = 0; c < C; c++) {
        int32_t sum = 0;
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++)
            sum += x[oy + ky][ox + kx][c] * w[ky][kx][c];
        y[oy][ox][c] = sum;
      }
}
