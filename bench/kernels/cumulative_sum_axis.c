// Sums of columns up to each row, each row from the one before; sizes are arguments.
void kernel(const int *x, int *restrict y, long rows, long columns) {
  for (long j = 0; j < columns; j++)
    y[j] = x[j];
  for (long i = 1; i < rows; i++)
    for (long j = 0; j < columns; j++)
      y[i * columns + j] = y[(i - 1) * columns + j] + x[i * columns + j];
}
