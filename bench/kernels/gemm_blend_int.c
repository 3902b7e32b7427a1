// The same of sizes that only the run time knows.
void kernel(int m, int n, int k, float *A, float *B, float *C) {
  float alpha = 1.5f, beta = 0.5f;
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++) {
      float s = 0;
      for (int p = 0; p < k; p++)
        s += A[i * k + p] * B[p * n + j];
      C[i * n + j] = alpha * s + beta * C[i * n + j];
    }
}
