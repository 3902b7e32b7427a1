// The sum of two quantized tensors with scales and zero points of their own, rescaled, as TOSA writes it.
static int scaled(long value, long multiplier, int shift) {
  return (int)((value * multiplier + (1L << (shift - 1))) >> shift);
}

void residual_add_i8(const signed char *restrict x, const signed char *restrict y, signed char *restrict z,
                     long n) {
  for (long i = 0; i < n; i++) {
    int sum = scaled((x[i] + 3) << 12, 1340700913, 31) + scaled((y[i] - 5) << 12, 1711276032, 31);
    int v = scaled(sum, 1073741824, 42) + 7;
    z[i] = v < -128 ? -128 : v > 127 ? 127 : v;
  }
}
