void kernel(int m, int n, int k, float *a, int lda, float *b, int ldb, float *c, int ldc) {
  float alpha = 0.75f;
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) {
      float sum = 0;
      for (int p = 0; p < k; p++)
        sum += alpha * a[i * lda + p] * b[j * ldb + p];
      c[i * ldc + j] += sum;
    }
}
