// A fully connected layer with bias and GELU.
#include <math.h>
void kernel(_Float16 x[128][128], _Float16 w[128][128], float *b, _Float16 y[128][128]) {
  for (int i = 0; i < 128; i++)
    for (int j = 0; j < 128; j++) {
      float s = 0;
      for (int k = 0; k < 128; k++)
        s += (float)x[i][k] * (float)w[j][k];
      s += b[j];
      y[i][j] = (_Float16)(0.5f * s * (1 + erff(s * 0.70710678f)));
    }
}
