#include "support/bitset.h"

#include <string.h>

Bitset bitset_new(Arena *arena, size_t size) {
  size_t word_count = (size + 63) / 64;
  return (Bitset){ARENA_ARRAY(arena, uint64_t, word_count), word_count};
}

void bitset_clear(Bitset *set) {
  memset(set->words, 0, set->word_count * sizeof(uint64_t));
}

void bitset_copy(Bitset *to, const Bitset *from) {
  memcpy(to->words, from->words, from->word_count * sizeof(uint64_t));
}

bool bitset_union(Bitset *to, const Bitset *from) {
  uint64_t grown = 0;
  for (size_t i = 0; i < from->word_count; i++) {
    grown |= from->words[i] & ~to->words[i];
    to->words[i] |= from->words[i];
  }
  return grown != 0;
}

size_t bitset_next(const Bitset *set, size_t start) {
  size_t word = start / 64;
  if (word >= set->word_count)
    return SIZE_MAX;
  uint64_t bits = set->words[word] & (~UINT64_C(0) << (start % 64));
  while (!bits) {
    if (++word == set->word_count)
      return SIZE_MAX;
    bits = set->words[word];
  }
  return word * 64 + (size_t)__builtin_ctzll(bits);
}

size_t bitset_count(const Bitset *set) {
  size_t count = 0;
  for (size_t i = 0; i < set->word_count; i++)
    count += (size_t)__builtin_popcountll(set->words[i]);
  return count;
}
