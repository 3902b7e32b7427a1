// y += 1.7 x.
void kernel(double *restrict x, double *restrict y, long n) {
  for (long i = 0; i < n; i++)
    y[i] += 1.7 * x[i];
}
