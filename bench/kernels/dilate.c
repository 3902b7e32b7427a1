// The largest pixel of a window of 5 x 5.
void kernel(unsigned char in[100][132], unsigned char out[96][128]) {
  for (int i = 0; i < 96; i++)
    for (int j = 0; j < 128; j++) {
      unsigned char m = 0;
      for (int y = 0; y < 5; y++)
        for (int x = 0; x < 5; x++)
          if (in[i + y][j + x] > m)
            m = in[i + y][j + x];
      out[i][j] = m;
    }
}
