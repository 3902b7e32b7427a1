// Sums of all pixels above and to the left.
void kernel(unsigned char in[96][128], int out[97][129]) {
  for (int j = 0; j < 129; j++)
    out[0][j] = 0;
  for (int i = 0; i < 96; i++) {
    int sum = 0;
    out[i + 1][0] = 0;
    for (int j = 0; j < 128; j++) {
      sum += in[i][j];
      out[i + 1][j + 1] = out[i][j + 1] + sum;
    }
  }
}
