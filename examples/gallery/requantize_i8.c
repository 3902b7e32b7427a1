// Sums of int32 to int8: scaled with rounding, a zero point, clamped.
void requantize_i8(const int *restrict x, signed char *restrict z, long n) {
  for (long i = 0; i < n; i++) {
    int v = (int)((x[i] * 1518500250L + (1L << 43)) >> 44) - 3;
    z[i] = v < -128 ? -128 : v > 127 ? 127 : v;
  }
}
