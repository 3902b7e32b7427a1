// Interned strings: each distinct string once, named by a small number.
#ifndef KILN_SUPPORT_INTERN_H
#define KILN_SUPPORT_INTERN_H

#include "support/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

// Names are numbered 0, 1, 2, ... in the order of their first appearance, so iteration by number is the same
// for the same input.
typedef uint32_t Name;
#define NAME_NONE UINT32_MAX

typedef struct InternEntry {
  const char *text;
  uint32_t size;
  uint32_t hash;
} InternEntry;

// A zero-initialized Intern is empty.
typedef struct Intern {
  Arena arena;
  InternEntry *entries;
  uint32_t count;
  uint32_t entry_capacity;
  struct InternSlot *slots; // open addressing
  uint32_t slot_count;
} Intern;

// The number of the string of `size` bytes at `text`; a copy is kept on its first appearance.
Name intern(Intern *pool, const char *text, size_t size);
Name intern_string(Intern *pool, const char *string);

// As intern, but NAME_NONE for a string that is not in the pool.
Name intern_find(const Intern *pool, const char *text, size_t size);

// The NUL-terminated text of a name. It lives as long as the pool.
static inline const char *intern_text(const Intern *pool, Name name) {
  return pool->entries[name].text;
}

void intern_free(Intern *pool);

// A 32-bit hash of a byte string; the same on every host and in every run.
uint32_t hash_bytes(const void *data, size_t size);

#ifdef __cplusplus
}
#endif
#endif
