// A depthwise layer with ReLU, borders by guards, and zero points that stand in a structure.
#include <stdint.h>
enum { H = 24, C = 64 };
typedef struct {
  int32_t bias[C], multiplier[C], zero_in, zero_out;
} Layer;

void kernel(const int8_t x[H][H][C], const int8_t w[3][3][C], const Layer *layer, int8_t y[H][H][C]) {
  for (int oy = 0; oy < H; oy++)
    for (int ox = 0; ox < H; ox++)
      for (int c = 0; c < C; c++) {
        int32_t sum = 0;
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++) {
            int iy = oy + ky - 1, ix = ox + kx - 1;
            if (iy >= 0 && iy < H && ix >= 0 && ix < H)
              sum += (x[iy][ix][c] - layer->zero_in) * w[ky][kx][c];
          }
        int64_t product = (int64_t)(sum + layer->bias[c]) * layer->multiplier[c];
        int32_t value = (int32_t)((product + (1ll << 33)) >> 34) + layer->zero_out;
        y[oy][ox][c] = value < layer->zero_out ? layer->zero_out : value > 127 ? 127 : value;
      }
}
