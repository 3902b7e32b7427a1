// Numbers in the other order.
void kernel(short *restrict x, short *restrict y, long n) {
  for (long i = 0; i < n; i++)
    y[i] = x[n - 1 - i];
}
