// zlib: all levels and strategies, dictionaries, and inflation in small steps.
#include "zlib.h"
#include "data.h"

#include <stdio.h>
#include <string.h>

enum { SIZE = 50000 };
static unsigned char input[SIZE], packed[SIZE * 2], output[SIZE];

static uLong deflate_all(int level, int strategy, int window, const char *dictionary) {
  z_stream stream = {0};
  deflateInit2(&stream, level, Z_DEFLATED, window, 8, strategy);
  if (dictionary)
    deflateSetDictionary(&stream, (const Bytef *)dictionary, (uInt)strlen(dictionary));
  stream.next_in = input;
  stream.avail_in = SIZE;
  stream.next_out = packed;
  stream.avail_out = sizeof packed;
  printf("deflate %d: ", deflate(&stream, Z_FINISH));
  uLong size = stream.total_out;
  deflateEnd(&stream);
  return size;
}

static void inflate_all(uLong size, int window, const char *dictionary) {
  z_stream stream = {0};
  inflateInit2(&stream, window);
  stream.next_in = packed;
  stream.next_out = output;
  int result = Z_OK;
  memset(output, 0, sizeof output);
  while (result == Z_OK || result == Z_NEED_DICT || result == Z_BUF_ERROR) {
    if (result == Z_NEED_DICT)
      inflateSetDictionary(&stream, (const Bytef *)dictionary, (uInt)strlen(dictionary));
    stream.avail_in = size - stream.total_in < 511 ? (uInt)(size - stream.total_in) : 511;
    stream.avail_out = SIZE - stream.total_out < 4000 ? (uInt)(SIZE - stream.total_out) : 4000;
    if (!stream.avail_in)
      break;
    result = inflate(&stream, Z_NO_FLUSH);
  }
  printf("inflate %d, %s\n", result, memcmp(input, output, SIZE) ? "different" : "the same");
  inflateEnd(&stream);
}

int main(void) {
  static const int strategies[] = {Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED};
  fill_text(input, SIZE, 7);
  printf("%08lx %08lx\n", crc32(0, input, SIZE), adler32(1, input, SIZE));
  printf("%08lx\n", crc32_combine(crc32(0, input, 1000), crc32(0, input + 1000, SIZE - 1000), SIZE - 1000));
  for (int level = 0; level <= 9; level++) {
    uLong size = deflate_all(level, strategies[level % 5],
                             level % 3 == 0   ? 15 + 16
                             : level % 3 == 1 ? -12
                                              : 15,
                             NULL);
    printf("%lu bytes, %08x; ", size, checksum(packed, size));
    inflate_all(size, level % 3 == 0 ? 15 + 16 : level % 3 == 1 ? -12 : 15, NULL);
  }
  uLong size = deflate_all(9, Z_DEFAULT_STRATEGY, 15, "the accumulator of the tile ");
  printf("%lu bytes, %08x; ", size, checksum(packed, size));
  inflate_all(size, 15, "the accumulator of the tile ");
  return 0;
}
