// Of 24 distances the one with the least sum of absolute differences in a window of 5 x 5.
void kernel(unsigned char left[36][112], unsigned char right[36][112], unsigned char y[32][80]) {
  for (int i = 0; i < 32; i++)
    for (int j = 0; j < 80; j++) {
      int best = 1 << 30, at = 0;
      for (int d = 0; d < 24; d++) {
        int sum = 0;
        for (int u = 0; u < 5; u++)
          for (int v = 0; v < 5; v++) {
            int e = left[i + u][j + v + 24] - right[i + u][j + v + 24 - d];
            sum += e < 0 ? -e : e;
          }
        if (sum < best)
          best = sum, at = d;
      }
      y[i][j] = at;
    }
}
