// The integer cosine transform of H.264's high profile, of blocks of 8 x 8.
static void transform(int *x, int step) {
  int a0 = x[0] + x[7 * step], a1 = x[step] + x[6 * step], a2 = x[2 * step] + x[5 * step],
      a3 = x[3 * step] + x[4 * step];
  int b0 = a0 + a3, b1 = a1 + a2, b2 = a0 - a3, b3 = a1 - a2;
  a0 = x[0] - x[7 * step], a1 = x[step] - x[6 * step], a2 = x[2 * step] - x[5 * step],
  a3 = x[3 * step] - x[4 * step];
  int b4 = a1 + a2 + ((a0 >> 1) + a0), b5 = a0 - a3 - ((a2 >> 1) + a2);
  int b6 = a0 + a3 - ((a1 >> 1) + a1), b7 = a1 - a2 + ((a3 >> 1) + a3);
  x[0] = b0 + b1, x[step] = b4 + (b7 >> 2), x[2 * step] = b2 + (b3 >> 1), x[3 * step] = b5 + (b6 >> 2);
  x[4 * step] = b0 - b1, x[5 * step] = b6 - (b5 >> 2), x[6 * step] = (b2 >> 1) - b3,
        x[7 * step] = (b4 >> 2) - b7;
}

void kernel(short x[64][8][8], short y[64][8][8]) {
  for (int n = 0; n < 64; n++) {
    int block[64];
    for (int i = 0; i < 64; i++)
      block[i] = x[n][i / 8][i % 8];
    for (int i = 0; i < 8; i++)
      transform(block + 8 * i, 1);
    for (int i = 0; i < 8; i++)
      transform(block + i, 8);
    for (int i = 0; i < 64; i++)
      y[n][i / 8][i % 8] = (block[i] + 32) >> 6;
  }
}
