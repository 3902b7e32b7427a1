#include "support/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ArenaBlock {
  ArenaBlock *older;
  size_t size; // usable bytes behind the header
};

enum { FIRST_BLOCK_BYTES = 4 * 1024, LARGEST_REGULAR_BLOCK_BYTES = 8 * 1024 * 1024 };

void out_of_memory(size_t size) {
  fprintf(stderr, "kiln: out of memory (%zu bytes wanted)\n", size);
  abort();
}

void *checked_malloc(size_t size) {
  void *memory = malloc(size ? size : 1);
  if (!memory)
    out_of_memory(size);
  return memory;
}

void *checked_realloc(void *memory, size_t size) {
  void *moved = realloc(memory, size ? size : 1);
  if (!moved)
    out_of_memory(size);
  return moved;
}

static char *block_data(ArenaBlock *block) {
  return (char *)(block + 1);
}

// Blocks double in size, so that a large arena has few of them.
static void add_block(Arena *arena, size_t needed) {
  size_t size = arena->block ? arena->block->size * 2 : FIRST_BLOCK_BYTES;
  if (size > LARGEST_REGULAR_BLOCK_BYTES)
    size = LARGEST_REGULAR_BLOCK_BYTES;
  if (size < needed)
    size = needed;
  ArenaBlock *block = checked_malloc(sizeof(ArenaBlock) + size);
  block->older = arena->block;
  block->size = size;
  arena->block = block;
  arena->next = block_data(block);
  arena->end = arena->next + size;
}

void *arena_grow(Arena *arena, size_t size, size_t alignment) {
  if (size > SIZE_MAX / 2)
    out_of_memory(size);
  add_block(arena, size + alignment);
  uintptr_t start = ((uintptr_t)arena->next + alignment - 1) & ~(uintptr_t)(alignment - 1);
  return (void *)start;
}

char *arena_copy_text(Arena *arena, const char *text, size_t size) {
  char *copy = arena_alloc(arena, size + 1, 1);
  if (size)
    memcpy(copy, text, size);
  return copy;
}

char *arena_format(Arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  char *text = arena_alloc(arena, (size_t)length + 1, 1);
  vsnprintf(text, (size_t)length + 1, format, again);
  va_end(again);
  return text;
}

static void free_blocks(ArenaBlock *block) {
  while (block) {
    ArenaBlock *older = block->older;
    free(block);
    block = older;
  }
}

void arena_reset(Arena *arena) {
  if (!arena->block)
    return;
  free_blocks(arena->block->older);
  arena->block->older = NULL;
  arena->next = block_data(arena->block);
  arena->end = arena->next + arena->block->size;
}

void arena_free(Arena *arena) {
  free_blocks(arena->block);
  *arena = (Arena){0};
}
