// A matrix three times below and four times beside itself.
void kernel(short x[40][50], short y[120][200]) {
  for (int i = 0; i < 120; i++)
    for (int j = 0; j < 200; j++)
      y[i][j] = x[i % 40][j % 50];
}
