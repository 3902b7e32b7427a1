// Bits that differ.
void kernel(unsigned x[256][8], unsigned *q, int *y) {
  for (int i = 0; i < 256; i++) {
    int n = 0;
    for (int j = 0; j < 8; j++)
      n += __builtin_popcount(x[i][j] ^ q[j]);
    y[i] = n;
  }
}
