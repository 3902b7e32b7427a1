// A 3 x 3 convolution of each plane by itself.
void kernel(signed char x[32][34][34], signed char w[32][3][3], int y[32][32][32]) {
  for (int c = 0; c < 32; c++)
    for (int h = 0; h < 32; h++)
      for (int v = 0; v < 32; v++) {
        int s = 0;
        for (int i = 0; i < 3; i++)
          for (int j = 0; j < 3; j++)
            s += x[c][h + i][v + j] * w[c][i][j];
        y[c][h][v] = s;
      }
}
