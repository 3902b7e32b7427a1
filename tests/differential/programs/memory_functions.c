// memcpy, memset, memmove, memcmp: as the compiler expands them, of known and unknown sizes, with all
// alignments.
#include "program.h"

#include <stddef.h>
#include <stdint.h>

static char source[512] __attribute__((aligned(8))), target[512];

static long hash(const void *from, size_t count) {
  const char *bytes = from;
  long sum = (long)count;
  for (size_t i = 0; i < count; i++)
    sum = mix(sum, bytes[i]);
  return sum;
}

#define COPY(n)                                                                                              \
  NOINLINE static void copy##n(char *to, const char *from) {                                                 \
    __builtin_memcpy(to, from, n);                                                                           \
  }                                                                                                          \
  NOINLINE static void move##n(char *to, const char *from) {                                                 \
    __builtin_memmove(to, from, n);                                                                          \
  }                                                                                                          \
  NOINLINE static void set##n(char *to, int value) {                                                         \
    __builtin_memset(to, value, n);                                                                          \
  }                                                                                                          \
  NOINLINE static void clear##n(char *to) {                                                                  \
    __builtin_memset(to, 0, n);                                                                              \
  }
COPY(1)
COPY(2)
COPY(3)
COPY(4)
COPY(7)
COPY(8)
COPY(15)
COPY(16)
COPY(31)
COPY(64)
COPY(100)
COPY(257)
#define USE(n)                                                                                               \
  copy##n(target + shift, source + shift * 3);                                                               \
  emit(hash(target, sizeof target));                                                                         \
  move##n(target + 100 + shift, target + 90);                                                                \
  move##n(target + 90, target + 95 + shift);                                                                 \
  emit(hash(target, sizeof target));                                                                         \
  set##n(target + 200 + shift, shift * 85 + 3);                                                              \
  clear##n(target + 20 + shift);                                                                             \
  emit(hash(target, sizeof target));

NOINLINE static void copy_any(void *to, const void *from, size_t count) {
  __builtin_memcpy(to, from, count);
}
NOINLINE static void move_any(void *to, const void *from, size_t count) {
  __builtin_memmove(to, from, count);
}
NOINLINE static void *set_any(void *to, int value, size_t count) {
  return __builtin_memset(to, value, count);
}
NOINLINE static int sign(int x) {
  return (x > 0) - (x < 0);
}
NOINLINE static int compare(const void *a, const void *b, size_t count) {
  return sign(__builtin_memcmp(a, b, count));
}
NOINLINE static int equal8(const void *a, const void *b) {
  return __builtin_memcmp(a, b, 8) == 0;
}
NOINLINE static int equal16(const void *a, const void *b) {
  return !__builtin_memcmp(a, b, 16);
}

// Loops that compilers turn into calls.
NOINLINE static void clear_longs(long *to, int count) {
  for (int i = 0; i < count; i++)
    to[i] = 0;
}
NOINLINE static void copy_longs(long *restrict to, const long *restrict from, int count) {
  for (int i = 0; i < count; i++)
    to[i] = from[i];
}
typedef struct Block {
  long words[9];
  char tail[5];
} Block;
NOINLINE static Block shuffle(Block a, const Block *b, int which) {
  Block result = which ? a : *b;
  result.tail[which] = 'x';
  return result;
}

int main(void) {
  for (int i = 0; i < 512; i++)
    source[i] = (char)(i * 7 + i / 256);
  for (int shift = 0; shift < 9; shift += shift < 4 ? 1 : 4) {
    USE(1)
    USE(2)
    USE(3)
    USE(4)
    USE(7)
    USE(8)
    USE(15)
    USE(16)
    USE(31)
    USE(64)
    USE(100)
    USE(257)
  }
  for (size_t count = 0; count < 200; count += count / 3 + 1) {
    copy_any(target + count % 5, source + 3, count);
    move_any(target + 7, target + 5, count);
    move_any(target + 250, target + 255, count);
    emit(set_any(target + 400 - count, (int)count, count / 4) == target + 400 - count);
    emit(hash(target, sizeof target));
    emit(compare(target + 7, source + 3, count) * 10 + compare(source, source, count));
  }
  emit(equal8(source, source) + 2 * equal8(source, source + 256) + 4 * equal16(target, source));
  static long words[40], others[40];
  copy_longs(words, (const long *)(const void *)source, 40);
  copy_longs(others, words, 33);
  clear_longs(words + 3, 17);
  emit(hash(words, sizeof words) ^ hash(others, sizeof others));
  Block a = {{1, 2, 3}, "abc"}, b = {{9, 8, 7}, "xyz"};
  for (int i = 0; i < 4; i++) {
    a = shuffle(a, &b, i);
    b = shuffle(b, &a, i & 1);
    emit(mix(hash(a.words, sizeof a.words), hash(b.tail, sizeof b.tail)));
  }
  return 0;
}
