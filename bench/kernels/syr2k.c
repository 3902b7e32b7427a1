// A symmetric update of rank 2 k, lower triangle.
void kernel(float C[80][80], float A[80][60], float B[80][60]) {
  for (int i = 0; i < 80; i++) {
    for (int j = 0; j <= i; j++)
      C[i][j] *= 1.2f;
    for (int k = 0; k < 60; k++)
      for (int j = 0; j <= i; j++)
        C[i][j] += A[j][k] * 1.5f * B[i][k] + B[j][k] * 1.5f * A[i][k];
  }
}
