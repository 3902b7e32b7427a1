// Pointers that move through all arrays, each loop by its own.
enum { M = 60, N = 70, K = 50 };
void kernel(const float *restrict a, const float *restrict b, float *restrict c) {
  const float *end = a + M * K;
  for (; a < end; a += K)
    for (int j = 0; j < N; j++) {
      const float *row = a, *column = b + j;
      float sum = 0;
      for (int k = 0; k < K; k++, column += N)
        sum += *row++ * *column;
      *c++ = sum;
    }
}
