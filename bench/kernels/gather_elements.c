// Each element from a row of its own.
void kernel(float x[128][64], int index[128][64], float y[128][64]) {
  for (int i = 0; i < 128; i++)
    for (int j = 0; j < 64; j++)
      y[i][j] = x[index[i][j]][j];
}
