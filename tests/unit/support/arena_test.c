#include "support/arena.h"

#include "tests/harness/harness.h"

#include <string.h>

TEST(Arena, GivesZeroedMemoryOfTheAlignmentAskedFor) {
  Arena arena = {0};
  for (size_t alignment = 1; alignment <= 4096; alignment *= 2) {
    for (size_t size = 0; size < 70; size += 23) {
      harness_context("alignment %zu, size %zu", alignment, size);
      unsigned char *memory = arena_alloc(&arena, size, alignment);
      REQUIRE(memory);
      CHECK_UINT_EQ((uintptr_t)memory % alignment, 0);
      for (size_t i = 0; i < size; i++)
        CHECK_INT_EQ(memory[i], 0);
      memset(memory, 0xa5, size);
    }
  }
  arena_free(&arena);
}

// Every allocation is filled with a pattern of its own; at the end none may have been overwritten.
TEST(Arena, AllocationsDoNotOverlap) {
  enum { COUNT = 2000 };
  Arena arena = {0};
  unsigned char *memory[COUNT];
  size_t size[COUNT];
  uint32_t random = 1;
  for (size_t i = 0; i < COUNT; i++) {
    random = random * UINT32_C(1664525) + UINT32_C(1013904223);
    size[i] = random >> 22;
    memory[i] = arena_alloc(&arena, size[i], (size_t)1 << (random >> 8 & 7));
    memset(memory[i], (int)(i & 0xff), size[i]);
  }
  for (size_t i = 0; i < COUNT; i++)
    for (size_t j = 0; j < size[i]; j++)
      if (memory[i][j] != (i & 0xff)) {
        FAIL_TEST("allocation %zu was overwritten at byte %zu", i, j);
        break;
      }
  arena_free(&arena);
}

TEST(Arena, HoldsAllocationsLargerThanABlock) {
  Arena arena = {0};
  char *small = arena_copy_text(&arena, "small", 5);
  size_t size = 20 * 1024 * 1024;
  char *large = arena_alloc(&arena, size, 64);
  CHECK_INT_EQ(large[0], 0);
  CHECK_INT_EQ(large[size - 1], 0);
  large[size - 1] = 'x';
  char *after = arena_copy_text(&arena, "after", 5);
  CHECK_STR_EQ(small, "small");
  CHECK_STR_EQ(after, "after");
  CHECK_INT_EQ(large[size - 1], 'x');
  arena_free(&arena);
}

TEST(Arena, ResetKeepsABlockAndZeroesAgain) {
  Arena arena = {0};
  arena_reset(&arena); // an empty arena may be reset
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < 1000; i++) {
      char *memory = arena_alloc(&arena, 1000, 1);
      CHECK_INT_EQ(memory[0] | memory[999], 0);
      memset(memory, 0xff, 1000);
    }
    arena_reset(&arena);
    CHECK(arena.block != NULL);
  }
  arena_free(&arena);
  CHECK(arena.block == NULL);
  arena_free(&arena); // twice does no harm
}

TEST(Arena, CopiesAndFormatsText) {
  Arena arena = {0};
  char *copy = arena_copy_text(&arena, "kiln-as", 4);
  CHECK_STR_EQ(copy, "kiln");
  CHECK_STR_EQ(arena_copy_text(&arena, NULL, 0), "");
  char *formatted = arena_format(&arena, "%s:%d", "a.s", 12);
  CHECK_STR_EQ(formatted, "a.s:12");
  char wide[3000];
  memset(wide, 'w', sizeof wide - 1);
  wide[sizeof wide - 1] = '\0';
  CHECK_STR_EQ(arena_format(&arena, "%s", wide), wide);
  arena_free(&arena);
}

TEST(Arena, TypedHelpersUseTheTypesSizeAndAlignment) {
  typedef struct Wide {
    _Alignas(64) char bytes[64];
  } Wide;
  Arena arena = {0};
  arena_alloc(&arena, 1, 1);
  Wide *one = ARENA_NEW(&arena, Wide);
  CHECK_UINT_EQ((uintptr_t)one % 64, 0);
  uint64_t *many = ARENA_ARRAY(&arena, uint64_t, 100);
  CHECK_UINT_EQ((uintptr_t)many % _Alignof(uint64_t), 0);
  CHECK_UINT_EQ(many[99], 0);
  CHECK_UINT_EQ(arena_array_size(6, 7), 42);
  arena_free(&arena);
}
