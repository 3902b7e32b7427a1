// A sparse matrix of at most eight numbers a row, in columns of their own, times a vector.
void kernel(float (*value)[512], int (*column)[512], float *x, float *y) {
  for (int r = 0; r < 512; r++) {
    float sum = 0;
    for (int k = 0; k < 8; k++)
      sum += value[k][r] * x[column[k][r]];
    y[r] = sum;
  }
}
