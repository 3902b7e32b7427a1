// A binomial filter of 5 x 5, along rows, then along columns.
void kernel(unsigned char in[100][132], unsigned short t[100][128], unsigned char out[96][128]) {
  for (int i = 0; i < 100; i++)
    for (int j = 0; j < 128; j++)
      t[i][j] = in[i][j] + 4 * in[i][j + 1] + 6 * in[i][j + 2] + 4 * in[i][j + 3] + in[i][j + 4];
  for (int i = 0; i < 96; i++)
    for (int j = 0; j < 128; j++)
      out[i][j] = (t[i][j] + 4 * t[i + 1][j] + 6 * t[i + 2][j] + 4 * t[i + 3][j] + t[i + 4][j] + 128) >> 8;
}
