// Corners: products of gradients, summed over windows of 3 x 3.
void kernel(unsigned char x[66][98], float y[64][96]) {
  static int xx[66][98], xy[66][98], yy[66][98];
  for (int i = 1; i < 65; i++)
    for (int j = 1; j < 97; j++) {
      int dx = x[i][j + 1] - x[i][j - 1], dy = x[i + 1][j] - x[i - 1][j];
      xx[i][j] = dx * dx;
      xy[i][j] = dx * dy;
      yy[i][j] = dy * dy;
    }
  for (int i = 1; i < 65; i++)
    for (int j = 1; j < 97; j++) {
      int a = 0, b = 0, c = 0;
      for (int u = -1; u <= 1; u++)
        for (int v = -1; v <= 1; v++)
          a += xx[i + u][j + v], b += xy[i + u][j + v], c += yy[i + u][j + v];
      float p = a, q = b, r = c;
      y[i - 1][j - 1] = p * r - q * q - 0.04f * (p + r) * (p + r);
    }
}
