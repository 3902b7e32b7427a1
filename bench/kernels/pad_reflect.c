// An image continued as in a mirror.
void kernel(float x[60][100], float y[66][106]) {
  for (int i = 0; i < 66; i++)
    for (int j = 0; j < 106; j++) {
      int a = i - 3, b = j - 3;
      a = a < 0 ? -a : a >= 60 ? 118 - a : a;
      b = b < 0 ? -b : b >= 100 ? 198 - b : b;
      y[i][j] = x[a][b];
    }
}
