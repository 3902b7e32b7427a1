// What the C programs of the end-to-end tests share. Each test is a function from a seed to a hash of all
// that it computed; it must be the same on the host and on the simulator. So: no undefined behaviour, no
// plain char, no long double, no bits of a NaN.
#ifndef KILN_TESTS_E2E_PROGRAM_H
#define KILN_TESTS_E2E_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NOINLINE __attribute__((noinline))

// A sequence of pseudo-random numbers (xorshift64*).
static inline uint64_t next(uint64_t *state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * UINT64_C(2685821657736338717);
}

static inline uint64_t start(uint64_t seed) {
  return seed * UINT64_C(0x9e3779b97f4a7c15) | 1;
}

static inline void mix(uint64_t *hash, uint64_t value) {
  *hash = (*hash ^ value) * UINT64_C(0x100000001b3);
  *hash ^= *hash >> 29;
}

static inline void mix_double(uint64_t *hash, double value) {
  union {
    double number;
    uint64_t bits;
  } both = {value};
  mix(hash, value != value ? 1 : both.bits);
}

static inline void mix_float(uint64_t *hash, float value) {
  union {
    float number;
    uint32_t bits;
  } both = {value};
  mix(hash, value != value ? 1 : both.bits);
}

#endif
