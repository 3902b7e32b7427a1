// A camera image, brightness and half as many colours, as bytes of red, green and blue.
#include <stdint.h>
static inline int clamp(int x) {
  return x < 0 ? 0 : x > 255 ? 255 : x;
}
void kernel(const uint8_t *y, const uint8_t *uv, uint8_t *rgb) {
  for (int j = 0; j < 128; j++)
    for (int i = 0; i < 128; i++) {
      int c = y[j * 128 + i] - 16, d = uv[(j / 2) * 128 + (i & ~1)] - 128,
          e = uv[(j / 2) * 128 + (i & ~1) + 1] - 128;
      rgb[(j * 128 + i) * 3 + 0] = clamp((298 * c + 409 * e + 128) >> 8);
      rgb[(j * 128 + i) * 3 + 1] = clamp((298 * c - 100 * d - 208 * e + 128) >> 8);
      rgb[(j * 128 + i) * 3 + 2] = clamp((298 * c + 516 * d + 128) >> 8);
    }
}
