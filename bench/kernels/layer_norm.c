#include <math.h>
// Rows less their mean by their deviation, times and plus a vector.
void kernel(float x[64][192], float *g, float *b, float y[64][192]) {
  for (int i = 0; i < 64; i++) {
    float mean = 0, square = 0;
    for (int j = 0; j < 192; j++)
      mean += x[i][j];
    mean /= 192;
    for (int j = 0; j < 192; j++)
      square += (x[i][j] - mean) * (x[i][j] - mean);
    float scale = 1 / sqrtf(square / 192 + 1e-5f);
    for (int j = 0; j < 192; j++)
      y[i][j] = (x[i][j] - mean) * scale * g[j] + b[j];
  }
}
