// Columns less their means, then all their products.
#define N 100
#define M 80
void kernel(float d[N][M], float c[M][M], float *m) {
  for (int j = 0; j < M; j++) {
    m[j] = 0;
    for (int i = 0; i < N; i++)
      m[j] += d[i][j];
    m[j] /= 100.0f;
  }
  for (int i = 0; i < N; i++)
    for (int j = 0; j < M; j++)
      d[i][j] -= m[j];
  for (int i = 0; i < M; i++)
    for (int j = i; j < M; j++) {
      c[i][j] = 0;
      for (int k = 0; k < N; k++)
        c[i][j] += d[k][i] * d[k][j];
      c[i][j] /= 99.0f;
      c[j][i] = c[i][j];
    }
}
