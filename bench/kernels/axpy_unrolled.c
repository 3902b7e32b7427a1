// y += a x, four elements at a time, with a size of the run time.
void kernel(int n, int factor, const float *restrict x, float *restrict y) {
  for (int i = 0; i + 3 < n; i += 4) {
    y[i] += factor * x[i];
    y[i + 1] += factor * x[i + 1];
    y[i + 2] += factor * x[i + 2];
    y[i + 3] += factor * x[i + 3];
  }
}
