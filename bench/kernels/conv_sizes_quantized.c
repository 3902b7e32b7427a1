// A quantized convolution as reference kernels of runtime libraries have it: sizes, zero points and shifts
// are arguments, and what lies outside of the image is left out.
#include <stdint.h>
static inline int32_t scaled(int32_t x, int32_t m, int shift) {
  int64_t total = 31 - shift;
  int64_t round = (int64_t)1 << (total - 1);
  int64_t r = x * (int64_t)m + round;
  return (int32_t)(r >> total);
}
void kernel(const int8_t *in, const int8_t *f, const int32_t *bias, int8_t *out, const int32_t *mult,
            const int32_t *shift, int ih, int iw, int id, int oh, int ow, int od, int fh, int fw, int st,
            int pad, int32_t input_offset, int32_t output_offset) {
  for (int oy = 0; oy < oh; ++oy)
    for (int ox = 0; ox < ow; ++ox)
      for (int oc = 0; oc < od; ++oc) {
        int32_t acc = 0;
        for (int fy = 0; fy < fh; ++fy)
          for (int fx = 0; fx < fw; ++fx) {
            const int ix = ox * st - pad + fx, iy = oy * st - pad + fy;
            if (ix < 0 || ix >= iw || iy < 0 || iy >= ih)
              continue;
            for (int ic = 0; ic < id; ++ic)
              acc += f[((oc * fh + fy) * fw + fx) * id + ic] * (in[(iy * iw + ix) * id + ic] + input_offset);
          }
        acc = scaled(acc + bias[oc], mult[oc], shift[oc]) + output_offset;
        if (acc < -128)
          acc = -128;
        if (acc > 127)
          acc = 127;
        out[(oy * ow + ox) * od + oc] = (int8_t)acc;
      }
}
