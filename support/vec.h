// A growable array of any type, as a struct with three plain fields.
//
//   VEC(int) numbers = {0};
//   VEC_PUSH(&numbers, 7);
//   for (size_t i = 0; i < numbers.count; i++) use(numbers.data[i]);
//   VEC_FREE(&numbers);
#ifndef KILN_SUPPORT_VEC_H
#define KILN_SUPPORT_VEC_H

#include "support/arena.h"

#include <stdlib.h>

#define VEC(type)                                                                                            \
  struct {                                                                                                   \
    type *data;                                                                                              \
    size_t count;                                                                                            \
    size_t capacity;                                                                                         \
  }

// Makes room for `extra` more elements. Pointers into the vector are no longer valid.
#define VEC_RESERVE(vec, extra)                                                                              \
  ((vec)->data = vec_reserve((vec)->data, (vec)->count + (extra), &(vec)->capacity, sizeof(*(vec)->data)))

#define VEC_PUSH(vec, value) (VEC_RESERVE(vec, 1), (vec)->data[(vec)->count++] = (value))

#define VEC_POP(vec) ((vec)->data[--(vec)->count])

#define VEC_LAST(vec) ((vec)->data[(vec)->count - 1])

#define VEC_FREE(vec) (free((vec)->data), (vec)->data = NULL, (vec)->count = (vec)->capacity = 0)

static inline void *vec_reserve(void *data, size_t count, size_t *capacity, size_t element_size) {
  if (count <= *capacity)
    return data;
  // Small ones grow in larger steps, so that most are never moved.
  enum { FIRST_BYTES = 256 };
  size_t first = element_size < FIRST_BYTES / 8 ? FIRST_BYTES / element_size : 8;
  size_t grown = *capacity < first ? first : *capacity < 128 ? *capacity * 4 : *capacity * 2;
  *capacity = grown > count ? grown : count;
  return checked_realloc(data, arena_array_size(*capacity, element_size));
}

#endif
