// Planes to pixels.
void kernel(float x[8][16][20][24], float y[8][20][24][16]) {
  for (int n = 0; n < 8; n++)
    for (int h = 0; h < 20; h++)
      for (int w = 0; w < 24; w++)
        for (int c = 0; c < 16; c++)
          y[n][h][w][c] = x[n][c][h][w];
}
