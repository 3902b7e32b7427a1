// An int16 matrix times a vector.
void kernel(short A[100][240], short *x, int *y) {
  for (int i = 0; i < 100; i++) {
    int sum = 0;
    for (int j = 0; j < 240; j++)
      sum += A[i][j] * x[j];
    y[i] = sum;
  }
}
