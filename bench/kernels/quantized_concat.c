// Two tensors side by side, one of them scaled.
void kernel(signed char a[40][24], signed char b[40][40], signed char y[40][64]) {
  for (int i = 0; i < 40; i++) {
    for (int c = 0; c < 24; c++)
      y[i][c] = a[i][c];
    for (int c = 0; c < 40; c++) {
      int s = ((b[i][c] * 19661 + (1 << 13)) >> 14) - 2;
      y[i][24 + c] = s > 127 ? 127 : s < -128 ? -128 : s;
    }
  }
}
