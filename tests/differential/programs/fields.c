// Structures of a few small fields, and results of other widths: vectors whose elements fill no power of two
// of a register.
#include "program.h"
#include <stdint.h>

enum { MOST = 150, FIELDS = 7 };
static _Alignas(8) unsigned char from[(MOST + 1) * FIELDS * 8], to[(MOST + 1) * FIELDS * 8];

#define TAKEN(name, type, wide, fields)                                                                      \
  NOINLINE __attribute__((used)) void name(wide *restrict y, const type *restrict x, int n) {                \
    for (int i = 0; i < n; i++)                                                                              \
      y[i] = (wide)x[fields * i] * x[fields * i + fields - 1] + x[fields * i + 1];                           \
  }
#define GIVEN(name, type, wide, fields)                                                                      \
  NOINLINE __attribute__((used)) void name(type *restrict y, const wide *restrict x, int n) {                \
    for (int i = 0; i < n; i++)                                                                              \
      for (int k = 0; k < fields; k++)                                                                       \
        y[fields * i + k] = (type)(x[i + k] >> k);                                                           \
  }
#define TURNED(name, type, fields)                                                                           \
  NOINLINE __attribute__((used)) void name(type *restrict y, const type *restrict x, int n) {                \
    for (int i = 0; i < n; i++)                                                                              \
      for (int k = 0; k < fields; k++)                                                                       \
        y[fields * i + k] = (type)(x[fields * i + (k + 1) % fields] + k);                                    \
  }
TAKEN(three_bytes, int8_t, int64_t, 3)
TAKEN(three_bytes_of_words, int8_t, int32_t, 3)
TAKEN(three_halves, int16_t, int64_t, 3)
TAKEN(five_bytes, uint8_t, uint64_t, 5)
TAKEN(six_halves, uint16_t, uint64_t, 6)
TAKEN(seven_bytes, int8_t, int16_t, 7)
GIVEN(to_three_bytes, int8_t, int64_t, 3)
GIVEN(to_five_halves, int16_t, int64_t, 5)
GIVEN(to_six_bytes, uint8_t, uint32_t, 6)
TURNED(turned_three, int16_t, 3)
TURNED(turned_five, int16_t, 5)
TURNED(turned_words, int32_t, 3)

static void show(void) {
  long sum = 0;
  for (unsigned i = 0; i < sizeof to; i++)
    sum = mix(sum, to[i]);
  emit(sum);
}

#define CALL(name)                                                                                           \
  name((void *)to, (const void *)from, n);                                                                   \
  show();

int main(void) {
  static const int lengths[] = {0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 100, MOST};
  for (unsigned i = 0; i < sizeof from; i++)
    from[i] = (unsigned char)(i * 37 + (i >> 3));
  for (unsigned k = 0; k < sizeof lengths / sizeof *lengths; k++) {
    int n = lengths[k];
    CALL(three_bytes)
    CALL(three_bytes_of_words)
    CALL(three_halves)
    CALL(five_bytes)
    CALL(six_halves)
    CALL(seven_bytes)
    CALL(to_three_bytes)
    CALL(to_five_halves)
    CALL(to_six_bytes)
    CALL(turned_three)
    CALL(turned_five)
    CALL(turned_words)
  }
  return 0;
}
