// Memory by lifetime: everything taken from an arena is freed at once.
#ifndef KILN_SUPPORT_ARENA_H
#define KILN_SUPPORT_ARENA_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ArenaBlock ArenaBlock;

// A zero-initialized Arena is empty and ready for use.
typedef struct Arena {
  ArenaBlock *block; // the block being filled; older ones hang behind it
  char *next;
  char *end;
} Arena;

// What arena_alloc does where the block has no room: a new block, and where in it those bytes can begin.
void *arena_grow(Arena *arena, size_t size, size_t alignment);

// Returns `size` zeroed bytes aligned to `alignment` (a power of two). Never returns NULL: when the host is
// out of memory the process ends with a message, since no caller could go on.
static inline void *arena_alloc(Arena *arena, size_t size, size_t alignment) {
  uintptr_t start = ((uintptr_t)arena->next + alignment - 1) & ~(uintptr_t)(alignment - 1);
  if (!arena->next || start > (uintptr_t)arena->end || size > (uintptr_t)arena->end - start)
    start = (uintptr_t)arena_grow(arena, size, alignment);
  arena->next = (char *)start + size;
  return memset((void *)start, 0, size);
}

// A NUL-terminated copy of `size` bytes of `text`.
char *arena_copy_text(Arena *arena, const char *text, size_t size);

// A NUL-terminated string made as printf does.
char *arena_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Forgets all that was allocated but keeps the newest block for reuse.
void arena_reset(Arena *arena);

// Gives all memory back; the arena is empty and may be used again.
void arena_free(Arena *arena);

// Ends the process with a message.
void out_of_memory(size_t size) __attribute__((noreturn));

// count * size, ending the process as arena_alloc does when the product overflows.
static inline size_t arena_array_size(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes))
    out_of_memory(SIZE_MAX);
  return bytes;
}

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type), _Alignof(type)))
#define ARENA_ARRAY(arena, type, count)                                                                      \
  ((type *)arena_alloc((arena), arena_array_size((count), sizeof(type)), _Alignof(type)))

// malloc, realloc and strdup that end the process with a message instead of returning NULL.
void *checked_malloc(size_t size);
void *checked_realloc(void *memory, size_t size);

#ifdef __cplusplus
}
#endif
#endif
