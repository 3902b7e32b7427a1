// Running sums.
void kernel(int *restrict x, int *restrict y, long n) {
  int s = 0;
  for (long i = 0; i < n; i++) {
    s += x[i];
    y[i] = s;
  }
}
