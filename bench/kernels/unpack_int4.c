// Two weights a byte, less 8, times the row's scale.
void kernel(unsigned char w[64][64], float *scale, float y[64][128]) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 64; j++) {
      y[i][2 * j] = scale[i] * ((w[i][j] & 15) - 8);
      y[i][2 * j + 1] = scale[i] * ((w[i][j] >> 4) - 8);
    }
}
