// Two passes over bytes: counts, places, moves.
#include <stdint.h>
void kernel(uint32_t *x, uint32_t *y) {
  for (int pass = 0; pass < 2; pass++) {
    uint32_t *from = pass ? y : x, *to = pass ? x : y;
    int count[257] = {0};
    for (int i = 0; i < 2048; i++)
      count[(from[i] >> (8 * pass) & 255) + 1]++;
    for (int v = 0; v < 256; v++)
      count[v + 1] += count[v];
    for (int i = 0; i < 2048; i++)
      to[count[from[i] >> (8 * pass) & 255]++] = from[i];
  }
}
