// Products of complex numbers, real and imaginary parts in turns.
void kernel(float *restrict a, float *restrict b, float *restrict c, long n) {
  for (long i = 0; i < n; i++) {
    float x = a[2 * i], y = a[2 * i + 1], u = b[2 * i], v = b[2 * i + 1];
    c[2 * i] = x * u - y * v;
    c[2 * i + 1] = x * v + y * u;
  }
}
