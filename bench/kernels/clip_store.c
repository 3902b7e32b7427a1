// Stores only what is positive.
void kernel(int *restrict x, short *restrict y, long n) {
  for (long i = 0; i < n; i++) {
    if (x[i] > 0)
      y[i] = x[i];
  }
}
