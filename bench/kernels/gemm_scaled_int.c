// C += alpha A B with a factor taken out of the inner loop, sizes and leading dimensions of the run time.
void kernel(int m, int n, int k, float *a, int lda, float *b, int ldb, float *c, int ldc) {
  float alpha = 0.75f;
  for (int i = 0; i < m; i++)
    for (int p = 0; p < k; p++) {
      float scaled = alpha * a[i * lda + p];
      for (int j = 0; j < n; j++)
        c[i * ldc + j] += scaled * b[p * ldb + j];
    }
}
