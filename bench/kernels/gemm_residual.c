// Sums that begin with another matrix.
void kernel(float A[64][80], float B[80][64], float R[64][64], float C[64][64]) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 64; j++) {
      float s = R[i][j];
      for (int k = 0; k < 80; k++)
        s += A[i][k] * B[k][j];
      C[i][j] = s;
    }
}
