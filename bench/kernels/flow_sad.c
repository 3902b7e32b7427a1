// How an image has moved: sums of absolute differences at 16 x 16 places.
#include <stdint.h>
void kernel(const uint8_t a[64][64], const uint8_t b[80][80], uint16_t o[16][16]) {
  for (int dy = 0; dy < 16; dy++)
    for (int dx = 0; dx < 16; dx++) {
      int s = 0;
      for (int y = 0; y < 64; y++)
        for (int x = 0; x < 64; x++)
          s += __builtin_abs(a[y][x] - b[y + dy][x + dx]);
      o[dy][dx] = s >> 4;
    }
}
