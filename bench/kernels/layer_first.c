// A network's first layer: three channels, borders by guards, zero points that stand in a structure.
#include <stdint.h>
enum { H = 96, C = 3, OH = 48, N = 16 };
typedef struct {
  int32_t zero_in, zero_out, bias[N], multiplier[N];
} Layer;

void kernel(const int8_t x[H][H][C], const int8_t w[N][3][3][C], const Layer *layer, int8_t y[OH][OH][N]) {
  for (int oy = 0; oy < OH; oy++)
    for (int ox = 0; ox < OH; ox++)
      for (int n = 0; n < N; n++) {
        int32_t sum = layer->bias[n];
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++) {
            int iy = 2 * oy + ky - 1, ix = 2 * ox + kx - 1;
            if (iy < 0 || iy >= H || ix < 0 || ix >= H)
              continue;
            for (int c = 0; c < C; c++)
              sum += (x[iy][ix][c] - layer->zero_in) * w[n][ky][kx][c];
          }
        int32_t value =
            (int32_t)(((int64_t)sum * layer->multiplier[n] + (1ll << 33)) >> 34) + layer->zero_out;
        y[oy][ox][n] = value < layer->zero_out ? layer->zero_out : value > 127 ? 127 : value;
      }
}
