#include <math.h>
// Each channel by its own mean and deviation, channels side by side.
void kernel(float x[28][28][32], float y[28][28][32]) {
  float mean[32], scale[32];
  for (int c = 0; c < 32; c++) {
    float sum = 0, square = 0;
    for (int i = 0; i < 28; i++)
      for (int j = 0; j < 28; j++)
        sum += x[i][j][c];
    mean[c] = sum / 784;
    for (int i = 0; i < 28; i++)
      for (int j = 0; j < 28; j++)
        square += (x[i][j][c] - mean[c]) * (x[i][j][c] - mean[c]);
    scale[c] = 1 / sqrtf(square / 784 + 1e-5f);
  }
  for (int i = 0; i < 28; i++)
    for (int j = 0; j < 28; j++)
      for (int c = 0; c < 32; c++)
        y[i][j][c] = (x[i][j][c] - mean[c]) * scale[c];
}
