// Attention as people write it down: three products in one loop, then each row by itself.
#include <math.h>
enum { T = 32, D = 64, HEADS = 4, HD = D / HEADS };
void kernel(const float x[T][D], const float wq[D][D], const float wk[D][D], const float wv[D][D],
            const float wo[D][D], float y[T][D]) {
  static float q[T][D], k[T][D], v[T][D], o[T][D];
  for (int t = 0; t < T; t++)
    for (int i = 0; i < D; i++) {
      float a = 0, b = 0, c = 0;
      for (int j = 0; j < D; j++) {
        a += x[t][j] * wq[i][j];
        b += x[t][j] * wk[i][j];
        c += x[t][j] * wv[i][j];
      }
      q[t][i] = a;
      k[t][i] = b;
      v[t][i] = c;
    }
  for (int h = 0; h < HEADS; h++)
    for (int t = 0; t < T; t++) {
      float s[T], m = -1e30f, sum = 0;
      for (int u = 0; u < T; u++) {
        float d = 0;
        for (int i = 0; i < HD; i++)
          d += q[t][h * HD + i] * k[u][h * HD + i];
        s[u] = d * 0.25f;
        if (s[u] > m)
          m = s[u];
      }
      for (int u = 0; u < T; u++) {
        s[u] = expf(s[u] - m);
        sum += s[u];
      }
      for (int i = 0; i < HD; i++) {
        float d = 0;
        for (int u = 0; u < T; u++)
          d += s[u] * v[u][h * HD + i];
        o[t][h * HD + i] = d / sum;
      }
    }
  for (int t = 0; t < T; t++)
    for (int i = 0; i < D; i++) {
      float a = 0;
      for (int j = 0; j < D; j++)
        a += o[t][j] * wo[i][j];
      y[t][i] = a + x[t][i];
    }
}
