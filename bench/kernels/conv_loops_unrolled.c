// A window whose loops the compiler has unrolled around the loop over channels, with a bias first; the same
// in bytes.
#include <stdint.h>
enum { H = 14, C = 24, O = 40 };
void kernel(float x[H + 2][H + 2][C], float w[O][3][3][C], float b[O], float y[H][H][O],
            int8_t i8[H + 2][H + 2][C], int8_t w8[O][3][3][C], int32_t y32[H][H][O]) {
  for (int i = 0; i < H; i++)
    for (int j = 0; j < H; j++)
      for (int o = 0; o < O; o++) {
        float s = b[o];
#pragma clang loop unroll(full)
        for (int p = 0; p < 3; p++)
#pragma clang loop unroll(full)
          for (int q = 0; q < 3; q++)
            for (int c = 0; c < C; c++)
              s += x[i + p][j + q][c] * w[o][p][q][c];
        y[i][j][o] = s;
      }
  for (int i = 0; i < H; i++)
    for (int j = 0; j < H; j++)
      for (int o = 0; o < O; o++) {
        int s = 0;
#pragma clang loop unroll(full)
        for (int p = 0; p < 3; p++)
#pragma clang loop unroll(full)
          for (int q = 0; q < 3; q++)
            for (int c = 0; c < C; c++)
              s += i8[i + p][j + q][c] * w8[o][p][q][c];
        y32[i][j][o] = s;
      }
}
