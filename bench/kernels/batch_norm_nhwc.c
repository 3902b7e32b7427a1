#include <math.h>
// Inference, channels side by side, and a ReLU.
void kernel(float x[28][28][32], float *g, float *b, float *m, float *v, float y[28][28][32]) {
  for (int i = 0; i < 28; i++)
    for (int j = 0; j < 28; j++)
      for (int c = 0; c < 32; c++) {
        float t = (x[i][j][c] - m[c]) / sqrtf(v[c] + 1e-3f) * g[c] + b[c];
        y[i][j][c] = t > 0 ? t : 0;
      }
}
