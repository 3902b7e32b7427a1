// Blocks of 32 floats as bytes with a scale.
#include <math.h>
void kernel(float x[64][32], signed char q[64][32], float *scale) {
  for (int i = 0; i < 64; i++) {
    float most = 0;
    for (int k = 0; k < 32; k++)
      most = fmaxf(most, fabsf(x[i][k]));
    float d = most / 127, inverse = d ? 1 / d : 0;
    scale[i] = d;
    for (int k = 0; k < 32; k++)
      q[i][k] = (signed char)roundf(x[i][k] * inverse);
  }
}
