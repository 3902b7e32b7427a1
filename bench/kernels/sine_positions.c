#include <math.h>
// Positions as sines and cosines.
void kernel(float y[64][64]) {
  for (int p = 0; p < 64; p++)
    for (int i = 0; i < 32; i++) {
      float angle = (float)p * expf(-0.2878231f * (float)i);
      y[p][2 * i] = sinf(angle);
      y[p][2 * i + 1] = cosf(angle);
    }
}
