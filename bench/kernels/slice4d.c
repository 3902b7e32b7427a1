// A part of a tensor, every second line.
void kernel(float x[4][20][24][32], float y[3][9][20][16]) {
  for (int a = 0; a < 3; a++)
    for (int b = 0; b < 9; b++)
      for (int c = 0; c < 20; c++)
        for (int d = 0; d < 16; d++)
          y[a][b][c][d] = x[a + 1][2 * b + 1][c + 2][d + 8];
}
