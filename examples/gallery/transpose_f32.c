// Rows become columns.
enum { M = 512, N = 256 };

void transpose_f32(const float x[restrict M][N], float y[restrict N][M]) {
  for (int i = 0; i < M; i++)
    for (int j = 0; j < N; j++)
      y[j][i] = x[i][j];
}
