// Moves that happen at once, in order: the sequence is executed and compared with doing all of them at the
// same time.
#include "target/select/isel.h"
#include "tests/harness/harness.h"

#include <string.h>

enum { REGISTERS = 12, ALL = 64 };

static uint32_t fresh(void *context, uint32_t like) {
  (void)like;
  uint32_t *next = context;
  return (*next)++;
}

static void check_moves(const Move *moves, uint32_t count) {
  uint32_t next = REGISTERS, before[ALL], after[ALL];
  for (uint32_t i = 0; i < ALL; i++)
    before[i] = after[i] = i + 100;
  MoveList out = {0};
  sequence_moves(moves, count, fresh, &next, &out);
  for (size_t i = 0; i < out.count; i++)
    after[out.data[i].to] = after[out.data[i].from];
  uint32_t expected[REGISTERS];
  memcpy(expected, before, sizeof expected);
  for (uint32_t i = 0; i < count; i++)
    expected[moves[i].to] = before[moves[i].from];
  for (uint32_t r = 0; r < REGISTERS; r++)
    CHECK_INT_EQ(after[r], expected[r]);
  VEC_FREE(&out);
}

TEST(ParallelCopy, Chain) {
  const Move moves[] = {{0, 1}, {1, 2}, {2, 3}};
  check_moves(moves, 3);
  const Move turned[] = {{2, 3}, {1, 2}, {0, 1}};
  check_moves(turned, 3);
}

TEST(ParallelCopy, Swap) {
  const Move moves[] = {{0, 1}, {1, 0}};
  check_moves(moves, 2);
}

TEST(ParallelCopy, TwoCyclesAndCopiesOfThem) {
  const Move moves[] = {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 3}, {5, 0}, {6, 3}, {7, 7}};
  check_moves(moves, 8);
}

TEST(ParallelCopy, Random) {
  uint32_t seed = 1;
  for (int round = 0; round < 20000; round++) {
    Move moves[REGISTERS];
    uint32_t count = 0;
    for (uint32_t to = 0; to < REGISTERS; to++) {
      seed = seed * 1664525 + 1013904223;
      if (seed >> 30 == 0)
        continue;
      moves[count++] = (Move){to, (seed >> 8) % REGISTERS};
    }
    harness_context("round %d", round);
    check_moves(moves, count);
  }
}
