// A product of int16 matrices.
void kernel(short a[64][64], short b[64][64], int c[64][64]) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 64; j++) {
      int s = 0;
      for (int k = 0; k < 64; k++)
        s += a[i][k] * b[k][j];
      c[i][j] = s;
    }
}
