// LZ4: the fast and the thorough compressor, frames, and refusal of damaged input.
#include "lz4.h"
#include "data.h"
#include "lz4frame.h"
#include "lz4hc.h"

#include <stdio.h>
#include <string.h>

enum { SIZE = 60000 };
static char input[SIZE], packed[SIZE * 2], output[SIZE];

static void back(int size) {
  memset(output, 0, sizeof output);
  int result = LZ4_decompress_safe(packed, output, size, SIZE);
  printf("%d %s\n", result, memcmp(input, output, SIZE) ? "different" : "the same");
}

int main(void) {
  fill_text((unsigned char *)input, SIZE, 99);
  for (int acceleration = 1; acceleration < 20; acceleration += 6) {
    int size = LZ4_compress_fast(input, packed, SIZE, sizeof packed, acceleration);
    printf("fast %d: %d bytes, %08x: ", acceleration, size, checksum(packed, (size_t)size));
    back(size);
  }
  for (int level = 3; level <= 12; level += 3) {
    int size = LZ4_compress_HC(input, packed, SIZE, sizeof packed, level);
    printf("level %d: %d bytes, %08x: ", level, size, checksum(packed, (size_t)size));
    back(size);
    packed[size / 3] ^= 0x55;
    printf("damaged %d\n", LZ4_decompress_safe(packed, output, size, SIZE) < 0);
  }
  LZ4F_preferences_t preferences = {.frameInfo = {.contentChecksumFlag = LZ4F_contentChecksumEnabled}};
  size_t size = LZ4F_compressFrame(packed, sizeof packed, input, SIZE, &preferences);
  printf("frame %zu %08x\n", size, checksum(packed, size));
  return 0;
}
