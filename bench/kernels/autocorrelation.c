// Sums of products at 64 distances.
void kernel(short *x, long *r) {
  for (int lag = 0; lag < 64; lag++) {
    long sum = 0;
    for (int i = lag; i < 1024; i++)
      sum += x[i] * x[i - lag];
    r[lag] = sum;
  }
}
