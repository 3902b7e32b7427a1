// Windows of 2 x 2.
void kernel(float x[30][30][24], float y[15][15][24]) {
  for (int h = 0; h < 15; h++)
    for (int w = 0; w < 15; w++)
      for (int c = 0; c < 24; c++)
        y[h][w][c] = 0.25f * (x[2 * h][2 * w][c] + x[2 * h][2 * w + 1][c] + x[2 * h + 1][2 * w][c] +
                              x[2 * h + 1][2 * w + 1][c]);
}
