// Integers of more than 64 bits: written out, made by the compiler of halves of products, and in packed bit
// fields.
#include "program.h"

#include <stdint.h>

typedef unsigned __int128 Wide;
typedef __int128 SignedWide;

typedef struct __attribute__((packed)) Packed {
  unsigned a : 3;
  unsigned b : 17;
  long c : 50;
  unsigned d : 10;
} Packed;

NOINLINE static long packed(Packed *p, long n) {
  p->a++;
  p->b += (unsigned)n & 1000;
  p->c = (p->c ^ n) & 0xffffffffffff;
  p->d -= 3;
  return mix(mix(p->a, p->b), mix(p->c, p->d));
}
// What clang turns into one product of 128 bits.
NOINLINE static void multiply(uint64_t a, uint64_t b, uint64_t *high, uint64_t *low) {
  uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
  uint64_t middle = a1 * b0 + (a0 * b0 >> 32), other = a0 * b1 + (uint32_t)middle;
  *low = a * b;
  *high = a1 * b1 + (middle >> 32) + (other >> 32);
}
NOINLINE static Wide power(uint64_t base, int exponent) {
  Wide result = 1;
  for (int i = 0; i < exponent; i++)
    result *= base;
  return result;
}
NOINLINE static SignedWide combine(SignedWide a, SignedWide b, int shift) {
  SignedWide sum = a + b, difference = a - b;
  return ((sum ^ difference) >> shift) + (SignedWide)((Wide)(a & b) << shift) + (a < b) - (a == b);
}
NOINLINE static uint64_t modular(uint64_t a, uint64_t b, uint64_t m) {
  Wide product = (Wide)a * b;
  uint64_t rest = 0;
  for (int i = 127; i >= 0; i--) {
    uint64_t top = rest >> 63;
    rest = rest << 1 | (uint64_t)(product >> i & 1);
    if (top || rest >= m)
      rest -= m;
  }
  return rest;
}
static void show(Wide x) {
  emit((long)(uint64_t)x);
  emit((long)(uint64_t)(x >> 64));
}

int main(void) {
  static const uint64_t values[] = {0, 1, 77, 0xffffffff, 0x123456789abcdef, 0x8000000000000000, ~0ul};
  Packed p = {1, 2, 3, 4};
  for (int i = 0; i < 7; i++) {
    emit(packed(&p, i * 7777777l));
    for (int j = 0; j < 7; j++) {
      uint64_t high, low;
      multiply(values[i], values[j], &high, &low);
      emit((long)(high ^ low * 3));
      show((Wide)combine((SignedWide)(int64_t)values[i] * 1000003, (int64_t)values[j], (i * 11 + j) % 63));
      emit((long)modular(values[i], values[j], 0xffffffffffffffc5));
    }
    show(power(values[i] | 3, i * 3));
  }
  return 0;
}
