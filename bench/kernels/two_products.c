// A product of a product.
void kernel(float A[64][64], float B[64][64], float D[64][64], float T[64][64], float C[64][64]) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 64; j++) {
      T[i][j] = 0;
      for (int k = 0; k < 64; k++)
        T[i][j] += A[i][k] * B[k][j];
    }
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 64; j++) {
      C[i][j] = 0;
      for (int k = 0; k < 64; k++)
        C[i][j] += T[i][k] * D[k][j];
    }
}
