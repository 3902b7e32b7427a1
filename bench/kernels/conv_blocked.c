// A convolution of channels in blocks of eight, a line of results at a time in a local array.
#include <stdint.h>
void kernel(float *data, float *k, float *out) {
  for (int32_t fused = 0; fused < 108; ++fused) {
    float g[18 * 8];
    for (int32_t i = 0; i < 144; ++i)
      g[i] = 0.f;
    for (int32_t icc = 0; icc < 4; ++icc)
      for (int32_t kh = 0; kh < 3; ++kh)
        for (int32_t kw = 0; kw < 3; ++kw)
          for (int32_t ici = 0; ici < 8; ++ici)
            for (int32_t ow = 0; ow < 18; ++ow)
              for (int32_t oc = 0; oc < 8; ++oc)
                g[ow * 8 + oc] += data[icc * 3200 + (fused % 18 + kh) * 160 + (ow + kw) * 8 + ici] *
                                  k[(fused / 18) * 2304 + icc * 576 + kh * 192 + kw * 64 + ici * 8 + oc];
    for (int32_t i = 0; i < 144; ++i)
      out[fused * 144 + i] = g[i];
  }
}
