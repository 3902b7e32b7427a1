// Means of channels as a product and a shift.
void kernel(signed char x[49][256], signed char y[256]) {
  for (int c = 0; c < 256; c++) {
    int s = 0;
    for (int i = 0; i < 49; i++)
      s += x[i][c];
    s = (s * 1337 + 32768) >> 16;
    y[c] = s > 127 ? 127 : s < -128 ? -128 : s;
  }
}
