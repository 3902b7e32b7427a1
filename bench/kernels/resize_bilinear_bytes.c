// Four pixels weighed by fixed-point fractions, of bytes in three colours.
#include <stdint.h>
void kernel(const uint8_t *in, uint8_t *out) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 64; j++) {
      int fy = i * 396, fx = j * 476, y = fy >> 8, x = fx >> 8, wy = fy & 255, wx = fx & 255;
      for (int c = 0; c < 3; c++) {
        int a = in[(y * 120 + x) * 3 + c], b = in[(y * 120 + x + 1) * 3 + c],
            d = in[((y + 1) * 120 + x) * 3 + c], e = in[((y + 1) * 120 + x + 1) * 3 + c];
        out[(i * 64 + j) * 3 + c] =
            (a * (256 - wx) * (256 - wy) + b * wx * (256 - wy) + d * (256 - wx) * wy + e * wx * wy + 32768) >>
            16;
      }
    }
}
