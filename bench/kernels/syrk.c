// A symmetric update of rank k, lower triangle.
#define M 100
#define N 120
void kernel(float C[N][N], float A[N][M]) {
  for (int i = 0; i < N; i++) {
    for (int j = 0; j <= i; j++)
      C[i][j] *= 1.2f;
    for (int k = 0; k < M; k++)
      for (int j = 0; j <= i; j++)
        C[i][j] += 1.5f * A[i][k] * A[j][k];
  }
}
