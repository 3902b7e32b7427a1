#include "support/intern.h"

#include "tests/harness/harness.h"

#include <stdio.h>
#include <string.h>

TEST(Intern, NumbersNamesInTheOrderOfTheirFirstAppearance) {
  Intern pool = {0};
  CHECK_UINT_EQ(intern_string(&pool, "main"), 0);
  CHECK_UINT_EQ(intern_string(&pool, "matmul"), 1);
  CHECK_UINT_EQ(intern_string(&pool, "main"), 0);
  CHECK_UINT_EQ(intern_string(&pool, ""), 2);
  CHECK_UINT_EQ(intern(&pool, "mainly", 4), 0);
  CHECK_STR_EQ(intern_text(&pool, 1), "matmul");
  CHECK_STR_EQ(intern_text(&pool, 2), "");
  CHECK_UINT_EQ(pool.count, 3);
  intern_free(&pool);
}

TEST(Intern, FindDoesNotAdd) {
  Intern pool = {0};
  CHECK_UINT_EQ(intern_find(&pool, "x", 1), NAME_NONE);
  Name name = intern_string(&pool, "x");
  CHECK_UINT_EQ(intern_find(&pool, "x", 1), name);
  CHECK_UINT_EQ(intern_find(&pool, "xy", 2), NAME_NONE);
  CHECK_UINT_EQ(pool.count, 1);
  intern_free(&pool);
}

TEST(Intern, ToldApartByEveryByteAndBySize) {
  Intern pool = {0};
  CHECK_UINT_EQ(intern(&pool, "a\0b", 3), 0);
  CHECK_UINT_EQ(intern(&pool, "a\0c", 3), 1);
  CHECK_UINT_EQ(intern(&pool, "a", 1), 2);
  CHECK_UINT_EQ(intern(&pool, "a\0", 2), 3);
  CHECK_MEM_EQ(intern_text(&pool, 1), "a\0c", 4);
  intern_free(&pool);
}

TEST(Intern, KeepsManyNamesWhereTheyAre) {
  enum { COUNT = 100000 };
  Intern pool = {0};
  char text[32];
  const char *first = intern_text(&pool, intern_string(&pool, "name0"));
  for (Name i = 1; i < COUNT; i++) {
    snprintf(text, sizeof text, "name%u", i);
    if (intern_string(&pool, text) != i)
      FAIL_TEST("%s did not get the next number", text);
  }
  CHECK(intern_text(&pool, 0) == first);
  for (Name i = 0; i < COUNT; i++) {
    snprintf(text, sizeof text, "name%u", i);
    if (intern_find(&pool, text, strlen(text)) != i || strcmp(intern_text(&pool, i), text) != 0)
      FAIL_TEST("%s was lost", text);
  }
  intern_free(&pool);
}

TEST(Intern, HashIsTheSameEverywhere) {
  CHECK_UINT_EQ(hash_bytes("", 0), hash_bytes("anything", 0));
  CHECK(hash_bytes("ab", 2) != hash_bytes("ba", 2));
}
