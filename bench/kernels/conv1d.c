// A convolution along time.
void kernel(float x[1030][16], float w[7][16][32], float y[1024][32]) {
  for (int t = 0; t < 1024; t++)
    for (int o = 0; o < 32; o++) {
      float s = 0;
      for (int i = 0; i < 7; i++)
        for (int c = 0; c < 16; c++)
          s += x[t + i][c] * w[i][c][o];
      y[t][o] = s;
    }
}
