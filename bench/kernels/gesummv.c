// The sum of two matrices' products with one vector.
void kernel(float A[180][180], float B[180][180], float *x, float *y, float *t) {
  for (int i = 0; i < 180; i++) {
    t[i] = 0;
    y[i] = 0;
    for (int j = 0; j < 180; j++) {
      t[i] = A[i][j] * x[j] + t[i];
      y[i] = B[i][j] * x[j] + y[i];
    }
    y[i] = 1.5f * t[i] + 1.2f * y[i];
  }
}
