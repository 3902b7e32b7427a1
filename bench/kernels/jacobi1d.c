// A stencil of three points, 10 times there and back.
void kernel(float *A, float *B) {
  for (int t = 0; t < 10; t++) {
    for (int i = 1; i < 3999; i++)
      B[i] = 0.33333f * (A[i - 1] + A[i] + A[i + 1]);
    for (int i = 1; i < 3999; i++)
      A[i] = 0.33333f * (B[i - 1] + B[i] + B[i + 1]);
  }
}
