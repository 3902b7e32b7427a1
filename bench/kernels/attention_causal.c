#include <math.h>
// Two heads; a row looks at the rows up to its own.
void kernel(_Float16 q[2][48][32], _Float16 k[2][48][32], _Float16 v[2][48][32], float s[48][48],
            float o[2][48][32]) {
  for (int h = 0; h < 2; h++) {
    for (int i = 0; i < 48; i++)
      for (int j = 0; j < 48; j++) {
        float sum = 0;
        for (int d = 0; d < 32; d++)
          sum += (float)q[h][i][d] * (float)k[h][j][d];
        s[i][j] = j <= i ? sum * 0.17677669f : -1e30f;
      }
    for (int i = 0; i < 48; i++) {
      float m = s[i][0], total = 0, p[48];
      for (int j = 1; j < 48; j++)
        m = s[i][j] > m ? s[i][j] : m;
      for (int j = 0; j < 48; j++) {
        p[j] = expf(s[i][j] - m);
        total += p[j];
      }
      for (int d = 0; d < 32; d++) {
        float sum = 0;
        for (int j = 0; j < 48; j++)
          sum += p[j] * (float)v[h][j][d];
        o[h][i][d] = sum / total;
      }
    }
  }
}
