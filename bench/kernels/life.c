// Conway's game.
void kernel(unsigned char x[66][98], unsigned char y[64][96]) {
  for (int i = 0; i < 64; i++)
    for (int j = 0; j < 96; j++) {
      int n = 0;
      for (int u = 0; u < 3; u++)
        for (int v = 0; v < 3; v++)
          n += x[i + u][j + v];
      y[i][j] = n == 3 || (n == 4 && x[i + 1][j + 1]);
    }
}
