// The check of zip files by a table of 256 numbers.
#include <stdint.h>
void kernel(uint8_t *x, uint32_t *result, long n) {
  uint32_t table[256];
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int k = 0; k < 8; k++)
      c = c & 1 ? 0xedb88320u ^ c >> 1 : c >> 1;
    table[i] = c;
  }
  uint32_t crc = ~0u;
  for (long i = 0; i < n; i++)
    crc = table[(crc ^ x[i]) & 255] ^ crc >> 8;
  *result = ~crc;
}
