// Bytes, rows to columns.
void kernel(unsigned char x[96][120], unsigned char y[120][96]) {
  for (int i = 0; i < 120; i++)
    for (int j = 0; j < 96; j++)
      y[i][j] = x[j][i];
}
