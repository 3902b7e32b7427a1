// The joint of a U-Net: pixels doubled, channels of a shortcut beside them, a convolution over both.
#include <stdint.h>
static int8_t cat[32][32][48];
void kernel(const int8_t low[16][16][32], const int8_t skip[32][32][16], const int8_t w[16][3][3][48],
            const int32_t *b, int8_t y[32][32][16]) {
  for (int i = 0; i < 32; i++)
    for (int j = 0; j < 32; j++) {
      for (int c = 0; c < 32; c++)
        cat[i][j][c] = low[i / 2][j / 2][c];
      for (int c = 0; c < 16; c++)
        cat[i][j][32 + c] = skip[i][j][c];
    }
  for (int i = 0; i < 32; i++)
    for (int j = 0; j < 32; j++)
      for (int n = 0; n < 16; n++) {
        int32_t s = b[n];
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++) {
            int yy = i + ky - 1, xx = j + kx - 1;
            if (yy < 0 || yy >= 32 || xx < 0 || xx >= 32)
              continue;
            for (int c = 0; c < 48; c++)
              s += cat[yy][xx][c] * w[n][ky][kx][c];
          }
        s = (s + 4096) >> 13;
        y[i][j][n] = s < 0 ? 0 : s > 127 ? 127 : s;
      }
}
