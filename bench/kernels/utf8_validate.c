// Whether a text is well formed, by the ranges of its bytes.
#include <stdint.h>
void kernel(uint8_t *x, int *valid, long n) {
  int more = 0, low = 0x80, high = 0xbf;
  *valid = 0;
  for (long i = 0; i < n; i++) {
    uint8_t c = x[i];
    if (more) {
      if (c < low || c > high)
        return;
      low = 0x80, high = 0xbf;
      more--;
    } else if (c >= 0xf0) {
      if (c > 0xf4)
        return;
      more = 3, low = c == 0xf0 ? 0x90 : 0x80, high = c == 0xf4 ? 0x8f : 0xbf;
    } else if (c >= 0xe0) {
      more = 2, low = c == 0xe0 ? 0xa0 : 0x80, high = c == 0xed ? 0x9f : 0xbf;
    } else if (c >= 0x80) {
      if (c < 0xc2)
        return;
      more = 1;
    }
  }
  *valid = !more;
}
