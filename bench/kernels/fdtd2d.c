// Three fields that depend on one another.
#define N 150
void kernel(float ex[N][N], float ey[N][N], float hz[N][N]) {
  for (int i = 1; i < N; i++)
    for (int j = 0; j < N; j++)
      ey[i][j] = ey[i][j] - 0.5f * (hz[i][j] - hz[i - 1][j]);
  for (int i = 0; i < N; i++)
    for (int j = 1; j < N; j++)
      ex[i][j] = ex[i][j] - 0.5f * (hz[i][j] - hz[i][j - 1]);
  for (int i = 0; i < N - 1; i++)
    for (int j = 0; j < N - 1; j++)
      hz[i][j] = hz[i][j] - 0.7f * (ex[i][j + 1] - ex[i][j] + ey[i + 1][j] - ey[i][j]);
}
