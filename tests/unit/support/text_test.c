#include "support/text.h"

#include "tests/harness/harness.h"

#include <string.h>

TEST(Text, Appends) {
  Text text = {0};
  CHECK_STR_EQ(text_string(&text), "");
  text_append_string(&text, "kiln");
  text_append_char(&text, '-');
  text_append(&text, "llc and more", 3);
  text_format(&text, " %d %s", 42, "times");
  CHECK_STR_EQ(text_string(&text), "kiln-llc 42 times");
  CHECK_UINT_EQ(text.count, strlen("kiln-llc 42 times"));
  text_clear(&text);
  CHECK_STR_EQ(text_string(&text), "");
  text_append(&text, NULL, 0);
  CHECK_STR_EQ(text_string(&text), "");
  text_free(&text);
  CHECK(text.data == NULL);
}

TEST(Text, GrowsByFormattingLongStrings) {
  Text text = {0};
  char piece[1001];
  memset(piece, 'p', sizeof piece - 1);
  piece[sizeof piece - 1] = '\0';
  for (int i = 0; i < 100; i++)
    text_format(&text, "%s", piece);
  CHECK_UINT_EQ(text.count, 100000);
  CHECK_UINT_EQ(strlen(text.data), 100000);
  text_free(&text);
}

TEST(Text, Distance) {
  static const struct {
    const char *a;
    const char *b;
    size_t limit;
    size_t distance;
  } rows[] = {
      {"", "", 3, 0},
      {"add", "add", 3, 0},
      {"add", "addi", 3, 1},
      {"addi", "add", 3, 1},
      {"vadd", "vsub", 5, 3},
      {"", "abc", 5, 3},
      {"abc", "", 5, 3},
      {"mian", "main", 3, 1},
      {"ca", "abc", 5, 3},
      {"kitten", "sitting", 5, 3},
      {"kitten", "sitting", 2, 3},
      {"a", "abcdef", 3, 4},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    harness_context("'%s' to '%s'", rows[i].a, rows[i].b);
    CHECK_UINT_EQ(text_distance(rows[i].a, rows[i].b, rows[i].limit), rows[i].distance);
    CHECK_UINT_EQ(text_distance(rows[i].b, rows[i].a, rows[i].limit), rows[i].distance);
  }
}

TEST(Text, DistanceOfOverlongNamesIsOverTheLimit) {
  char longest[101];
  memset(longest, 'x', 100);
  longest[100] = '\0';
  CHECK_UINT_EQ(text_distance(longest, longest, 4), 5);
  longest[63] = '\0';
  CHECK_UINT_EQ(text_distance(longest, longest, 4), 0);
}

TEST(Text, NearestNameHints) {
  static const char *const mnemonics[] = {"add", "addi", "vadd.vv", "vadd.vx", "mul"};
  static const struct {
    const char *wanted;
    const char *best;
  } rows[] = {{"addii", "addi"}, {"vad.vx", "vadd.vx"}, {"mlu", "mul"}, {"frobnicate", NULL}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    NearestName nearest = nearest_name_start(rows[i].wanted);
    for (size_t j = 0; j < sizeof mnemonics / sizeof mnemonics[0]; j++)
      nearest_name_offer(&nearest, mnemonics[j]);
    CHECK_STR_EQ(nearest.best, rows[i].best);
  }
}
