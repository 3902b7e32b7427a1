#include <math.h>
// Of pairs of rows.
void kernel(float a[40][256], float b[40][256], float *y) {
  for (int i = 0; i < 40; i++) {
    float ab = 0, aa = 0, bb = 0;
    for (int j = 0; j < 256; j++) {
      ab += a[i][j] * b[i][j];
      aa += a[i][j] * a[i][j];
      bb += b[i][j] * b[i][j];
    }
    y[i] = ab / sqrtf(aa * bb);
  }
}
