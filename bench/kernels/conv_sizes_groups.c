// Groups of channels with a bias, of an image whose height is an argument.
#include <stdint.h>
void kernel(const int8_t *restrict x, const int8_t *restrict w, const int32_t *restrict b,
            int32_t *restrict y, int h) {
  for (int g = 0; g < 3; g++)
    for (int i = 0; i < h; i++)
      for (int j = 0; j < 20; j++)
        for (int o = 0; o < 24; o++) {
          int32_t s = b[g * 24 + o];
          for (int a = 0; a < 3; a++)
            for (int c = 0; c < 3; c++)
              for (int k = 0; k < 16; k++)
                s += x[(((i + a) * 22 + j + c) * 3 + g) * 16 + k] *
                     w[(((g * 24 + o) * 3 + a) * 3 + c) * 16 + k];
          y[((i * 20 + j) * 3 + g) * 24 + o] = s;
        }
}
