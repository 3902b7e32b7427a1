// A sparse matrix with rows of different lengths times a vector.
void kernel(int *start, int *column, float *value, float *x, float *y) {
  for (int i = 0; i < 200; i++) {
    float sum = 0;
    for (int k = start[i]; k < start[i + 1]; k++)
      sum += value[k] * x[column[k]];
    y[i] = sum;
  }
}
