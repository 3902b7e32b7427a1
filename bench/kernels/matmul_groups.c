// Rows of bytes with a scale for each group of 64 times a vector of such groups, all sizes at run time.
void kernel(float *y, const signed char *x, const float *xs, const signed char *w, const float *ws, int n,
            int d) {
  enum { GROUP = 64 };
  for (int i = 0; i < d; i++) {
    float total = 0;
    int row = i * n;
    for (int j = 0; j <= n - GROUP; j += GROUP) {
      int sum = 0;
      for (int k = 0; k < GROUP; k++)
        sum += x[j + k] * w[row + j + k];
      total += (float)sum * ws[(row + j) / GROUP] * xs[j / GROUP];
    }
    y[i] = total;
  }
}
