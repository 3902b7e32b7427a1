// y = A * x, int8 into int32, sizes known when it runs: as fast as the matrix comes from DRAM.
#include <stdint.h>

void gemv_i8(const int8_t *a, const int8_t *x, int32_t *y, long rows, long columns) {
  for (long i = 0; i < rows; i++) {
    int32_t sum = 0;
    for (long j = 0; j < columns; j++)
      sum += a[i * columns + j] * x[j];
    y[i] = sum;
  }
}
