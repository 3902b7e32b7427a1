// A matrix plus the product of two vectors.
void kernel(float *restrict a, float *restrict b, float *restrict c) {
  for (int i = 0; i < 200; i++)
    for (int j = 0; j < 200; j++)
      c[i * 200 + j] += a[i] * b[j];
}
