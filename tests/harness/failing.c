// Tests that must fail, each in one way. harness_test.c runs them and checks what is reported; the markers
// tell it the line of each.
#include "tests/harness/harness.h"

#include <stdio.h>

TEST(Failing, Check) {
  CHECK(1 + 1 == 3); // line of Check
  puts("went on after the check");
}

TEST(Failing, Require) {
  REQUIRE(1 + 1 == 3); // line of Require
  puts("went on after the requirement");
}

TEST(Failing, Integers) {
  CHECK_INT_EQ(-1, 2); // line of Integers
}

TEST(Failing, UnsignedIntegers) {
  CHECK_UINT_EQ(UINT64_MAX, 16); // line of UnsignedIntegers
}

TEST(Failing, Strings) {
  CHECK_STR_EQ("kiln", "klin"); // line of Strings
}

TEST(Failing, Contains) {
  CHECK_CONTAINS("error: bad", "warning"); // line of Contains
}

TEST(Failing, Memory) {
  CHECK_MEM_EQ("abcd", "abXd", 4); // line of Memory
}

TEST(Failing, Message) {
  harness_context("row %d", 7);
  FAIL_TEST("told to %s", "fail"); // line of Message
}

TEST(Passing, Check) {
  CHECK(1 + 1 == 2);
}

TEST(Skipped, Reason) {
  harness_skip("no %s here", "reason");
}
