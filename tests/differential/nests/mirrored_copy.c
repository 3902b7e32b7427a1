// A loop that counts down steps over whole runs of the layout that its temporary gets: such a stride is no
// multiple of another's dimension.
#include "program.h"
#include <stdint.h>

enum { I = 47, J = 9, K = 21, R = 2 };
static uint8_t input[R][K][I][J];
static int8_t output[I][J][K];
static int32_t wide[K][J][I];

NOINLINE static void kernel(const uint8_t *x, int8_t *y, int32_t *z) {
  int8_t t[I * J * K];
  for (int k = 0; k < K; k++)
    for (int j = 0; j < J; j++)
      for (int i = I - 1; i >= 0; i--) {
        uint32_t sum = 0;
        for (int r = 0; r < R; r++)
          sum += x[((r * K + k) * I + i) * J + j];
        t[(i * J + j) * K + k] = (int8_t)sum;
      }
  for (int i = I - 1; i >= 0; i--)
    for (int j = 0; j < J; j++)
      for (int k = 0; k < K; k++)
        y[(i * J + j) * K + k] = t[(i * J + j) * K + k];
  for (int i = I - 1; i >= 0; i--)
    for (int j = 0; j < J; j++)
      for (int k = 0; k < K; k++)
        z[(k * J + j) * I + i] = (int32_t)((uint32_t)t[(i * J + j) * K + k] << 2);
}

int main(void) {
  long sum = 0;
  for (unsigned i = 0; i < sizeof input; i++)
    (&input[0][0][0][0])[i] = (uint8_t)(i * 7 + (i >> 5));
  kernel(&input[0][0][0][0], &output[0][0][0], &wide[0][0][0]);
  for (unsigned i = 0; i < I * J * K; i++)
    sum = mix(mix(sum, (&output[0][0][0])[i]), (&wide[0][0][0])[i]);
  emit(sum);
  return 0;
}
