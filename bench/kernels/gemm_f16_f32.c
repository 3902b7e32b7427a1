// A product of matrices of halves, summed in single precision.
void kernel(_Float16 a[64][64], _Float16 b[64][64], float c[64][64]) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 64; j++) {
      float s = 0;
      for (int k = 0; k < 64; k++)
        s += (float)a[i][k] * (float)b[k][j];
      c[i][j] = s;
    }
}
