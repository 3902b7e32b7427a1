#include "support/bitset.h"

#include "tests/harness/harness.h"

TEST(Bitset, HoldsMembersAtWordBoundaries) {
  static const size_t members[] = {0, 1, 62, 63, 64, 65, 127, 128, 199};
  enum { COUNT = sizeof members / sizeof members[0] };
  Arena arena = {0};
  Bitset set = bitset_new(&arena, 200);
  CHECK_UINT_EQ(bitset_count(&set), 0);
  CHECK_UINT_EQ(bitset_next(&set, 0), SIZE_MAX);
  for (size_t i = 0; i < COUNT; i++)
    bitset_add(&set, members[i]);
  CHECK_UINT_EQ(bitset_count(&set), COUNT);
  size_t next = 0;
  for (size_t i = 0; i < COUNT; i++) {
    size_t member = bitset_next(&set, next);
    CHECK_UINT_EQ(member, members[i]);
    CHECK(bitset_has(&set, member));
    next = member + 1;
  }
  CHECK_UINT_EQ(bitset_next(&set, next), SIZE_MAX);
  CHECK_UINT_EQ(bitset_next(&set, 1000000), SIZE_MAX);
  bitset_remove(&set, 63);
  CHECK(!bitset_has(&set, 63));
  CHECK_UINT_EQ(bitset_next(&set, 63), 64);
  bitset_clear(&set);
  CHECK_UINT_EQ(bitset_count(&set), 0);
  arena_free(&arena);
}

TEST(Bitset, UnionSaysWhetherItGrew) {
  Arena arena = {0};
  Bitset a = bitset_new(&arena, 130);
  Bitset b = bitset_new(&arena, 130);
  bitset_add(&a, 5);
  bitset_add(&b, 5);
  CHECK(!bitset_union(&a, &b));
  bitset_add(&b, 129);
  CHECK(bitset_union(&a, &b));
  CHECK(!bitset_union(&a, &b));
  CHECK(bitset_has(&a, 5) && bitset_has(&a, 129));
  CHECK_UINT_EQ(bitset_count(&a), 2);
  bitset_clear(&b);
  CHECK(!bitset_union(&a, &b));
  bitset_copy(&b, &a);
  CHECK_UINT_EQ(bitset_count(&b), 2);
  CHECK(bitset_has(&b, 129));
  arena_free(&arena);
}

TEST(Bitset, OfNothingIsEmpty) {
  Arena arena = {0};
  Bitset set = bitset_new(&arena, 0);
  CHECK_UINT_EQ(bitset_count(&set), 0);
  CHECK_UINT_EQ(bitset_next(&set, 0), SIZE_MAX);
  arena_free(&arena);
}

TEST(Bitset, AgreesWithAnArrayOfBooleans) {
  enum { SIZE = 777 };
  Arena arena = {0};
  Bitset set = bitset_new(&arena, SIZE);
  bool model[SIZE] = {false};
  uint32_t random = 7;
  for (int step = 0; step < 5000; step++) {
    random = random * UINT32_C(1664525) + UINT32_C(1013904223);
    size_t i = (random >> 8) % SIZE;
    if (random >> 31)
      bitset_add(&set, i);
    else
      bitset_remove(&set, i);
    model[i] = random >> 31;
  }
  size_t expected = 0;
  for (size_t i = 0; i < SIZE; i++) {
    CHECK(bitset_has(&set, i) == model[i]);
    expected += model[i];
  }
  CHECK_UINT_EQ(bitset_count(&set), expected);
  arena_free(&arena);
}
