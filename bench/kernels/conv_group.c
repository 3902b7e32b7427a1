// A 3 x 3 convolution of four groups of channels.
void kernel(signed char x[30][30][4][16], signed char w[4][3][3][16][16], int y[28][28][4][16]) {
  for (int h = 0; h < 28; h++)
    for (int v = 0; v < 28; v++)
      for (int g = 0; g < 4; g++)
        for (int o = 0; o < 16; o++) {
          int s = 0;
          for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
              for (int c = 0; c < 16; c++)
                s += x[h + i][v + j][g][c] * w[g][i][j][c][o];
          y[h][v][g][o] = s;
        }
}
