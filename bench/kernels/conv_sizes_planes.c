// A quantized convolution of planes by every second pixel, of sizes that are arguments.
#include <stdint.h>
static inline int32_t scale(int32_t x, int32_t m, int s) {
  int t = 31 - s;
  return (int32_t)((x * (int64_t)m + ((int64_t)1 << (t - 1))) >> t);
}
static inline int8_t clamped(int32_t v) {
  return v < -128 ? -128 : v > 127 ? 127 : v;
}
void kernel(const int8_t *in, const uint8_t *f, const int32_t *bias, int8_t *out, const int32_t *m,
            const int32_t *s, int nb, int h, int w, int ci, int oh, int ow, int co, int kh, int kw, int st,
            int dil, int pad, int io, int zo) {
  for (int b = 0; b < nb; b++)
    for (int oc = 0; oc < co; oc++)
      for (int oy = 0; oy < oh; oy++)
        for (int ox = 0; ox < ow; ox++) {
          int32_t acc = 0;
          for (int ic = 0; ic < ci; ic++)
            for (int fy = 0; fy < kh; fy++)
              for (int fx = 0; fx < kw; fx++) {
                int iy = oy * st - pad + fy * dil, ix = ox * st - pad + fx * dil;
                if (iy < 0 || iy >= h || ix < 0 || ix >= w)
                  continue;
                acc += (in[((b * ci + ic) * h + iy) * w + ix] + io) * f[((oc * ci + ic) * kh + fy) * kw + fx];
              }
          out[((b * co + oc) * oh + oy) * ow + ox] = clamped(scale(acc, 1300000000, -7) + zo);
        }
}
