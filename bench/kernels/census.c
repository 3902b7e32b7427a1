// A bit for each pixel around that is darker.
void kernel(unsigned char x[60][100], unsigned y[56][96]) {
  for (int i = 0; i < 56; i++)
    for (int j = 0; j < 96; j++) {
      unsigned bits = 0;
      for (int u = 0; u < 5; u++)
        for (int v = 0; v < 5; v++)
          if (u != 2 || v != 2)
            bits = bits << 1 | (x[i + u][j + v] < x[i + 2][j + 2]);
      y[i][j] = bits;
    }
}
