// A 3 x 3 x 3 convolution.
void kernel(signed char x[10][18][18][16], signed char w[3][3][3][16][32], int y[8][16][16][32]) {
  for (int d = 0; d < 8; d++)
    for (int h = 0; h < 16; h++)
      for (int v = 0; v < 16; v++)
        for (int o = 0; o < 32; o++) {
          int s = 0;
          for (int a = 0; a < 3; a++)
            for (int i = 0; i < 3; i++)
              for (int j = 0; j < 3; j++)
                for (int c = 0; c < 16; c++)
                  s += x[d + a][h + i][v + j][c] * w[a][i][j][c][o];
          y[d][h][v][o] = s;
        }
}
