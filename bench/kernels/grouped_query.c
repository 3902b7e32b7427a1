// Attention of one new token: eight heads of queries, two of keys and values.
#include <math.h>
void kernel(_Float16 q[8][32], _Float16 key[2][96][32], _Float16 value[2][96][32], float y[8][32],
            long length) {
  float score[96];
  for (int h = 0; h < 8; h++) {
    float most = -INFINITY, total = 0;
    for (int p = 0; p < length; p++) {
      float s = 0;
      for (int d = 0; d < 32; d++)
        s += (float)q[h][d] * (float)key[h / 4][p][d];
      score[p] = s * 0.17677669f;
      most = fmaxf(most, score[p]);
    }
    for (int p = 0; p < length; p++) {
      score[p] = expf(score[p] - most);
      total += score[p];
    }
    for (int d = 0; d < 32; d++)
      y[h][d] = 0;
    for (int p = 0; p < length; p++)
      for (int d = 0; d < 32; d++)
        y[h][d] += score[p] / total * (float)value[h / 4][p][d];
  }
}
