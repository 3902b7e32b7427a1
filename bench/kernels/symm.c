// A symmetric matrix, of which the lower triangle is stored, times another.
void kernel(float C[60][70], float A[60][60], float B[60][70]) {
  for (int i = 0; i < 60; i++)
    for (int j = 0; j < 70; j++) {
      float sum = 0;
      for (int k = 0; k < i; k++) {
        C[k][j] += 1.5f * B[i][j] * A[i][k];
        sum += B[k][j] * A[i][k];
      }
      C[i][j] = 1.2f * C[i][j] + 1.5f * B[i][j] * A[i][i] + 1.5f * sum;
    }
}
