// A row of blocks, a scale of half precision and 32 weights, times a vector of such blocks: one call a row.
typedef struct {
  _Float16 scale;
  signed char q[32];
} Block;
__attribute__((noinline)) static float row_times(const Block *w, const Block *x, int count) {
  float total = 0;
  for (int b = 0; b < count / 32; b++) {
    int sum = 0;
    for (int k = 0; k < 32; k++)
      sum += w[b].q[k] * x[b].q[k];
    total += sum * ((float)w[b].scale * (float)x[b].scale);
  }
  return total;
}
void kernel(const Block *w, const Block *x, float *y, int rows, int count) {
  for (long i = 0; i < rows; i++)
    y[i] = row_times(w + i * (count / 32), x, count);
}
