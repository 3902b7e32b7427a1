// Two matrix products, the second of the first.
#define N 90
void kernel(float t[N][N], float A[N][N], float B[N][N], float C[N][N], float D[N][N]) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      t[i][j] = 0;
      for (int k = 0; k < N; k++)
        t[i][j] += 1.5f * A[i][k] * B[k][j];
    }
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      D[i][j] *= 1.2f;
      for (int k = 0; k < N; k++)
        D[i][j] += t[i][k] * C[k][j];
    }
}
