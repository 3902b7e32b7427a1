// A sparse matrix by rows times a dense one.
void kernel(int *start, int *column, float *value, float x[96][48], float y[64][48]) {
  for (int i = 0; i < 64; i++) {
    for (int j = 0; j < 48; j++)
      y[i][j] = 0;
    for (int k = start[i]; k < start[i + 1]; k++)
      for (int j = 0; j < 48; j++)
        y[i][j] += value[k] * x[column[k]][j];
  }
}
