// A convolution whose loops go over the taps within the image alone, as CMSIS-NN writes it.
#include <stdint.h>
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
enum { H = 28, W = 28, C = 32, N = 64, K = 3 };
void kernel(const int8_t x[restrict H][W][C], const int8_t w[restrict N][K][K][C],
            const int32_t *restrict bias, int8_t y[restrict H][W][N]) {
  for (int oy = 0; oy < H; oy++) {
    const int by = oy - 1, ys = MAX(0, -by), ye = MIN(K, H - by);
    for (int ox = 0; ox < W; ox++) {
      const int bx = ox - 1, xs = MAX(0, -bx), xe = MIN(K, W - bx);
      for (int n = 0; n < N; n++) {
        int s = bias[n];
        for (int ky = ys; ky < ye; ky++)
          for (int kx = xs; kx < xe; kx++)
            for (int c = 0; c < C; c++)
              s += (x[by + ky][bx + kx][c] + 3) * w[n][ky][kx][c];
        s = (int)(((int64_t)s * 1395864371 + (1ll << 41)) >> 42) - 5;
        y[oy][ox][n] = s < -128 ? -128 : s > 127 ? 127 : s;
      }
    }
  }
}
