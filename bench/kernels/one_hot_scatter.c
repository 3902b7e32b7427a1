// The same, cleared and then set.
void kernel(int *index, float y[256][64]) {
  for (int i = 0; i < 256; i++)
    for (int j = 0; j < 64; j++)
      y[i][j] = 0;
  for (int i = 0; i < 256; i++)
    y[i][index[i]] = 1;
}
