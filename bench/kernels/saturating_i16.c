// A saturated sum.
void kernel(short *restrict a, short *restrict b, short *restrict y) {
  for (int i = 0; i < 8192; i++) {
    int s = 20 * a[i] + 20 * b[i];
    y[i] = s > 32767 ? 32767 : s < -32768 ? -32768 : s;
  }
}
