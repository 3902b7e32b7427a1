// By hand, with four sums; and the columns of a small matrix written out.
#include <stdint.h>
enum { N = 64, K = 96, C = 80 };
void kernel(int8_t *restrict a, int8_t *restrict b, int32_t *restrict c, float x[C][4], float m[4][4],
            float y[C][4]) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      int s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (int k = 0; k < K; k += 4) {
        s0 += a[i * K + k] * b[j * K + k];
        s1 += a[i * K + k + 1] * b[j * K + k + 1];
        s2 += a[i * K + k + 2] * b[j * K + k + 2];
        s3 += a[i * K + k + 3] * b[j * K + k + 3];
      }
      c[i * N + j] = (s0 + s1) + (s2 + s3);
    }
  for (int i = 0; i < C; i++)
    for (int j = 0; j < 4; j++)
      y[i][j] = x[i][0] * m[0][j] + x[i][1] * m[1][j] + x[i][2] * m[2][j] + x[i][3] * m[3][j];
}
