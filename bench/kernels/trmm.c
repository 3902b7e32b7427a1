// A triangular matrix times another, in place.
#define M 80
#define N 96
void kernel(float A[M][M], float B[M][N]) {
  for (int i = 0; i < M; i++)
    for (int j = 0; j < N; j++) {
      for (int k = i + 1; k < M; k++)
        B[i][j] += A[k][i] * B[k][j];
      B[i][j] *= 1.5f;
    }
}
