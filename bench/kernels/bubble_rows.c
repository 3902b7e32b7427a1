// Short rows sorted by exchanging neighbors.
void kernel(int x[64][24]) {
  for (int r = 0; r < 64; r++)
    for (int i = 0; i < 23; i++)
      for (int j = 0; j < 23 - i; j++)
        if (x[r][j] > x[r][j + 1]) {
          int t = x[r][j];
          x[r][j] = x[r][j + 1];
          x[r][j + 1] = t;
        }
}
