// Reductions that begin with a number: compilers of vectors put it into the first element.
#include "program.h"
#include <stdint.h>

enum { MOST = 300 };
static int8_t bytes[MOST];
static int32_t words[MOST];
static int64_t doubles[MOST];

#define SUM(name, type, wide, start, change)                                                                 \
  NOINLINE static wide name(const type *x, int n) {                                                          \
    wide t = start;                                                                                          \
    for (int i = 0; i < n; i++)                                                                              \
      t = (wide)(change);                                                                                    \
    return t;                                                                                                \
  }
SUM(add_words, int32_t, uint32_t, 99, t + (uint32_t)x[i] * 3)
SUM(add_bytes, int8_t, int32_t, -7, t + x[i])
SUM(add_doubles, int64_t, uint64_t, 1ul << 40, t + (uint64_t)x[i])
SUM(xor_words, int32_t, uint32_t, 0x55aa, t ^ (uint32_t)x[i])
SUM(or_bytes, int8_t, int32_t, 64, t | (x[i] & 3))
SUM(and_doubles, int64_t, int64_t, -256, t &(x[i] | 1024))
SUM(multiply_words, int32_t, uint32_t, 5, t *((uint32_t)x[i] | 1))

int main(void) {
  static const int lengths[] = {0, 1, 2, 7, 8, 15, 16, 17, 31, 33, 64, 65, 130, MOST};
  for (int i = 0; i < MOST; i++) {
    bytes[i] = (int8_t)(i * 37);
    words[i] = (int32_t)((uint32_t)i * 2654435761u);
    doubles[i] = (int64_t)((uint64_t)i * 0x9e3779b97f4a7c15u);
  }
  for (unsigned k = 0; k < sizeof lengths / sizeof *lengths; k++) {
    int n = lengths[k];
    emit(add_words(words, n));
    emit(add_bytes(bytes, n));
    emit((long)add_doubles(doubles, n));
    emit(xor_words(words, n));
    emit(or_bytes(bytes, n));
    emit(and_doubles(doubles, n));
    emit(multiply_words(words, n));
  }
  return 0;
}
