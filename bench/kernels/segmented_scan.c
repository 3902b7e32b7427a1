// Running sums that begin anew at marks.
void kernel(int *x, unsigned char *mark, int *y) {
  int sum = 0;
  for (int i = 0; i < 4096; i++) {
    sum = mark[i] == 0 ? x[i] : sum + x[i];
    y[i] = sum;
  }
}
