// Two lines and columns of a value around an image.
void kernel(signed char x[24][30][20], signed char y[28][34][20]) {
  for (int i = 0; i < 28; i++)
    for (int j = 0; j < 34; j++)
      for (int c = 0; c < 20; c++)
        y[i][j][c] = i < 2 || i >= 26 || j < 2 || j >= 32 ? -7 : x[i - 2][j - 2][c];
}
