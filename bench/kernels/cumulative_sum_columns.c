// Running sums along columns.
void kernel(float x[256][64], float y[256][64]) {
  for (int j = 0; j < 64; j++)
    y[0][j] = x[0][j];
  for (int i = 1; i < 256; i++)
    for (int j = 0; j < 64; j++)
      y[i][j] = y[i - 1][j] + x[i][j];
}
