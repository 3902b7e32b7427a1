// Both operands with zero points, as ONNX's MatMulInteger has them.
#include <stdint.h>
enum { M = 96, N = 80, K = 120 };
void kernel(uint8_t a[M][K], int a_zero, uint8_t b[K][N], int b_zero, int32_t c[M][N]) {
  for (int i = 0; i < M; i++)
    for (int j = 0; j < N; j++) {
      int32_t sum = 0;
      for (int k = 0; k < K; k++)
        sum += (a[i][k] - a_zero) * (b[k][j] - b_zero);
      c[i][j] = sum;
    }
}
