// The distance to the next dark pixel, 3 and 4 along and across, in two passes.
static int closer(int a, int b) {
  return a < b ? a : b;
}
void kernel(unsigned char x[64][80], int d[64][80]) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 80; j++)
      d[i][j] = x[i][j] ? 10000 : 0;
  for (int i = 1; i < 64; i++)
    for (int j = 1; j < 79; j++)
      d[i][j] = closer(closer(d[i][j], d[i][j - 1] + 3),
                       closer(d[i - 1][j] + 3, closer(d[i - 1][j - 1] + 4, d[i - 1][j + 1] + 4)));
  for (int i = 62; i >= 0; i--)
    for (int j = 78; j >= 1; j--)
      d[i][j] = closer(closer(d[i][j], d[i][j + 1] + 3),
                       closer(d[i + 1][j] + 3, closer(d[i + 1][j + 1] + 4, d[i + 1][j - 1] + 4)));
}
