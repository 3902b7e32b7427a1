// Two int8 tensors of different scales to a third.
void kernel(signed char *restrict a, signed char *restrict b, signed char *restrict y) {
  for (int i = 0; i < 16384; i++) {
    int p = (a[i] - 3) * 23170, q = (b[i] + 7) * 17321;
    int s = ((p + q + (1 << 14)) >> 15) + 5;
    y[i] = s > 127 ? 127 : s < -128 ? -128 : s;
  }
}
