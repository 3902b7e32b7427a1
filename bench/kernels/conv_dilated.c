// A 3 x 3 convolution of every second pixel.
void kernel(signed char x[32][32][32], signed char w[3][3][32][32], int y[28][28][32]) {
  for (int h = 0; h < 28; h++)
    for (int v = 0; v < 28; v++)
      for (int o = 0; o < 32; o++) {
        int s = 0;
        for (int i = 0; i < 3; i++)
          for (int j = 0; j < 3; j++)
            for (int c = 0; c < 32; c++)
              s += x[h + 2 * i][v + 2 * j][c] * w[i][j][c][o];
        y[h][v][o] = s;
      }
}
