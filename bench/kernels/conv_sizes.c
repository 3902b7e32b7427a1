// A convolution as reference kernels of runtime libraries have it: sizes, steps and padding are arguments,
// and what lies outside is left out.
#include <stdint.h>
static int at(int b, int y, int x, int c, int height, int width, int channels) {
  return ((b * height + y) * width + x) * channels + c;
}
void kernel(const int8_t *input, const int8_t *filter, const int32_t *bias, int32_t *output, int batches,
            int height, int width, int depth, int out_height, int out_width, int out_depth, int filter_height,
            int filter_width, int step, int pad) {
  for (int b = 0; b < batches; b++)
    for (int out_y = 0; out_y < out_height; out_y++) {
      const int y0 = out_y * step - pad;
      for (int out_x = 0; out_x < out_width; out_x++) {
        const int x0 = out_x * step - pad;
        for (int n = 0; n < out_depth; n++) {
          int32_t sum = bias[n];
          for (int ky = 0; ky < filter_height; ky++) {
            const int y = y0 + ky;
            for (int kx = 0; kx < filter_width; kx++) {
              const int x = x0 + kx;
              if (x < 0 || x >= width || y < 0 || y >= height)
                continue;
              for (int c = 0; c < depth; c++)
                sum += input[at(b, y, x, c, height, width, depth)] *
                       filter[at(n, ky, kx, c, filter_height, filter_width, depth)];
            }
          }
          output[at(b, out_y, out_x, n, out_height, out_width, out_depth)] = sum;
        }
      }
    }
}
