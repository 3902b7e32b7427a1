// Running products of columns.
void kernel(float x[100][300]) {
  for (int i = 1; i < 100; i++)
    for (int j = 0; j < 300; j++)
      x[i][j] *= x[i - 1][j];
}
