// libbz2: compression and expansion in memory, whole and in small steps, and of what is not valid.
#include "bzlib.h"
#include "data.h"

#include <stdio.h>
#include <string.h>

enum { SIZE = 60000 };
static char input[SIZE], packed[SIZE * 2], output[SIZE];

void bz_internal_error(int code) {
  printf("internal error %d\n", code);
}

static void in_steps(int block) {
  bz_stream stream = {0};
  printf("start %d\n", BZ2_bzCompressInit(&stream, block, 0, 30));
  stream.next_in = input;
  stream.next_out = packed;
  int result = BZ_RUN_OK;
  unsigned fed = 0;
  while (result != BZ_STREAM_END) {
    if (stream.avail_in == 0 && fed < SIZE) {
      stream.avail_in = SIZE - fed < 777 ? SIZE - fed : 777;
      fed += stream.avail_in;
    }
    stream.avail_out = 100;
    result = BZ2_bzCompress(&stream, fed < SIZE ? BZ_RUN : BZ_FINISH);
  }
  printf("steps %u %08x\n", stream.total_out_lo32, checksum(packed, stream.total_out_lo32));
  BZ2_bzCompressEnd(&stream);
}

int main(void) {
  for (unsigned seed = 1; seed <= 3; seed++) {
    unsigned size = sizeof packed, back = sizeof output;
    fill_text((unsigned char *)input, SIZE, seed);
    if (seed == 3)
      memset(input + 1000, 'x', SIZE / 2);
    int result = BZ2_bzBuffToBuffCompress(packed, &size, input, SIZE, (int)seed * 3, 0, 0);
    printf("%d: %u bytes, %08x\n", result, size, checksum(packed, size));
    result = BZ2_bzBuffToBuffDecompress(output, &back, packed, size, seed & 1, 0);
    printf("%d: %u bytes, %s\n", result, back, memcmp(input, output, SIZE) ? "different" : "the same");
    packed[size / 2] ^= 16;
    back = sizeof output;
    printf("damaged: %d\n", BZ2_bzBuffToBuffDecompress(output, &back, packed, size, 0, 0));
  }
  in_steps(1);
  return 0;
}
