// A filter of 32 taps in Q15 with rounding and saturation.
void kernel(short *x, short *h, short *y) {
  for (int i = 0; i < 2048; i++) {
    int sum = 1 << 14;
    for (int t = 0; t < 32; t++)
      sum += x[i + t] * h[t];
    sum >>= 15;
    y[i] = sum > 32767 ? 32767 : sum < -32768 ? -32768 : sum;
  }
}
