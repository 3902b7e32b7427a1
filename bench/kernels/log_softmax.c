#include <math.h>
// Logarithms of a row's shares.
void kernel(float x[48][120], float y[48][120]) {
  for (int i = 0; i < 48; i++) {
    float m = x[i][0], sum = 0;
    for (int j = 1; j < 120; j++)
      m = fmaxf(m, x[i][j]);
    for (int j = 0; j < 120; j++)
      sum += expf(x[i][j] - m);
    float l = m + logf(sum);
    for (int j = 0; j < 120; j++)
      y[i][j] = x[i][j] - l;
  }
}
