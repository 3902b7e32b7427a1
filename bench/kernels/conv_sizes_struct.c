// A quantized convolution whose sizes stand in structures, which the bytes of the results might overlap.
#include <stdint.h>
typedef struct {
  int32_t input_offset, output_offset, stride_w, stride_h, dil_w, dil_h, pad_w, pad_h, least, most;
} Parameters;
typedef struct {
  int32_t d[4];
} Shape;
static inline int at(const Shape *s, int i0, int i1, int i2, int i3) {
  return ((i0 * s->d[1] + i1) * s->d[2] + i2) * s->d[3] + i3;
}
static inline int32_t doubling_high(int32_t a, int32_t b) {
  int overflow = a == b && a == INT32_MIN;
  int64_t ab = (int64_t)a * (int64_t)b;
  int32_t nudge = ab >= 0 ? (1 << 30) : (1 - (1 << 30));
  int32_t r = (int32_t)((ab + nudge) / (1ll << 31));
  return overflow ? INT32_MAX : r;
}
static inline int32_t divided(int32_t x, int e) {
  const int32_t mask = (int32_t)((1ll << e) - 1);
  const int32_t rem = x & mask;
  const int32_t th = (mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> e) + (rem > th ? 1 : 0);
}
static inline int32_t scaled(int32_t x, int32_t m, int shift) {
  int left = shift > 0 ? shift : 0, right = shift > 0 ? 0 : -shift;
  return divided(doubling_high(x * (1 << left), m), right);
}
static __attribute__((noinline)) void convolve(const Parameters *p, const Shape *is, const int8_t *in,
                                               const Shape *fs, const int8_t *f, const int32_t *bias,
                                               const Shape *os, int8_t *out, const int32_t *mult,
                                               const int32_t *shift) {
  const int32_t input_offset = p->input_offset, output_offset = p->output_offset, low = p->least,
                high = p->most;
  const int batches = is->d[0], ih = is->d[1], iw = is->d[2], id = is->d[3];
  const int fh = fs->d[1], fw = fs->d[2], fd = fs->d[3], oh = os->d[1], ow = os->d[2], od = os->d[3];
  const int groups = id / fd, fpg = od / groups;
  for (int b = 0; b < batches; ++b)
    for (int oy = 0; oy < oh; ++oy) {
      const int iy0 = oy * p->stride_h - p->pad_h;
      for (int ox = 0; ox < ow; ++ox) {
        const int ix0 = ox * p->stride_w - p->pad_w;
        for (int oc = 0; oc < od; ++oc) {
          int group = oc / fpg;
          int32_t acc = 0;
          for (int fy = 0; fy < fh; ++fy) {
            const int iy = iy0 + p->dil_h * fy;
            for (int fx = 0; fx < fw; ++fx) {
              const int ix = ix0 + p->dil_w * fx;
              const int inside = ix >= 0 && ix < iw && iy >= 0 && iy < ih;
              if (!inside)
                continue;
              for (int ic = 0; ic < fd; ++ic) {
                int32_t iv = in[at(is, b, iy, ix, ic + group * fd)];
                int32_t fv = f[at(fs, oc, fy, fx, ic)];
                acc += fv * (iv + input_offset);
              }
            }
          }
          if (bias)
            acc += bias[oc];
          acc = scaled(acc, mult[oc], shift[oc]);
          acc += output_offset;
          acc = acc > low ? acc : low;
          acc = acc < high ? acc : high;
          out[at(os, b, oy, ox, oc)] = (int8_t)acc;
        }
      }
    }
}
void kernel(const int8_t *in, const int8_t *f, const int32_t *bias, int8_t *out, const int32_t *mult,
            const int32_t *shift, int height, int width, int depth, int out_depth) {
  const Parameters p = {3, 7, 1, 1, 1, 1, 1, 1, -128, 127};
  const Shape is = {{1, height, width, depth}}, fs = {{out_depth, 3, 3, depth}},
              os = {{1, height, width, out_depth}};
  convolve(&p, &is, in, &fs, f, bias, &os, out, mult, shift);
}
