// The largest of each window, whose bounds are clamped to the image; all sizes are arguments.
#include <stdint.h>
static int lesser(int a, int b) {
  return a < b ? a : b;
}
static int greater(int a, int b) {
  return a > b ? a : b;
}
void kernel(const int8_t *x, int8_t *y, int height, int width, int channels, int out_height, int out_width,
            int size, int step, int pad) {
  for (int oy = 0; oy < out_height; oy++)
    for (int ox = 0; ox < out_width; ox++)
      for (int c = 0; c < channels; c++) {
        const int x0 = ox * step - pad, y0 = oy * step - pad;
        int8_t most = -128;
        for (int ky = greater(0, -y0); ky < lesser(size, height - y0); ky++)
          for (int kx = greater(0, -x0); kx < lesser(size, width - x0); kx++) {
            const int8_t value = x[((y0 + ky) * width + x0 + kx) * channels + c];
            most = value > most ? value : most;
          }
        y[(oy * out_width + ox) * channels + c] = most;
      }
}
