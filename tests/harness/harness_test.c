// The harness must be able to fail: runs the tests of failing.c as a process of its own and reads the report.
#include "tests/harness/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static HarnessProcess run_failing(const char *test) {
  char filter[128];
  snprintf(filter, sizeof filter, "--gtest_filter=%s", test);
  const char *argv[] = {HARNESS_FAILING, filter, "--gtest_color=no", NULL};
  return harness_run(argv, NULL, 0);
}

// The line of failing.c that carries the marker of a test.
static int marked_line(const char *name) {
  char marker[64];
  snprintf(marker, sizeof marker, "// line of %s\n", name);
  char line[256];
  int number = 0;
  int found = 0;
  FILE *file = fopen(HARNESS_FOLDER "/failing.c", "r");
  while (file && fgets(line, sizeof line, file)) {
    number++;
    if (strstr(line, marker))
      found = number;
  }
  if (file)
    fclose(file);
  return found;
}

TEST(Harness, FailuresAreReportedAtTheirFileAndLine) {
  static const struct {
    const char *name;
    const char *message;
  } rows[] = {
      {"Check", "does not hold: 1 + 1 == 3"},
      {"Require", "does not hold: 1 + 1 == 3"},
      {"Integers", "-1 is -1\nexpected 2, which is 2"},
      {"UnsignedIntegers", "(0xffffffffffffffff)\nexpected 16, which is 16 (0x10)"},
      {"Strings", "is\n\"kiln\"\nexpected \"klin\", which is\n\"klin\""},
      {"Contains", "has no \"warning\" in it; it is\n\"error: bad\""},
      {"Memory", "at byte 2 of 4: 0x63, expected 0x58"},
      {"Message", "told to fail\nwith: row 7"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    harness_context("Failing.%s", rows[i].name);
    char test[64];
    snprintf(test, sizeof test, "Failing.%s", rows[i].name);
    HarnessProcess process = run_failing(test);
    CHECK_INT_EQ(process.exit_code, 1);
    char place[64];
    snprintf(place, sizeof place, "failing.c:%d: Failure", marked_line(rows[i].name));
    CHECK_CONTAINS(process.output, place);
    CHECK_CONTAINS(process.output, rows[i].message);
    CHECK_CONTAINS(process.output, "1 FAILED TEST");
    harness_process_free(&process);
  }
}

TEST(Harness, CheckGoesOnAndRequireDoesNot) {
  HarnessProcess check = run_failing("Failing.Check");
  CHECK_CONTAINS(check.output, "went on after the check");
  harness_process_free(&check);
  HarnessProcess require = run_failing("Failing.Require");
  CHECK(!strstr(require.output, "went on"));
  harness_process_free(&require);
}

TEST(Harness, PassingAndSkippedTestsAreToldApart) {
  HarnessProcess passing = run_failing("Passing.Check");
  CHECK_INT_EQ(passing.exit_code, 0);
  CHECK_CONTAINS(passing.output, "[  PASSED  ] 1 test.");
  harness_process_free(&passing);
  HarnessProcess skipped = run_failing("Skipped.Reason");
  CHECK_INT_EQ(skipped.exit_code, 0);
  CHECK_CONTAINS(skipped.output, "no reason here");
  CHECK_CONTAINS(skipped.output, "[  SKIPPED ] 1 test");
  harness_process_free(&skipped);
}

TEST(Harness, RunsProcesses) {
  size_t size = 1000 * 1000;
  char *input = malloc(size);
  REQUIRE(input);
  memset(input, 'x', size);
  const char *cat[] = {"cat", NULL};
  HarnessProcess copied = harness_run(cat, input, size);
  CHECK_INT_EQ(copied.exit_code, 0);
  CHECK_UINT_EQ(copied.output_size, size);
  harness_process_free(&copied);
  const char *deaf[] = {"sh", "-c", "exec <&-; echo loud >&2; exit 3", NULL};
  HarnessProcess ended = harness_run(deaf, input, size);
  CHECK_INT_EQ(ended.exit_code, 3);
  CHECK_STR_EQ(ended.errors, "loud\n");
  harness_process_free(&ended);
  free(input);
  const char *missing[] = {"no-such-program-at-all", NULL};
  HarnessProcess none = harness_run(missing, NULL, 0);
  CHECK_INT_EQ(none.exit_code, 127);
  CHECK_CONTAINS(none.errors, "no-such-program-at-all");
  harness_process_free(&none);
  const char *killed[] = {"sh", "-c", "kill -9 $$", NULL};
  HarnessProcess dead = harness_run(killed, NULL, 0);
  CHECK_INT_EQ(dead.exit_code, 128 + 9);
  harness_process_free(&dead);
}
