// Integer matrix products, convolutions and reductions, as quantized networks have them.
#include "program.h"

#include <stdint.h>

enum { M = 13, N = 17, K = 19, H = 9, W = 10, C = 3, O = 5 };

static int8_t a8[M][K], b8[K][N];
static uint8_t au8[M][K];
static int16_t a16[M][K], b16[K][N];
static int32_t a32[M][K], b32[K][N], c32[M][N];
static int64_t c64[M][N];
static int8_t image[H][W][C], kernel[O][3][3][C], result[H - 2][W - 2][O];

static uint32_t state = 12345;
static int32_t next(void) {
  state = state * 1664525u + 1013904223u;
  return (int32_t)(state >> 8) - (1 << 23);
}

static void fill(void) {
  for (int k = 0; k < K; k++) {
    for (int m = 0; m < M; m++) {
      a8[m][k] = (int8_t)next();
      au8[m][k] = (uint8_t)next();
      a16[m][k] = (int16_t)next();
      a32[m][k] = next();
    }
    for (int n = 0; n < N; n++) {
      b8[k][n] = (int8_t)next();
      b16[k][n] = (int16_t)next();
      b32[k][n] = next();
    }
  }
  for (int i = 0; i < H * W * C; i++)
    (&image[0][0][0])[i] = (int8_t)next();
  for (int i = 0; i < O * 9 * C; i++)
    (&kernel[0][0][0][0])[i] = (int8_t)next();
}

static void show(void) {
  long sum = 0;
  for (int m = 0; m < M; m++)
    for (int n = 0; n < N; n++)
      sum = mix(sum, c32[m][n] ^ c64[m][n]);
  emit(sum);
}

NOINLINE static void multiply8(int zero_a, int zero_b) {
  for (int m = 0; m < M; m++)
    for (int n = 0; n < N; n++) {
      int32_t sum = 0;
      for (int k = 0; k < K; k++)
        sum += (a8[m][k] - zero_a) * (b8[k][n] - zero_b);
      c32[m][n] = sum;
    }
}
NOINLINE static void multiply_mixed(void) {
  for (int m = 0; m < M; m++)
    for (int n = 0; n < N; n++)
      for (int k = 0; k < K; k++)
        c32[m][n] += au8[m][k] * b8[k][n];
}
NOINLINE static void multiply16(void) {
  for (int m = 0; m < M; m++)
    for (int k = 0; k < K; k++)
      for (int n = 0; n < N; n++)
        c64[m][n] += a16[m][k] * b16[k][n];
}
NOINLINE static void multiply32(void) {
  for (int m = 0; m < M; m++)
    for (int n = 0; n < N; n++) {
      uint64_t sum = 0;
      for (int k = 0; k < K; k++)
        sum += (uint64_t)((int64_t)a32[m][k] * b32[k][n]);
      c64[m][n] = (int64_t)sum;
    }
}
NOINLINE static int32_t scale(int32_t value, int32_t multiplier, int shift, int twice) {
  int64_t round = 1l << (shift - 1);
  if (twice && shift > 31)
    round += value >= 0 ? 1l << 30 : -(1l << 30);
  return (int32_t)(((int64_t)value * multiplier + round) >> shift);
}
NOINLINE static void convolve(int stride, int zero, int32_t multiplier, int shift) {
  for (int y = 0; y + 2 < H; y += stride)
    for (int x = 0; x + 2 < W; x += stride)
      for (int o = 0; o < O; o++) {
        int32_t sum = o * 100 - 200;
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++)
            for (int c = 0; c < C; c++)
              sum += (image[y + ky][x + kx][c] - zero) * kernel[o][ky][kx][c];
        int32_t scaled = scale(sum, multiplier, shift, o & 1) + 5;
        scaled = scaled < -128 ? -128 : scaled;
        result[y][x][o] = (int8_t)(scaled > 127 ? 127 : scaled);
      }
}
NOINLINE static void transpose_sum(void) {
  for (int m = 0; m < M; m++)
    for (int n = 0; n < N; n++)
      c32[m][n] = (int32_t)((uint32_t)c32[m][n] + (uint32_t)(a32[n % M][m] >> (m & 7)) - (uint32_t)b32[m][n]);
}

int main(void) {
  fill();
  multiply8(0, 0);
  show();
  multiply8(3, -7);
  show();
  multiply_mixed();
  show();
  multiply16();
  show();
  multiply32();
  show();
  transpose_sum();
  show();
  for (int stride = 1; stride < 3; stride++) {
    convolve(stride, stride * 4 - 6, 1395864371, 38 - stride);
    long sum = 0;
    for (int i = 0; i < (int)sizeof result; i++)
      sum = mix(sum, (&result[0][0][0])[i]);
    emit(sum);
  }
  for (int shift = 2; shift < 62; shift += 5)
    emit(scale(c32[1][shift % N] >> 4, 1 << 30, shift, shift & 1));
  return 0;
}
