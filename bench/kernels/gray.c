// Pixels of three bytes to one.
void kernel(unsigned char *restrict x, unsigned char *restrict y, long n) {
  for (long i = 0; i < n; i++)
    y[i] = (77 * x[3 * i] + 150 * x[3 * i + 1] + 29 * x[3 * i + 2] + 128) >> 8;
}
