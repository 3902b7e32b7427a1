// The largest of each row.
void kernel(int x[50][333], int *y) {
  for (int i = 0; i < 50; i++) {
    int m = x[i][0];
    for (int j = 1; j < 333; j++)
      m = x[i][j] > m ? x[i][j] : m;
    y[i] = m;
  }
}
