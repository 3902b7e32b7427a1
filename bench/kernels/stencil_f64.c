// Nine points in double precision.
void kernel(double x[98][130], double y[96][128]) {
  for (int i = 0; i < 96; i++)
    for (int j = 0; j < 128; j++)
      y[i][j] = 0.5 * x[i + 1][j + 1] +
                0.1 * (x[i][j + 1] + x[i + 1][j] + x[i + 1][j + 2] + x[i + 2][j + 1]) +
                0.025 * (x[i][j] + x[i][j + 2] + x[i + 2][j] + x[i + 2][j + 2]);
}
