// A quantized dense layer of sizes that are arguments, four columns at a time, as libraries for small
// processors write it.
#include <stdint.h>
static inline int8_t scaled(int32_t sum, int32_t multiplier, int shift) {
  int32_t r = (int32_t)(((int64_t)sum * multiplier + (1ll << (30 + shift))) >> (31 + shift));
  return r < -128 ? -128 : r > 127 ? 127 : r;
}
void kernel(const int8_t *a, const int8_t *weights, const int32_t *bias, int8_t *out, int rows, int depth,
            int columns, int32_t multiplier, int shift) {
  for (int r = 0; r < rows; r++) {
    const int8_t *w = weights;
    for (int c = 0; c < columns; c += 4) {
      const int8_t *p0 = w, *p1 = w + depth, *p2 = w + 2 * depth, *p3 = w + 3 * depth, *x = a + r * depth;
      int32_t s0 = bias[c], s1 = bias[c + 1], s2 = bias[c + 2], s3 = bias[c + 3];
      for (int i = 0; i < depth; i++) {
        int32_t v = *x++;
        s0 += v * *p0++;
        s1 += v * *p1++;
        s2 += v * *p2++;
        s3 += v * *p3++;
      }
      out[r * columns + c] = scaled(s0, multiplier, shift);
      out[r * columns + c + 1] = scaled(s1, multiplier, shift);
      out[r * columns + c + 2] = scaled(s2, multiplier, shift);
      out[r * columns + c + 3] = scaled(s3, multiplier, shift);
      w += 4 * depth;
    }
  }
}
