// Where the gradient is largest across its direction, as in Canny's detector.
void kernel(short dx[66][98], short dy[66][98], unsigned char y[64][96]) {
  int size[66][98];
  for (int i = 0; i < 66; i++)
    for (int j = 0; j < 98; j++)
      size[i][j] = (dx[i][j] < 0 ? -dx[i][j] : dx[i][j]) + (dy[i][j] < 0 ? -dy[i][j] : dy[i][j]);
  for (int i = 1; i < 65; i++)
    for (int j = 1; j < 97; j++) {
      int a = dx[i][j] < 0 ? -dx[i][j] : dx[i][j], b = dy[i][j] < 0 ? -dy[i][j] : dy[i][j], m = size[i][j];
      int p, q;
      if (5 * b < 2 * a)
        p = size[i][j - 1], q = size[i][j + 1];
      else if (2 * b > 5 * a)
        p = size[i - 1][j], q = size[i + 1][j];
      else if ((dx[i][j] ^ dy[i][j]) >= 0)
        p = size[i - 1][j - 1], q = size[i + 1][j + 1];
      else
        p = size[i - 1][j + 1], q = size[i + 1][j - 1];
      y[i - 1][j - 1] = m > p && m >= q ? (m > 255 ? 255 : m) : 0;
    }
}
