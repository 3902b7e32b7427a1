// The nearest pixels of an image of another size, by fixed-point steps.
#include <stdint.h>
void kernel(const uint8_t *in, uint8_t *out) {
  const int W = 120, H = 100, w = 64, h = 64;
  int xr = ((W << 16) / w) + 1, yr = ((H << 16) / h) + 1;
  for (int i = 0; i < h; i++)
    for (int j = 0; j < w; j++) {
      int x2 = (j * xr) >> 16, y2 = (i * yr) >> 16;
      out[i * w + j] = in[y2 * W + x2];
    }
}
