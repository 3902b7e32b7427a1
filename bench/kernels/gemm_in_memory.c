// Sums that stay in memory, of arrays that may overlap.
#include <stdint.h>
void kernel(int8_t A[96][80], int8_t B[80][96], int32_t C[96][96]) {
  for (int i = 0; i < 96; i++)
    for (int j = 0; j < 96; j++) {
      C[i][j] = 0;
      for (int k = 0; k < 80; k++)
        C[i][j] += A[i][k] * B[k][j];
    }
}
