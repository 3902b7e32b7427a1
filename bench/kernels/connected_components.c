// Labels of regions by passes forwards and backwards.
static int least(int a, int b) {
  return b && (!a || b < a) ? b : a;
}
void kernel(unsigned char x[64][64], int label[64][64]) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 64; j++)
      label[i][j] = x[i][j] ? 64 * i + j + 1 : 0;
  for (int pass = 0; pass < 3; pass++) {
    for (int i = 0; i < 64; i++)
      for (int j = 0; j < 64; j++)
        if (label[i][j]) {
          if (i)
            label[i][j] = least(label[i][j], label[i - 1][j]);
          if (j)
            label[i][j] = least(label[i][j], label[i][j - 1]);
        }
    for (int i = 63; i >= 0; i--)
      for (int j = 63; j >= 0; j--)
        if (label[i][j]) {
          if (i < 63)
            label[i][j] = least(label[i][j], label[i + 1][j]);
          if (j < 63)
            label[i][j] = least(label[i][j], label[i][j + 1]);
        }
  }
}
