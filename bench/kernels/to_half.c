// Single to half precision, of a number of elements that is an argument.
void kernel(float *restrict x, _Float16 *restrict y, long n) {
  for (long i = 0; i < n; i++)
    y[i] = (_Float16)x[i];
}
