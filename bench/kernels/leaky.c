// A ReLU with a slope below zero.
void kernel(float *restrict x, float *restrict y, long n) {
  for (long i = 0; i < n; i++)
    y[i] = x[i] > 0 ? x[i] : 0.1f * x[i];
}
