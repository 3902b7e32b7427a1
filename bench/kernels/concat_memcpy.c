// Rows of two arrays one after the other, copied by calls, and a bias added to all.
enum { ROWS = 60, A = 100, B = 120 };
void kernel(const float *restrict a, const float *restrict b, const float *restrict bias, float *restrict y) {
  for (int i = 0; i < ROWS; i++) {
    __builtin_memcpy(&y[i * (A + B)], &a[i * A], A * sizeof *a);
    __builtin_memcpy(&y[i * (A + B) + A], &b[i * B], B * sizeof *b);
  }
  for (int i = 0; i < ROWS; i++)
    for (int j = 0; j < A + B; j++)
      y[i * (A + B) + j] += bias[j];
}
