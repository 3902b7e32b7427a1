// Nests that only copy and fill: rows with any distance, also less than their length, in any order, again and
// again, of arrays that overlap, at offsets of either sign, and of no elements.
#include "program.h"
#include <stdint.h>

enum { BYTES = 1 << 17 };
static _Alignas(8) uint8_t from[BYTES], to[BYTES], other[BYTES];

NOINLINE static void copy(int32_t *a, const int32_t *b, long n) {
  for (long i = 0; i < n; i++)
    a[i] = b[i];
}
NOINLINE static void copy_at(int16_t *a, const int16_t *b, int n, long at, long away) {
  for (int i = 0; i < n; i++)
    a[i + at] = b[i - away];
}
NOINLINE static void rows(uint8_t *restrict a, const uint8_t *restrict b, int count, int width, long pitch,
                          long step) {
  for (int i = 0; i < count; i++)
    for (int j = 0; j < width; j++)
      a[i * pitch + j] = b[i * step + j];
}
NOINLINE static void flip(int16_t (*restrict a)[300], const int16_t (*restrict b)[320], int count) {
  for (int i = 0; i < count; i++)
    for (int j = 0; j < 300; j++)
      a[i][j] = b[count - 1 - i][j];
}
NOINLINE static void part(float *restrict a, float (*restrict b)[9][256], int planes) {
  for (int p = 0; p < planes; p++)
    for (int i = 0; i < 7; i++)
      for (int j = 0; j < 200; j++)
        a[(p * 7 + i) * 200 + j] = b[p][i + 1][j + 20];
}
NOINLINE static void repeat(int32_t *restrict a, const int32_t *restrict b, int count) {
  for (int i = 0; i < count; i++)
    for (int j = 0; j < 400; j++)
      a[i * 400 + j] = b[j];
}
NOINLINE static void fill_bytes(uint8_t *a, int n, int value) {
  for (int i = 0; i < n; i++)
    a[i] = (uint8_t)value;
}
NOINLINE static void fill_shorts(int16_t (*a)[500], int n, int16_t value) {
  for (int i = 0; i < n; i++)
    for (int j = 3; j < 403; j++)
      a[i][j] = value;
}
NOINLINE static void fill_words(uint32_t *a, int n, uint32_t value) {
  for (int i = 0; i < n; i++)
    a[i + 1] = value;
}
NOINLINE static void fill_doubles(double *a, int n) {
  for (int i = 0; i < n; i++)
    a[i] = -1.0;
}
NOINLINE static void clear_and_copy(int64_t *restrict a, int64_t *restrict b, const int64_t *restrict c,
                                    long n) {
  for (long i = 0; i < n; i++) {
    a[i] = c[i];
    b[i] = INT64_C(0x1234567812345678);
  }
}

static long sum;
static void look(void) {
  uint64_t *x = (uint64_t *)from, *y = (uint64_t *)to, *z = (uint64_t *)other;
  for (unsigned i = 0; i < BYTES / 8; i++)
    sum = mix(sum, (long)(x[i] + 3 * y[i] + 5 * z[i]));
  emit(sum);
  for (unsigned i = 0; i < BYTES / 8; i++) {
    x[i] = i * UINT64_C(0x9e3779b97f4a7c15);
    y[i] = i * UINT64_C(0xc2b2ae3d27d4eb4f);
    z[i] = i;
  }
}

int main(void) {
  static const int lengths[] = {-3, 0, 1, 12, 511, 2049, 9001};
  look();
  for (unsigned k = 0; k < sizeof lengths / sizeof *lengths; k++) {
    int n = lengths[k];
    copy((int32_t *)to, (const int32_t *)from, n);
    copy((int32_t *)(to + 60000), (const int32_t *)(to + 60004), n);
    copy((int32_t *)(from + 60004), (const int32_t *)(from + 60000), n);
    look();
    copy_at((int16_t *)(to + 30000), (const int16_t *)from, n, -7000, -9000);
    copy_at((int16_t *)to, (const int16_t *)(from + 60002), n, 20011, 30000);
    fill_bytes(other + 1, n, n);
    fill_words((uint32_t *)from, n, 0x12345678U + (unsigned)n);
    look();
    fill_doubles((double *)to, n);
    clear_and_copy((int64_t *)(to + 8), (int64_t *)other, (const int64_t *)from, n);
    look();
  }
  for (int width = 100; width < 700; width += 290)
    for (int count = 0; count < 40; count += 13) {
      rows(to, from, count, width, 800, 900);
      rows(other, from, count, width, width, width);
      look();
      rows(to, from, count, width, width - 1, 900);
      rows(other, from, count, width, 0, 900);
      rows(to + 60000, from, count, width, -900, 3);
      look();
      flip((int16_t (*)[300])to, (const int16_t (*)[320])from, count);
      part((float *)other, (float (*)[9][256])from, count / 4);
      look();
      repeat((int32_t *)to, (const int32_t *)from, count);
      fill_shorts((int16_t (*)[500])other, count, (int16_t)(width * count));
      look();
    }
  return 0;
}
