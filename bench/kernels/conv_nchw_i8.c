// A 3 x 3 convolution of planes.
void kernel(signed char x[1][32][30][30], signed char w[64][32][3][3], int y[1][64][28][28]) {
  for (int o = 0; o < 64; o++)
    for (int h = 0; h < 28; h++)
      for (int v = 0; v < 28; v++) {
        int s = 0;
        for (int c = 0; c < 32; c++)
          for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
              s += x[0][c][h + i][v + j] * w[o][c][i][j];
        y[0][o][h][v] = s;
      }
}
