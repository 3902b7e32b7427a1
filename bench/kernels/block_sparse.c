// A matrix of sparse blocks of 4 x 4 times a vector.
void kernel(int *start, int *column, float value[400][4][4], float *x, float *y) {
  for (int i = 0; i < 16; i++) {
    float sum[4] = {0};
    for (int k = start[i]; k < start[i + 1]; k++)
      for (int r = 0; r < 4; r++)
        for (int c = 0; c < 4; c++)
          sum[r] += value[k][r][c] * x[4 * column[k] + c];
    for (int r = 0; r < 4; r++)
      y[4 * i + r] = sum[r];
  }
}
