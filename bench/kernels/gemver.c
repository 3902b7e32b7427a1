// Two rank-one updates of a matrix, then products of it and of its transpose with vectors.
#define N 200
void kernel(float A[N][N], float *u1, float *v1, float *u2, float *v2, float *x, float *y, float *z,
            float *w) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++)
      A[i][j] = A[i][j] + u1[i] * v1[j] + u2[i] * v2[j];
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++)
      x[i] = x[i] + 1.5f * A[j][i] * y[j];
  for (int i = 0; i < N; i++)
    x[i] += z[i];
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++)
      w[i] += 1.2f * A[i][j] * x[j];
}
