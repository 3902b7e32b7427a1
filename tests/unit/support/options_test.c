#include "support/options.h"

#include "tests/harness/harness.h"

#include <string.h>

// One option of each kind, as a tool's table has them.
typedef struct Parsed {
  bool verbose;
  const char *output;
  const char *level;
  const char *color;
  StringList defines;
  StringList folders;
  uint64_t limit;
  StringList positional;
  Diagnostics diagnostics;
  OptionResult result;
} Parsed;

static void parse(Parsed *parsed, char **argv) {
  const Option options[] = {
      {"v", OPTION_FLAG, &parsed->verbose, NULL, "say more", false},
      {"o", OPTION_STRING, &parsed->output, "FILE", "output", false},
      {"O", OPTION_PREFIX, &parsed->level, "LEVEL", "optimization level", false},
      {"color", OPTION_STRING, &parsed->color, "WHEN", "color", true},
      {"defsym", OPTION_LIST, &parsed->defines, "NAME=VALUE", "define", false},
      {"I", OPTION_PREFIX_LIST, &parsed->folders, "DIR", "folder", false},
      {"limit", OPTION_NUMBER, &parsed->limit, "N", "limit", false},
  };
  OptionTable table = {"kiln-test", "kiln-test [options] FILE", "Tests options.", options,
                       sizeof options / sizeof options[0]};
  int argc = 0;
  while (argv[argc])
    argc++;
  diagnostics_start(&parsed->diagnostics, "kiln-test");
  parsed->result = options_read(&table, argc, argv, &parsed->positional, &parsed->diagnostics);
}

static void free_parsed(Parsed *parsed) {
  string_list_free(&parsed->defines);
  string_list_free(&parsed->folders);
  string_list_free(&parsed->positional);
  diagnostics_free(&parsed->diagnostics);
}

#define ARGUMENTS(...) ((char *[]){"kiln-test", __VA_ARGS__, NULL})

TEST(Options, EveryKindAndForm) {
  Parsed parsed = {0};
  parse(&parsed, ARGUMENTS("-v", "-o", "a.o", "-O3", "in.s", "--defsym=a=1", "-defsym", "b", "-Ione", "-I",
                           "two", "--limit=0x10", "-color", "-", "--", "-v"));
  CHECK(parsed.result == OPTIONS_RUN);
  CHECK_STR_EQ(text_string(&parsed.diagnostics.rendered), "");
  CHECK(parsed.verbose);
  CHECK_STR_EQ(parsed.output, "a.o");
  CHECK_STR_EQ(parsed.level, "3");
  CHECK_STR_EQ(parsed.color, "");
  CHECK_UINT_EQ(parsed.limit, 16);
  REQUIRE(parsed.defines.count == 2 && parsed.folders.count == 2 && parsed.positional.count == 3);
  CHECK_STR_EQ(parsed.defines.data[0], "a=1");
  CHECK_STR_EQ(parsed.defines.data[1], "b");
  CHECK_STR_EQ(parsed.folders.data[0], "one");
  CHECK_STR_EQ(parsed.folders.data[1], "two");
  CHECK_STR_EQ(parsed.positional.data[0], "in.s");
  CHECK_STR_EQ(parsed.positional.data[1], "-");
  CHECK_STR_EQ(parsed.positional.data[2], "-v");
  free_parsed(&parsed);
}

TEST(Options, TheLastOneWinsAndValuesMayBeAttached) {
  Parsed parsed = {0};
  parse(&parsed, ARGUMENTS("-o=x", "--o", "y", "-color=never", "-limit", "7"));
  CHECK(parsed.result == OPTIONS_RUN);
  CHECK_STR_EQ(parsed.output, "y");
  CHECK_STR_EQ(parsed.color, "never");
  CHECK_UINT_EQ(parsed.limit, 7);
  free_parsed(&parsed);
}

TEST(Options, WhatIsWrongIsSaid) {
  static const struct {
    char *argument;
    const char *message;
  } rows[] = {
      {"--defsim=a", "kiln-test: error: unknown option '--defsim=a'; did you mean '-defsym'?\n"},
      {"--frobnicate", "kiln-test: error: unknown option '--frobnicate'\n"},
      {"-o", "kiln-test: error: option '-o' wants a value (FILE)\n"},
      {"-limit=ten", "kiln-test: error: option '-limit' wants a number, not 'ten'\n"},
      {"-limit=-1", "kiln-test: error: option '-limit' wants a number, not '-1'\n"},
      {"-limit=", "kiln-test: error: option '-limit' wants a number, not ''\n"},
      {"-limit=99999999999999999999", "wants a number, not '99999999999999999999'\n"},
      {"-v=yes", "kiln-test: error: option '-v' takes no value\n"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    harness_context("%s", rows[i].argument);
    Parsed parsed = {0};
    parse(&parsed, ARGUMENTS(rows[i].argument));
    CHECK(parsed.result == OPTIONS_BAD);
    CHECK_UINT_EQ(parsed.diagnostics.errors, 1);
    CHECK_CONTAINS(text_string(&parsed.diagnostics.rendered), rows[i].message);
    free_parsed(&parsed);
  }
}

TEST(Options, AllMistakesAreShownAtOnce) {
  Parsed parsed = {0};
  parse(&parsed, ARGUMENTS("-q", "-limit=x", "-o"));
  CHECK(parsed.result == OPTIONS_BAD);
  CHECK_UINT_EQ(parsed.diagnostics.errors, 3);
  free_parsed(&parsed);
}
