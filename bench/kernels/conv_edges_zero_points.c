// Zero points of both operands beside guards.
#include <stdint.h>
enum { H = 20, W = 20, C = 32, N = 32 };
void kernel(const uint8_t *restrict x, const uint8_t *restrict w, int32_t *restrict y) {
  for (int oy = 0; oy < H; oy++)
    for (int ox = 0; ox < W; ox++)
      for (int n = 0; n < N; n++) {
        int32_t sum = 0;
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++) {
            int iy = oy + ky - 1, ix = ox + kx - 1;
            if (iy >= 0 && iy < H && ix >= 0 && ix < W)
              for (int c = 0; c < C; c++)
                sum += (x[(iy * W + ix) * C + c] - 121) * (w[((n * 3 + ky) * 3 + kx) * C + c] - 133);
          }
        y[(oy * W + ox) * N + n] = sum;
      }
}
