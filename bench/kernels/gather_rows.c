// Rows of a table.
void kernel(int *ix, float t[1000][32], float y[256][32]) {
  for (int i = 0; i < 256; i++)
    for (int c = 0; c < 32; c++)
      y[i][c] = t[ix[i]][c];
}
