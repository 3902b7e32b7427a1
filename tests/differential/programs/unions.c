// Unions and reinterpretation: floats as integers, bytes of words, tagged values, unaligned access by bytes.
#include "program.h"

#include <stdint.h>

typedef union Bits32 {
  float f;
  uint32_t u;
  int16_t halves[2];
  uint8_t bytes[4];
} Bits32;
typedef union Bits64 {
  double d;
  uint64_t u;
  float floats[2];
  struct {
    uint32_t low, high;
  } words;
  uint8_t bytes[8];
} Bits64;

typedef struct Value {
  enum { NONE, INTEGER, REAL, TEXT, PAIR } kind;
  union {
    long integer;
    double real;
    const char *text;
    struct {
      short left, right;
    } pair;
  } as;
} Value;

NOINLINE static long to_number(Value v) {
  switch (v.kind) {
  case INTEGER:
    return v.as.integer;
  case REAL:
    return (long)v.as.real;
  case TEXT:
    return v.as.text[0];
  case PAIR:
    return v.as.pair.left * 1000l + v.as.pair.right;
  default:
    return -1;
  }
}
NOINLINE static Value next(Value v) {
  switch (v.kind) {
  case NONE:
    return (Value){INTEGER, {.integer = 17}};
  case INTEGER:
    return (Value){REAL, {.real = (double)v.as.integer * 1.5}};
  case REAL:
    return (Value){TEXT, {.text = v.as.real > 20 ? "large" : "small"}};
  case TEXT:
    return (Value){PAIR, {.pair = {v.as.text[1], -2}}};
  default:
    return (Value){NONE, {0}};
  }
}
NOINLINE static float reciprocal_root(float x) {
  Bits32 b = {x};
  b.u = 0x5f3759df - (b.u >> 1);
  float y = b.f;
  return y * (1.5f - 0.5f * x * y * y);
}
NOINLINE static double next_above(double x) {
  Bits64 b = {x};
  b.u++;
  return b.d;
}
NOINLINE static uint64_t swap_halves(uint64_t x) {
  Bits64 b = {.u = x};
  uint32_t low = b.words.low;
  b.words.low = b.words.high;
  b.words.high = low;
  b.bytes[3] ^= b.bytes[6];
  return b.u;
}
NOINLINE static uint32_t unaligned(const char *from) {
  uint32_t word;
  __builtin_memcpy(&word, from, sizeof word);
  return word;
}
NOINLINE static void store_unaligned(char *to, uint64_t value) {
  __builtin_memcpy(to, &value, sizeof value);
}
NOINLINE static int exponent(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return (int)(bits >> 52 & 2047) - 1023;
}

int main(void) {
  static const float floats[] = {0, -0.0f, 1, -1, 0.1f, 3e38f, 1e-40f, 1234.5678f};
  for (int i = 0; i < 8; i++) {
    Bits32 b = {floats[i]};
    emit(b.u);
    emit(b.halves[0] * 3l + b.halves[1] * 5l + b.bytes[3]);
    Bits64 d = {(double)floats[i]};
    emit((long)d.u);
    d.floats[1] = floats[7 - i];
    emit((long)d.u);
    emit(exponent((double)floats[i]));
    emit((long)(next_above((double)floats[i]) * 1e-22));
  }
  Bits32 root = {reciprocal_root(2.0f)};
  emit(root.u);
  emit((long)swap_halves(0x0123456789abcdef));
  Value v = {NONE, {0}};
  for (int i = 0; i < 12; i++) {
    v = next(v);
    emit(to_number(v));
  }
  char buffer[32] = "0123456789abcdefghijklmnopqrstu";
  for (int i = 0; i < 9; i++) {
    emit(unaligned(buffer + i));
    store_unaligned(buffer + i * 2 + 1, 0x1112131415161718ul * (unsigned)i);
  }
  long sum = 0;
  for (int i = 0; i < 32; i++)
    sum = mix(sum, buffer[i]);
  emit(sum);
  return 0;
}
