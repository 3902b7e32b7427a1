// The same in single precision.
void kernel(float x[32][30][30], float w[64][32][3][3], float y[64][28][28]) {
  for (int o = 0; o < 64; o++)
    for (int h = 0; h < 28; h++)
      for (int v = 0; v < 28; v++) {
        float s = 0;
        for (int c = 0; c < 32; c++)
          for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
              s += x[c][h + i][v + j] * w[o][c][i][j];
        y[o][h][v] = s;
      }
}
