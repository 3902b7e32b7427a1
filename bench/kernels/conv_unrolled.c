// A window of 3 by 3 written out, and channels four at a time.
#include <stdint.h>
enum { H = 24, C = 32, O = 48 };
void kernel(int8_t x[H + 2][H + 2][C], int8_t w[O][3][3][C], int32_t b[O], int8_t y[H][H][O]) {
  for (int i = 0; i < H; i++)
    for (int j = 0; j < H; j++)
      for (int o = 0; o < O; o++) {
        int32_t sum = b[o];
        for (int p = 0; p < 3; p++)
          for (int c = 0; c < C; c += 4) {
            const int8_t *f = &x[i + p][j][c], *g = &w[o][p][0][c];
            sum += f[0] * g[0] + f[1] * g[1] + f[2] * g[2] + f[3] * g[3];
            sum += f[C] * g[C] + f[C + 1] * g[C + 1] + f[C + 2] * g[C + 2] + f[C + 3] * g[C + 3];
            sum += f[2 * C] * g[2 * C] + f[2 * C + 1] * g[2 * C + 1] + f[2 * C + 2] * g[2 * C + 2] +
                   f[2 * C + 3] * g[2 * C + 3];
          }
        int64_t v = ((int64_t)sum * 1518500250 + (1ll << 36)) >> 37;
        y[i][j][o] = v < -128 ? -128 : v > 127 ? 127 : v;
      }
}
