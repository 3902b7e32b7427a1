// A dense layer of weights in panels of eight columns, whose sums are a local array.
#include <stdint.h>
void kernel(float *p0, float *p1, float *p2, float *T) {
  for (int32_t yo = 0; yo < 32; ++yo)
    for (int32_t xo = 0; xo < 8; ++xo) {
      float c[8];
      for (int i = 0; i < 8; ++i)
        c[i] = 0.f;
      for (int32_t k = 0; k < 64; ++k)
        for (int32_t x = 0; x < 8; ++x)
          c[x] = c[x] + p0[yo * 64 + k] * p1[(xo * 512) + (k * 8) + x];
      for (int32_t x = 0; x < 8; ++x)
        T[yo * 64 + xo * 8 + x] = c[x] + p2[xo * 8 + x];
    }
}
