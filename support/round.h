// Arithmetic of sizes: division and alignment that round up (no result wraps while x + unit - 1 does not),
// the larger and the smaller of two.
#ifndef KILN_SUPPORT_ROUND_H
#define KILN_SUPPORT_ROUND_H

#include <stdint.h>

// How many units hold x; unit > 0.
static inline uint64_t divide_up(uint64_t x, uint64_t unit) {
  return (x + unit - 1) / unit;
}

// The smallest multiple of unit, any number > 0, that is at least x.
static inline uint64_t round_up(uint64_t x, uint64_t unit) {
  return divide_up(x, unit) * unit;
}

// The same where the unit is a power of two, without a division.
static inline uint64_t align_up(uint64_t x, uint64_t alignment) {
  return (x + alignment - 1) & ~(alignment - 1);
}

static inline uint64_t larger(uint64_t x, uint64_t y) {
  return x > y ? x : y;
}

static inline uint64_t smaller(uint64_t x, uint64_t y) {
  return x < y ? x : y;
}

#endif
