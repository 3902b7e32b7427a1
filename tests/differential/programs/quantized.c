// Quantized layers with zero points: depthwise and pointwise convolution, pooling, requantization, lookup,
// softmax in integers.
#include "program.h"

#include <stdint.h>

enum { H = 8, W = 9, C = 6, O = 7 };
static int8_t input[H][W][C], hidden[H][W][C], output[H][W][O];
static int8_t depth[3][3][C], point[O][C];
static int32_t bias_depth[C], bias_point[O], multipliers[O];
static uint8_t shifts[O];
static int8_t table[256];

// Multiplies by a number below one with 31 bits behind the point, doubling and rounding.
NOINLINE static int32_t high_product(int32_t a, int32_t b) {
  if (a == b && a == INT32_MIN)
    return INT32_MAX;
  int64_t product = (int64_t)a * b;
  int64_t nudge = product >= 0 ? 1 << 30 : 1 - (1 << 30);
  return (int32_t)((product + nudge) / (1ll << 31));
}
NOINLINE static int32_t shift_round(int32_t x, int by) {
  int32_t mask = (int32_t)((1u << by) - 1), rest = x & mask;
  int32_t threshold = (mask >> 1) + (x < 0);
  return (x >> by) + (rest > threshold);
}
NOINLINE static int8_t requantize(int32_t x, int32_t multiplier, int shift, int zero) {
  int32_t scaled = shift_round(high_product(x, multiplier), shift) + zero;
  return (int8_t)(scaled < -128 ? -128 : scaled > 127 ? 127 : scaled);
}
NOINLINE static int8_t requantize_float(int32_t x, float scale, int zero) {
  float scaled = (float)x * scale;
  int rounded = (int)(scaled + (scaled < 0 ? -0.5f : 0.5f)) + zero;
  return (int8_t)(rounded < -128 ? -128 : rounded > 127 ? 127 : rounded);
}
NOINLINE static void depthwise(int zero) {
  for (int y = 0; y < H; y++)
    for (int x = 0; x < W; x++)
      for (int c = 0; c < C; c++) {
        int32_t sum = bias_depth[c];
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++) {
            int iy = y + ky - 1, ix = x + kx - 1;
            if (iy < 0 || iy >= H || ix < 0 || ix >= W)
              continue;
            sum += (input[iy][ix][c] - zero) * depth[ky][kx][c];
          }
        hidden[y][x][c] = requantize(sum, multipliers[c], shifts[c], -3);
      }
}
NOINLINE static void pointwise(int zero, float scale) {
  for (int y = 0; y < H; y++)
    for (int x = 0; x < W; x++)
      for (int o = 0; o < O; o++) {
        int32_t sum = bias_point[o];
        for (int c = 0; c < C; c++)
          sum += (hidden[y][x][c] - zero) * point[o][c];
        output[y][x][o] =
            o & 1 ? requantize_float(sum, scale, 4) : requantize(sum, multipliers[o], shifts[o], 4);
      }
}
NOINLINE static void look_up(void) {
  for (int i = 0; i < H * W * O; i++) {
    int8_t *x = &(&output[0][0][0])[i];
    *x = table[(uint8_t)*x];
  }
}
NOINLINE static long pool(int size, int stride) {
  long sum = 0;
  for (int o = 0; o < O; o++)
    for (int y = 0; y + size <= H; y += stride)
      for (int x = 0; x + size <= W; x += stride) {
        int8_t most = -128;
        int total = 0;
        for (int ky = 0; ky < size; ky++)
          for (int kx = 0; kx < size; kx++) {
            int8_t value = output[y + ky][x + kx][o];
            most = value > most ? value : most;
            total += value;
          }
        int count = size * size;
        sum = mix(sum, most * 1000 + (total + (total < 0 ? -count / 2 : count / 2)) / count);
      }
  return sum;
}
NOINLINE static void softmax(const int8_t *x, uint8_t *y, int count) {
  int8_t most = -128;
  for (int i = 0; i < count; i++)
    most = x[i] > most ? x[i] : most;
  uint32_t powers[16], total = 0;
  for (int i = 0; i < count; i++) {
    int difference = most - x[i];
    powers[i] = difference / 4 > 30 ? 0 : (1u << 24) >> (difference / 4);
    powers[i] -= powers[i] / 8 * (uint32_t)(difference & 3);
    total += powers[i];
  }
  for (int i = 0; i < count; i++)
    y[i] = (uint8_t)(((uint64_t)powers[i] * 255 + total / 2) / total);
}
static long hash(const void *from, int count) {
  const int8_t *bytes = from;
  long sum = 0;
  for (int i = 0; i < count; i++)
    sum = mix(sum, bytes[i]);
  return sum;
}

int main(void) {
  uint32_t state = 2024;
#define NEXT (state = state * 1664525u + 1013904223u, (int32_t)state >> 16)
  for (int i = 0; i < H * W * C; i++)
    (&input[0][0][0])[i] = (int8_t)NEXT;
  for (int i = 0; i < 9 * C; i++)
    (&depth[0][0][0])[i] = (int8_t)NEXT;
  for (int i = 0; i < O * C; i++)
    (&point[0][0])[i] = (int8_t)NEXT;
  for (int o = 0; o < O; o++) {
    bias_point[o] = NEXT;
    bias_depth[o % C] = NEXT * 3;
    multipliers[o] = (1 << 30) + NEXT * 16000;
    shifts[o] = (uint8_t)(7 + o % 4);
  }
  for (int i = 0; i < 256; i++)
    table[i] = (int8_t)((int8_t)i < 0 ? (int8_t)i / 4 : (int8_t)i);
  for (int zero = -128; zero < 128; zero += 51) {
    depthwise(zero);
    emit(hash(hidden, sizeof hidden));
    pointwise(zero / 2, 0.0123f);
    emit(hash(output, sizeof output));
    look_up();
    emit(hash(output, sizeof output));
    emit(pool(2, 2));
    emit(pool(3, 1));
  }
  uint8_t result[O];
  for (int y = 0; y < H; y++) {
    softmax(output[y][y], result, O);
    emit(hash(result, O));
  }
  static const int32_t edges[] = {0, 1, -1, INT32_MAX, INT32_MIN, 1 << 30, -(1 << 30), 12345};
  for (int i = 0; i < 8; i++)
    for (int j = 0; j < 8; j += 3)
      emit(high_product(edges[i], edges[j]) + 3l * shift_round(edges[i], j + 1));
  return 0;
}
