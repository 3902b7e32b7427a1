// C = A * B, int8 into int32.
enum { N = 256 };

void gemm_i8(const signed char a[restrict N][N], const signed char b[restrict N][N], int c[restrict N][N]) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      int sum = 0;
      for (int k = 0; k < N; k++)
        sum += a[i][k] * b[k][j];
      c[i][j] = sum;
    }
}
