// Where arguments go (psABI, lp64d).
#include "target/internal.h"
#include "tests/harness/harness.h"

static Signature *sign(Arena *arena, const char *types, uint32_t fixed) {
  ParamType params[32];
  uint32_t count = 0;
  for (; types[count]; count++)
    params[count] = (ParamType){.type = types[count] == 'f'   ? IR_FLOAT
                                        : types[count] == 'd' ? IR_DOUBLE
                                                              : IR_I64,
                                .pair = types[count] == 'w'};
  return signature_new(arena, params, count, fixed < count ? fixed : count, NULL, 0);
}

TEST(Passing, IntegersAndFloatsHaveRegistersOfTheirOwn) {
  Arena arena = {0};
  const Signature *s = sign(&arena, "idifi", UINT32_MAX);
  CHECK_INT_EQ(s->params[0].reg, REG_A0);
  CHECK_INT_EQ(s->params[1].reg, REG_FA0);
  CHECK_INT_EQ(s->params[2].reg, REG_A0 + 1);
  CHECK_INT_EQ(s->params[3].reg, REG_FA0 + 1);
  CHECK_INT_EQ(s->params[4].reg, REG_A0 + 2);
  arena_free(&arena);
}

TEST(Passing, FloatsGoOnInIntegerRegistersAndThenOnTheStack) {
  Arena arena = {0};
  const Signature *s = sign(&arena, "ddddddddddiiiiiiiid", UINT32_MAX);
  CHECK_INT_EQ(s->params[8].reg, REG_A0);
  CHECK_INT_EQ(s->params[9].reg, REG_A0 + 1);
  CHECK_INT_EQ(s->params[15].reg, REG_A0 + 7);
  CHECK(s->params[16].on_stack);
  CHECK_INT_EQ(s->params[16].offset, 0);
  CHECK_INT_EQ(s->params[18].offset, 16);
  CHECK_INT_EQ(s->stack_bytes, 24);
  arena_free(&arena);
}

TEST(Passing, VariadicFloatsAreIntegers) {
  Arena arena = {0};
  const Signature *s = sign(&arena, "idd", 2);
  CHECK_INT_EQ(s->params[1].reg, REG_FA0);
  CHECK_INT_EQ(s->params[2].reg, REG_A0 + 1);
  arena_free(&arena);
}

// "wi" is an integer of 128 bits.
TEST(Passing, PairsTakeAnyTwoRegistersWhenNamedAndAnEvenOneWhenVariadic) {
  Arena arena = {0};
  const Signature *named = sign(&arena, "iwi", UINT32_MAX);
  CHECK_INT_EQ(named->params[1].reg, REG_A0 + 1);
  CHECK_INT_EQ(named->params[2].reg, REG_A0 + 2);
  const Signature *variadic = sign(&arena, "iwi", 1);
  CHECK_INT_EQ(variadic->params[1].reg, REG_A0 + 2);
  CHECK_INT_EQ(variadic->params[2].reg, REG_A0 + 3);
  arena_free(&arena);
}

TEST(Passing, PairsAreSplitAtTheLastRegisterAndAlignedOnTheStack) {
  Arena arena = {0};
  const Signature *split = sign(&arena, "iiiiiiiwi", UINT32_MAX);
  CHECK_INT_EQ(split->params[7].reg, REG_A0 + 7);
  CHECK(split->params[8].on_stack);
  CHECK_INT_EQ(split->params[8].offset, 0);
  const Signature *stack = sign(&arena, "iiiiiiiiiwi", UINT32_MAX);
  CHECK_INT_EQ(stack->params[9].offset, 16);
  CHECK_INT_EQ(stack->params[10].offset, 24);
  arena_free(&arena);
}
