#include <math.h>
// Rows by their length.
void kernel(float x[100][300]) {
  for (int i = 0; i < 100; i++) {
    float s = 0;
    for (int j = 0; j < 300; j++)
      s += x[i][j] * x[i][j];
    float r = 1.0f / sqrtf(s);
    for (int j = 0; j < 300; j++)
      x[i][j] *= r;
  }
}
