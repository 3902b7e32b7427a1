#define T 128
#define D 64
#include <math.h>
// A head whose scores are a temporary: products, softmax, products.
void kernel(float q[restrict T][D], float k[restrict T][D], float v[restrict T][D], float o[restrict T][D]) {
  float s[T][T];
  for (int i = 0; i < T; i++)
    for (int j = 0; j < T; j++) {
      float a = 0;
      for (int d = 0; d < D; d++)
        a += q[i][d] * k[j][d];
      s[i][j] = a * 0.125f;
    }
  for (int i = 0; i < T; i++) {
    float m = s[i][0];
    for (int j = 1; j < T; j++)
      m = s[i][j] > m ? s[i][j] : m;
    float t = 0;
    for (int j = 0; j < T; j++) {
      s[i][j] = expf(s[i][j] - m);
      t += s[i][j];
    }
    for (int j = 0; j < T; j++)
      s[i][j] /= t;
  }
  for (int i = 0; i < T; i++)
    for (int d = 0; d < D; d++) {
      float a = 0;
      for (int j = 0; j < T; j++)
        a += s[i][j] * v[j][d];
      o[i][d] = a;
    }
}
