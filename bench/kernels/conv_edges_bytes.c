// Bytes with zero points of the run time on both sides, few channels, a step of two and padding as guards.
#include <stdint.h>
enum { H = 19, W = 23, C = 5, N = 24 };
static inline int32_t clamp(int32_t v) {
  return v > 255 ? 255 : v < 0 ? 0 : v;
}
void kernel(const uint8_t *restrict x, const uint8_t *restrict w, const int32_t *restrict bias,
            uint8_t *restrict y, int zx, int zw) {
  for (int oy = 0; oy < 10; oy++)
    for (int ox = 0; ox < 12; ox++)
      for (int n = 0; n < N; n++) {
        int32_t sum = bias[n];
        for (int ky = 0; ky < 5; ky++)
          for (int kx = 0; kx < 5; kx++) {
            int iy = oy * 2 + ky - 2, ix = ox * 2 + kx - 2;
            if (iy >= 0 && iy < H && ix >= 0 && ix < W)
              for (int c = 0; c < C; c++)
                sum += (x[(iy * W + ix) * C + c] - zx) * (w[((n * 5 + ky) * 5 + kx) * C + c] - zw);
          }
        y[(oy * 12 + ox) * N + n] = clamp(((int64_t)sum * 1234567890 + (1ll << 40)) >> 41);
      }
}
