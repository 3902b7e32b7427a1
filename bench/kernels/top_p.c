// Running sums of sorted shares, and how many of them make nine tenths.
void kernel(float *restrict p, float *restrict sums, int *count) {
  float sum = 0;
  int n = 0;
  for (int i = 0; i < 1024; i++) {
    sum += p[i];
    sums[i] = sum;
    if (sum < 0.9f)
      n++;
  }
  *count = n;
}
