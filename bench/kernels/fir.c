// A filter of 32 taps.
void kernel(float *restrict x, float *restrict h, float *restrict y, long n) {
  for (long i = 0; i < n; i++) {
    float s = 0;
    for (int t = 0; t < 32; t++)
      s += x[i + t] * h[t];
    y[i] = s;
  }
}
