// A depthwise convolution whose sizes, window and steps are arguments.
#include <stdint.h>
void kernel(const int8_t *restrict x, const int8_t *restrict w, int32_t *restrict y, int width, int channels,
            int out_height, int out_width, int size, int step) {
  for (int oy = 0; oy < out_height; oy++)
    for (int ox = 0; ox < out_width; ox++)
      for (int c = 0; c < channels; c++) {
        int32_t sum = 0;
        for (int ky = 0; ky < size; ky++)
          for (int kx = 0; kx < size; kx++)
            sum += x[((oy * step + ky) * width + ox * step + kx) * channels + c] *
                   w[(ky * size + kx) * channels + c];
        y[(oy * out_width + ox) * channels + c] = sum;
      }
}
