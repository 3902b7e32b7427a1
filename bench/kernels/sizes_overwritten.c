// Sizes in memory that the loop itself may write.
static __attribute__((noinline)) void add(const int *sizes, const int *x, int *y) {
  if (sizes[0] + sizes[3] < 0)
    return;
  for (int i = 0; i < sizes[1]; i++)
    for (int j = 0; j < sizes[2]; j++)
      y[i * sizes[3] + j] = x[i * 40 + j] + sizes[0];
}
void kernel(const int *x, int *y, int *z, int n) {
  z[0] = y[0] = 5;
  z[1] = y[1] = n;
  z[2] = y[2] = z[3] = y[3] = 40;
  add(y, x, y + 4);
  add(z, x, z);
}
