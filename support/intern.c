#include "support/intern.h"

#include <stdlib.h>
#include <string.h>

// FNV-1a with a final mix: names are short, so a byte at a time is enough.
uint32_t hash_bytes(const void *data, size_t size) {
  const unsigned char *bytes = data;
  uint32_t hash = UINT32_C(2166136261);
  for (size_t i = 0; i < size; i++)
    hash = (hash ^ bytes[i]) * UINT32_C(16777619);
  hash ^= hash >> 15;
  hash *= UINT32_C(0x2c1b3c6d);
  return hash ^ hash >> 13;
}

static uint64_t mix(uint64_t hash, uint64_t part) {
  hash ^= part;
  // A product depends only on lower bits, and the last characters are in the highest.
  hash ^= hash >> 32;
  return hash * UINT64_C(0x9e3779b97f4a7c15);
}

// The pool's own hash, which nothing outside sees: 8 bytes at a time. The last ones may overlap those before.
static uint32_t hash_text(const char *text, size_t size) {
  uint64_t hash = size;
  uint64_t part = 0;
  if (size >= 8) {
    for (size_t done = 0; done + 8 < size; done += 8) {
      memcpy(&part, text + done, 8);
      hash = mix(hash, part);
    }
    memcpy(&part, text + size - 8, 8);
  } else {
    for (size_t i = 0; i < size; i++)
      part = part << 8 | (unsigned char)text[i];
  }
  return (uint32_t)(mix(hash, part) >> 32);
}

typedef struct InternSlot {
  uint32_t hash; // here too, so that other strings are passed over without a look at their entries
  uint32_t name; // + 1; 0: an empty slot
} InternSlot;

// The slot that holds the string, or the empty slot where it belongs.
static InternSlot *find_slot(const Intern *pool, const char *text, size_t size, uint32_t hash) {
  uint32_t mask = pool->slot_count - 1;
  for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
    InternSlot *slot = &pool->slots[i];
    if (slot->name == 0)
      return slot;
    if (slot->hash != hash)
      continue;
    const InternEntry *entry = &pool->entries[slot->name - 1];
    if (entry->size == size && memcmp(entry->text, text, size) == 0)
      return slot;
  }
}

static void grow_slots(Intern *pool) {
  free(pool->slots);
  pool->slot_count = pool->slot_count ? pool->slot_count * 2 : 64;
  size_t bytes = arena_array_size(pool->slot_count, sizeof(InternSlot));
  pool->slots = checked_malloc(bytes);
  memset(pool->slots, 0, bytes);
  uint32_t mask = pool->slot_count - 1;
  // All are different: no texts need to be compared.
  for (uint32_t name = 0; name < pool->count; name++) {
    uint32_t i = pool->entries[name].hash & mask;
    while (pool->slots[i].name)
      i = (i + 1) & mask;
    pool->slots[i] = (InternSlot){pool->entries[name].hash, name + 1};
  }
}

Name intern(Intern *pool, const char *text, size_t size) {
  if (2 * (pool->count + 1) > pool->slot_count)
    grow_slots(pool);
  uint32_t hash = hash_text(text, size);
  InternSlot *slot = find_slot(pool, text, size, hash);
  if (slot->name)
    return slot->name - 1;
  if (pool->count == pool->entry_capacity) {
    pool->entry_capacity = pool->entry_capacity ? pool->entry_capacity * 2 : 32;
    pool->entries =
        checked_realloc(pool->entries, arena_array_size(pool->entry_capacity, sizeof(InternEntry)));
  }
  pool->entries[pool->count] = (InternEntry){arena_copy_text(&pool->arena, text, size), (uint32_t)size, hash};
  *slot = (InternSlot){hash, ++pool->count};
  return pool->count - 1;
}

Name intern_string(Intern *pool, const char *string) {
  return intern(pool, string, strlen(string));
}

Name intern_find(const Intern *pool, const char *text, size_t size) {
  if (!pool->slot_count)
    return NAME_NONE;
  const InternSlot *slot = find_slot(pool, text, size, hash_text(text, size));
  return slot->name ? slot->name - 1 : NAME_NONE;
}

void intern_free(Intern *pool) {
  arena_free(&pool->arena);
  free(pool->entries);
  free(pool->slots);
  *pool = (Intern){0};
}
