// For each descriptor of 256 bits the nearest other one.
#include <stdint.h>
void kernel(uint64_t x[60][4], uint64_t y[80][4], int *nearest, int *distance) {
  for (int i = 0; i < 60; i++) {
    int best = 257, at = -1;
    for (int j = 0; j < 80; j++) {
      int d = 0;
      for (int k = 0; k < 4; k++)
        d += __builtin_popcountll(x[i][k] ^ y[j][k]);
      if (d < best)
        best = d, at = j;
    }
    nearest[i] = at;
    distance[i] = best;
  }
}
