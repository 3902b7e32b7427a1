// A compressor by back references with its decompressor, run lengths, Huffman code lengths, arithmetic of bit
// streams.
#include "program.h"

#include <stdint.h>

enum { SIZE = 1500 };
static uint8_t original[SIZE], packed[SIZE * 2], restored[SIZE + 16];

static void make(int kind) {
  uint32_t state = 17u + (uint32_t)kind;
  for (int i = 0; i < SIZE; i++) {
    state = state * 1103515245u + 12345u;
    uint8_t noise = (uint8_t)(state >> 24);
    original[i] = kind == 0   ? (uint8_t)"the rain in spain "[i % 18]
                  : kind == 1 ? noise & 3
                  : kind == 2 ? noise
                              : (uint8_t)(i / 100);
  }
}
static long hash(const uint8_t *p, int count) {
  long sum = count;
  while (count--)
    sum = mix(sum, *p++);
  return sum;
}
NOINLINE static int match_length(const uint8_t *a, const uint8_t *b, int most) {
  int length = 0;
  while (length < most && a[length] == b[length])
    length++;
  return length;
}
NOINLINE static int compress(const uint8_t *from, int count, uint8_t *to) {
  static int16_t last[256];
  for (int i = 0; i < 256; i++)
    last[i] = -1;
  uint8_t *start = to;
  for (int at = 0; at < count;) {
    int length = 0, distance = 0;
    if (at + 3 < count) {
      int slot = (from[at] * 33 ^ from[at + 1] * 7 ^ from[at + 2]) & 255;
      int place = last[slot];
      last[slot] = (int16_t)at;
      if (place >= 0 && at - place < 1024) {
        int most = count - at < 66 ? count - at : 66;
        length = match_length(from + place, from + at, most);
        distance = at - place;
      }
    }
    if (length > 3) {
      *to++ = (uint8_t)(0x80 | (length - 3) | (distance & 1) << 6);
      *to++ = (uint8_t)(distance >> 1);
      *to++ = (uint8_t)(distance >> 9);
      at += length;
    } else {
      *to++ = from[at] & 0x7f;
      *to++ = from[at++] >> 7;
    }
  }
  return (int)(to - start);
}
NOINLINE static int decompress(const uint8_t *from, int count, uint8_t *to) {
  uint8_t *start = to;
  const uint8_t *end = from + count;
  while (from < end) {
    if (*from & 0x80) {
      int length = (*from & 0x3f) + 3, distance = (*from >> 6 & 1) | from[1] << 1 | from[2] << 9;
      from += 3;
      while (length--) {
        *to = to[-distance];
        to++;
      }
    } else {
      *to++ = (uint8_t)(from[0] | from[1] << 7);
      from += 2;
    }
  }
  return (int)(to - start);
}
NOINLINE static int runs(const uint8_t *from, int count) {
  int total = 0, longest = 0;
  for (int i = 0; i < count;) {
    int j = i;
    while (j < count && from[j] == from[i])
      j++;
    longest = j - i > longest ? j - i : longest;
    total++;
    i = j;
  }
  return total * 10000 + longest;
}
// Lengths of an optimal prefix code, by always joining the two rarest.
NOINLINE static long code_lengths(const uint8_t *from, int count) {
  uint32_t weights[511] = {0};
  int16_t parents[511];
  uint8_t joined[511] = {0};
  for (int i = 0; i < count; i++)
    weights[from[i]]++;
  int nodes = 256;
  for (;;) {
    int a = -1, b = -1;
    for (int i = 0; i < nodes; i++) {
      if (joined[i] || !weights[i])
        continue;
      if (a < 0 || weights[i] < weights[a]) {
        b = a;
        a = i;
      } else if (b < 0 || weights[i] < weights[b]) {
        b = i;
      }
    }
    if (b < 0)
      break;
    joined[a] = joined[b] = 1;
    parents[a] = parents[b] = (int16_t)nodes;
    weights[nodes++] = weights[a] + weights[b];
  }
  long bits = 0;
  for (int i = 0; i < 256; i++) {
    int length = 0;
    for (int node = i; weights[i] && node != nodes - 1; node = parents[node])
      length++;
    bits = mix(bits, length * (long)weights[i]);
  }
  return bits;
}
typedef struct Bits {
  uint64_t held;
  int count, at;
} Bits;
NOINLINE static void put(Bits *b, uint32_t value, int width) {
  b->held |= (uint64_t)value << b->count;
  b->count += width;
  while (b->count >= 8) {
    packed[b->at++] = (uint8_t)b->held;
    b->held >>= 8;
    b->count -= 8;
  }
}
NOINLINE static uint32_t get(Bits *b, int width) {
  while (b->count < width) {
    b->held |= (uint64_t)packed[b->at++] << b->count;
    b->count += 8;
  }
  uint32_t value = (uint32_t)(b->held & ((1ul << width) - 1));
  b->held >>= width;
  b->count -= width;
  return value;
}

int main(void) {
  for (int kind = 0; kind < 4; kind++) {
    make(kind);
    int size = compress(original, SIZE, packed);
    emit(size);
    emit(hash(packed, size));
    int back = decompress(packed, size, restored);
    emit(back);
    emit(hash(restored, back) == hash(original, SIZE));
    emit(runs(original, SIZE));
    emit(code_lengths(original, SIZE));
  }
  Bits out = {0}, in = {0};
  for (int width = 1; width <= 32; width++)
    put(&out, (uint32_t)((0x9e3779b97f4a7c15ul * (unsigned)width) >> 32) & (uint32_t)((1ul << width) - 1),
        width);
  put(&out, 0, 7);
  long sum = 0;
  for (int width = 1; width <= 32; width++)
    sum = mix(sum, get(&in, width));
  emit(sum);
  return 0;
}
