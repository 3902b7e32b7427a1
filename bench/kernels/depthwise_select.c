// Padding as a choice of the zero point, which is then taken away.
#include <stdint.h>
enum { H = 21, W = 18, C = 48, ZERO = -7 };
void kernel(const int8_t *restrict x, const int8_t *restrict w, int32_t *restrict y) {
  for (int oy = 0; oy < H; oy++)
    for (int ox = 0; ox < W; ox++)
      for (int c = 0; c < C; c++) {
        int32_t sum = 0;
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++) {
            int iy = oy + ky - 1, ix = ox + kx - 1;
            int8_t pixel = iy < 0 || iy >= H || ix < 0 || ix >= W ? ZERO : x[(iy * W + ix) * C + c];
            sum += (pixel - ZERO) * w[(ky * 3 + kx) * C + c];
          }
        y[(oy * W + ox) * C + c] = sum;
      }
}
