// Columns in the other order.
void kernel(unsigned char x[96][100][3], unsigned char y[96][100][3]) {
  for (int i = 0; i < 96; i++)
    for (int j = 0; j < 100; j++)
      for (int c = 0; c < 3; c++)
        y[i][j][c] = x[i][99 - j][c];
}
