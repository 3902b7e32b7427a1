// A set of small integers.
#ifndef KILN_SUPPORT_BITSET_H
#define KILN_SUPPORT_BITSET_H

#include "support/arena.h"

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct Bitset {
  uint64_t *words;
  size_t word_count;
} Bitset;

// An empty set of the integers 0 .. size-1, its storage in `arena`.
Bitset bitset_new(Arena *arena, size_t size);

static inline bool bitset_has(const Bitset *set, size_t i) {
  return set->words[i / 64] >> (i % 64) & 1;
}
static inline void bitset_add(Bitset *set, size_t i) {
  set->words[i / 64] |= UINT64_C(1) << (i % 64);
}
static inline void bitset_remove(Bitset *set, size_t i) {
  set->words[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

void bitset_clear(Bitset *set);
void bitset_copy(Bitset *to, const Bitset *from);

// to := to | from. Returns whether `to` grew.
bool bitset_union(Bitset *to, const Bitset *from);

// The smallest member that is at least `start`, or SIZE_MAX.
size_t bitset_next(const Bitset *set, size_t start);

size_t bitset_count(const Bitset *set);

#ifdef __cplusplus
}
#endif
#endif
