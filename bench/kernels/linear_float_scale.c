#include <math.h>
// A layer that is scaled by floating numbers.
void kernel(signed char x[16][128], signed char w[96][128], int *b, float *m, signed char y[16][96]) {
  for (int i = 0; i < 16; i++)
    for (int o = 0; o < 96; o++) {
      int s = b[o];
      for (int k = 0; k < 128; k++)
        s += x[i][k] * w[o][k];
      float v = rintf((float)s * m[o]);
      v = v > 127 ? 127 : v < -128 ? -128 : v;
      y[i][o] = (signed char)v;
    }
}
