// What is positive, side by side.
void kernel(int *restrict x, int *restrict y, int *count) {
  int n = 0;
  for (int i = 0; i < 4096; i++)
    if (x[i] > 0)
      y[n++] = x[i];
  *count = n;
}
