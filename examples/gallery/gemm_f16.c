// C = A * transposed B, fp16 into fp32: both operands lie along the sum.
enum { M = 256, N = 256, K = 512 };

void gemm_f16(const _Float16 a[restrict M][K], const _Float16 b[restrict N][K], float c[restrict M][N]) {
  for (int i = 0; i < M; i++)
    for (int j = 0; j < N; j++) {
      float sum = 0;
      for (int k = 0; k < K; k++)
        sum += (float)a[i][k] * (float)b[j][k];
      c[i][j] = sum;
    }
}
