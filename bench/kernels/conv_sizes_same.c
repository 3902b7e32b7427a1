// Images as large as their results, which is what their edges are compared with.
#include <stdint.h>
void kernel(const uint8_t *in, const int8_t *f, const int32_t *bias, int32_t *out, int nb, int h, int w,
            int id, int od, int fh, int fw, int st, int pad, int32_t io) {
  for (int b = 0; b < nb; ++b)
    for (int oy = 0; oy < h; ++oy)
      for (int ox = 0; ox < w; ++ox)
        for (int oc = 0; oc < od; ++oc) {
          int32_t acc = 0;
          for (int fy = 0; fy < fh; ++fy)
            for (int fx = 0; fx < fw; ++fx) {
              const int ix = ox * st - pad + fx, iy = oy * st - pad + fy;
              if (ix < 0 || ix >= w || iy < 0 || iy >= h)
                continue;
              for (int ic = 0; ic < id; ++ic)
                acc += f[((oc * fh + fy) * fw + fx) * id + ic] * (in[((b * h + iy) * w + ix) * id + ic] + io);
            }
          out[((b * h + oy) * w + ox) * od + oc] = acc + bias[oc];
        }
}
