// Weights of two bits, -1, 0, 1 and 2, times a vector of bytes.
void kernel(unsigned char w[64][64], signed char *x, int *y) {
  for (int i = 0; i < 64; i++) {
    int sum = 0;
    for (int k = 0; k < 256; k++)
      sum += ((w[i][k / 4] >> (2 * (k % 4)) & 3) - 1) * x[k];
    y[i] = sum;
  }
}
