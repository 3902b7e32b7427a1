// Of 32 distances the one at which fewest bits differ.
void kernel(unsigned left[40][128], unsigned right[40][128], unsigned char y[40][96]) {
  for (int i = 0; i < 40; i++)
    for (int j = 0; j < 96; j++) {
      int best = 33, at = 0;
      for (int d = 0; d < 32; d++) {
        int cost = __builtin_popcount(left[i][j + 31] ^ right[i][j + 31 - d]);
        if (cost < best)
          best = cost, at = d;
      }
      y[i][j] = at;
    }
}
