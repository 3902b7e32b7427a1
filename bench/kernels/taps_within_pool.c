// The mean of what a window has within the image.
#include <stdint.h>
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
void kernel(const int8_t x[restrict 28][28][64], int8_t y[restrict 14][14][64]) {
  for (int oy = 0; oy < 14; oy++)
    for (int ox = 0; ox < 14; ox++)
      for (int c = 0; c < 64; c++) {
        int by = 2 * oy - 1, bx = 2 * ox - 1, ys = MAX(0, -by), ye = MIN(3, 28 - by), xs = MAX(0, -bx),
            xe = MIN(3, 28 - bx);
        int s = 0, n = 0;
        for (int ky = ys; ky < ye; ky++)
          for (int kx = xs; kx < xe; kx++) {
            s += x[by + ky][bx + kx][c];
            n++;
          }
        y[oy][ox][c] = s / n;
      }
}
