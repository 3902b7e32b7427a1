// Groups of channels with an input zero point, a bias and a scale for each channel.
#include <stdint.h>
enum { H = 20, C = 3, I = 16, O = 24 };
void kernel(int8_t x[H + 2][H + 2][C][I], int8_t w[C][O][3][3][I], int32_t bias[C][O],
            int32_t y[H][H][C][O]) {
  for (int g = 0; g < C; g++)
    for (int i = 0; i < H; i++)
      for (int j = 0; j < H; j++)
        for (int o = 0; o < O; o++) {
          int32_t sum = bias[g][o];
          for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
              for (int c = 0; c < I; c++)
                sum += (x[i + a][j + b][g][c] + 128) * w[g][o][a][b][c];
          y[i][j][g][o] = sum;
        }
}
