// A matrix's transpose times the matrix times a vector, row by row.
#define M 190
#define N 210
void kernel(float A[M][N], float *x, float *y, float *t) {
  for (int i = 0; i < N; i++)
    y[i] = 0;
  for (int i = 0; i < M; i++) {
    t[i] = 0;
    for (int j = 0; j < N; j++)
      t[i] += A[i][j] * x[j];
    for (int j = 0; j < N; j++)
      y[j] += A[i][j] * t[i];
  }
}
