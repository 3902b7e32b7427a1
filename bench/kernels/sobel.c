// Gradients' magnitudes.
void kernel(unsigned char x[130][130], unsigned char y[128][128]) {
  for (int i = 0; i < 128; i++)
    for (int j = 0; j < 128; j++) {
      int gx = x[i][j + 2] - x[i][j] + 2 * (x[i + 1][j + 2] - x[i + 1][j]) + x[i + 2][j + 2] - x[i + 2][j];
      int gy = x[i + 2][j] - x[i][j] + 2 * (x[i + 2][j + 1] - x[i][j + 1]) + x[i + 2][j + 2] - x[i][j + 2];
      int m = (gx < 0 ? -gx : gx) + (gy < 0 ? -gy : gy);
      y[i][j] = m > 255 ? 255 : m;
    }
}
