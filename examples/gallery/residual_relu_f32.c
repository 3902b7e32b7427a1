// The end of a residual block: y = max(a + b, 0).
void residual_relu_f32(const float *restrict a, const float *restrict b, float *restrict y, long count) {
  for (long i = 0; i < count; i++) {
    float sum = a[i] + b[i];
    y[i] = sum > 0 ? sum : 0;
  }
}
