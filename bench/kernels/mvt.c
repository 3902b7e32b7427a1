// A matrix and its transpose times vectors.
void kernel(float *x1, float *x2, float *y1, float *y2, float A[220][220]) {
  for (int i = 0; i < 220; i++)
    for (int j = 0; j < 220; j++)
      x1[i] += A[i][j] * y1[j];
  for (int i = 0; i < 220; i++)
    for (int j = 0; j < 220; j++)
      x2[i] += A[j][i] * y2[j];
}
