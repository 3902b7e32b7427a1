// Queries times keys of several heads, both with zero points, to bytes.
#include <stdint.h>
enum { HEADS = 6, T = 70, D = 64 };
void kernel(int8_t q[HEADS][T][D], int8_t k[HEADS][T][D], int8_t s[HEADS][T][T]) {
  for (int h = 0; h < HEADS; h++)
    for (int i = 0; i < T; i++)
      for (int j = 0; j < T; j++) {
        int32_t sum = 0;
        for (int d = 0; d < D; d++)
          sum += (q[h][i][d] - 7) * (k[h][j][d] + 12);
        int64_t x = ((int64_t)sum * 1431655765 + (1LL << 39)) >> 40;
        x += -3;
        s[h][i][j] = x < -128 ? -128 : x > 127 ? 127 : x;
      }
}
