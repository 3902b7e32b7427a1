// Loops cut into tiles by hand.
#include <stdint.h>
enum { SIZE = 96, TILE = 32 };
void kernel(const int8_t *restrict a, const int8_t *restrict b, int32_t *restrict c) {
  for (int i = 0; i < SIZE * SIZE; i++)
    c[i] = 0;
  for (int ii = 0; ii < SIZE; ii += TILE)
    for (int jj = 0; jj < SIZE; jj += TILE)
      for (int kk = 0; kk < SIZE; kk += TILE)
        for (int i = ii; i < ii + TILE; i++)
          for (int j = jj; j < jj + TILE; j++) {
            int32_t sum = c[i * SIZE + j];
            for (int k = kk; k < kk + TILE; k++)
              sum += a[i * SIZE + k] * b[k * SIZE + j];
            c[i * SIZE + j] = sum;
          }
}
