// The eight largest of each row, in order, by insertion.
void kernel(float x[8][400], float value[8][8], int index[8][8]) {
  for (int r = 0; r < 8; r++) {
    for (int k = 0; k < 8; k++)
      value[r][k] = -1e30f, index[r][k] = -1;
    for (int i = 0; i < 400; i++) {
      if (x[r][i] <= value[r][7])
        continue;
      int k = 7;
      for (; k > 0 && x[r][i] > value[r][k - 1]; k--)
        value[r][k] = value[r][k - 1], index[r][k] = index[r][k - 1];
      value[r][k] = x[r][i];
      index[r][k] = i;
    }
  }
}
