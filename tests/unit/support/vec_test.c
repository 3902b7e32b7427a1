#include "support/vec.h"

#include "tests/harness/harness.h"

TEST(Vec, GrowsAndKeepsItsElements) {
  VEC(int) numbers = {0};
  for (int i = 0; i < 1000; i++)
    VEC_PUSH(&numbers, i * i);
  REQUIRE(numbers.count == 1000);
  CHECK(numbers.capacity >= 1000);
  for (int i = 0; i < 1000; i++)
    CHECK_INT_EQ(numbers.data[i], i * i);
  CHECK_INT_EQ(VEC_LAST(&numbers), 999 * 999);
  CHECK_INT_EQ(VEC_POP(&numbers), 999 * 999);
  CHECK_INT_EQ(VEC_POP(&numbers), 998 * 998);
  CHECK_UINT_EQ(numbers.count, 998);
  VEC_FREE(&numbers);
  CHECK(numbers.data == NULL && numbers.count == 0 && numbers.capacity == 0);
}

TEST(Vec, ReservedRoomDoesNotMove) {
  VEC(char) bytes = {0};
  VEC_RESERVE(&bytes, 100000);
  const char *data = bytes.data;
  for (int i = 0; i < 100000; i++)
    VEC_PUSH(&bytes, (char)i);
  CHECK(bytes.data == data);
  VEC_FREE(&bytes);
}

// Doubling: a million pushes move the data at most twenty times.
TEST(Vec, GrowsGeometrically) {
  VEC(int) numbers = {0};
  int moves = 0;
  size_t capacity = 0;
  for (int i = 0; i < 1000000; i++) {
    VEC_PUSH(&numbers, i);
    moves += numbers.capacity != capacity;
    capacity = numbers.capacity;
  }
  CHECK(moves <= 20);
  VEC_FREE(&numbers);
}
