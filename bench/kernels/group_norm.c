#include <math.h>
// Four groups of eight channels, planes of 12 x 64.
void kernel(float x[4][8][12][64], float *g, float *b, float y[4][8][12][64]) {
  for (int n = 0; n < 4; n++) {
    float sum = 0, square = 0;
    for (int c = 0; c < 8; c++)
      for (int i = 0; i < 12; i++)
        for (int j = 0; j < 64; j++) {
          sum += x[n][c][i][j];
          square += x[n][c][i][j] * x[n][c][i][j];
        }
    float mean = sum / 6144, scale = 1 / sqrtf(square / 6144 - mean * mean + 1e-5f);
    for (int c = 0; c < 8; c++)
      for (int i = 0; i < 12; i++)
        for (int j = 0; j < 64; j++)
          y[n][c][i][j] = (x[n][c][i][j] - mean) * scale * g[8 * n + c] + b[8 * n + c];
  }
}
