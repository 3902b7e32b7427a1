// Pairs in a sequence by dynamic programming.
void kernel(unsigned char *base, int table[100][100]) {
  for (int i = 99; i >= 0; i--)
    for (int j = i + 1; j < 100; j++) {
      int best = table[i][j];
      if (table[i][j - 1] > best)
        best = table[i][j - 1];
      if (i + 1 < 100 && table[i + 1][j] > best)
        best = table[i + 1][j];
      if (i + 1 < 100) {
        int pair = table[i + 1][j - 1] + (i < j - 1 && base[i] + base[j] == 3);
        if (pair > best)
          best = pair;
      }
      for (int k = i + 1; k < j; k++)
        if (table[i][k] + table[k + 1][j] > best)
          best = table[i][k] + table[k + 1][j];
      table[i][j] = best;
    }
}
