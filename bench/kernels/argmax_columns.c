// The row of each column's largest number.
void kernel(float x[64][200], int *at) {
  for (int j = 0; j < 200; j++) {
    float most = x[0][j];
    int where = 0;
    for (int i = 1; i < 64; i++)
      if (x[i][j] > most) {
        most = x[i][j];
        where = i;
      }
    at[j] = where;
  }
}
