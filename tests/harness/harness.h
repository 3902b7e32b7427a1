// The test harness: tests are written in C, and GoogleTest finds, runs, filters and reports them.
//
//   #include "tests/harness/harness.h"
//
//   TEST(Bitset, CountsItsMembers) {
//     ...
//     CHECK_INT_EQ(bitset_count(&set), 3);
//   }
//
// A failed CHECK is reported at its C file and line and the test goes on; a failed REQUIRE ends the test.
// Tests are run by ctest one by one, or by hand: build/dev/tests/NAME --gtest_filter='Bitset.*'.
#ifndef KILN_TESTS_HARNESS_HARNESS_H
#define KILN_TESTS_HARNESS_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// One test, known to the shim by the constructor that TEST makes. Never written by hand.
typedef struct HarnessTest {
  const char *suite;
  const char *name;
  const char *file;
  int line;
  void (*body)(void);
  struct HarnessTest *next;
} HarnessTest;

void harness_register(HarnessTest *test);

#define TEST(suite_, name_)                                                                                  \
  static void test_##suite_##_##name_(void);                                                                 \
  __attribute__((constructor)) static void register_##suite_##_##name_(void) {                               \
    static HarnessTest test = {#suite_, #name_, __FILE__, __LINE__, test_##suite_##_##name_, NULL};          \
    harness_register(&test);                                                                                 \
  }                                                                                                          \
  static void test_##suite_##_##name_(void)

// Every argument is evaluated once.
#define CHECK(condition) harness_check((condition), #condition, __FILE__, __LINE__)

// The one test macro that returns: it ends the test function when the condition does not hold, for what the
// rest of the test cannot do without.
#define REQUIRE(condition)                                                                                   \
  do {                                                                                                       \
    bool harness_holds = (condition);                                                                        \
    harness_check(harness_holds, #condition, __FILE__, __LINE__);                                            \
    if (!harness_holds)                                                                                      \
      return;                                                                                                \
  } while (0)

// Signed and unsigned 64-bit equality; the unsigned form also shows both values in hexadecimal.
#define CHECK_INT_EQ(actual, expected)                                                                       \
  harness_check_int_eq((int64_t)(actual), (int64_t)(expected), #actual, #expected, __FILE__, __LINE__)
#define CHECK_UINT_EQ(actual, expected)                                                                      \
  harness_check_uint_eq((uint64_t)(actual), (uint64_t)(expected), #actual, #expected, __FILE__, __LINE__)

// Equal strings; NULL equals only NULL.
#define CHECK_STR_EQ(actual, expected)                                                                       \
  harness_check_str_eq((actual), (expected), #actual, #expected, __FILE__, __LINE__)

// `text` has `part` in it.
#define CHECK_CONTAINS(text, part) harness_check_contains((text), (part), #text, __FILE__, __LINE__)

// `size` equal bytes; a failure names the first offset that differs.
#define CHECK_MEM_EQ(actual, expected, size)                                                                 \
  harness_check_mem_eq((actual), (expected), (size), #actual, #expected, __FILE__, __LINE__)

// Fails the test with a message made as printf does; the test goes on.
#define FAIL_TEST(...) harness_fail(__FILE__, __LINE__, __VA_ARGS__)

// The functions behind the macros return whether the check held.
bool harness_check(bool holds, const char *condition, const char *file, int line);
bool harness_check_int_eq(int64_t actual, int64_t expected, const char *actual_text,
                          const char *expected_text, const char *file, int line);
bool harness_check_uint_eq(uint64_t actual, uint64_t expected, const char *actual_text,
                           const char *expected_text, const char *file, int line);
bool harness_check_str_eq(const char *actual, const char *expected, const char *actual_text,
                          const char *expected_text, const char *file, int line);
bool harness_check_contains(const char *text, const char *part, const char *expression, const char *file,
                            int line);
bool harness_check_mem_eq(const void *actual, const void *expected, size_t size, const char *actual_text,
                          const char *expected_text, const char *file, int line);
void harness_fail(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

// Sets what is shown with every failure from here to the end of the test: which row of a table, which seed.
void harness_context(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Marks the test as skipped, with the reason; the caller then returns.
void harness_skip(const char *format, ...) __attribute__((format(printf, 1, 2)));

// An empty folder of the running test's own, removed when it ends.
const char *harness_temporary_folder(void);

// A finished process. `output` and `errors` are NUL-terminated, their sizes without it.
typedef struct HarnessProcess {
  int exit_code; // 128 + signal number when a signal ended it, as a shell says it
  char *output;
  size_t output_size;
  char *errors;
  size_t errors_size;
} HarnessProcess;

// Runs a program found in PATH (argv ends with NULL) with `input` on its standard input. When it cannot be
// started exit_code is 127.
HarnessProcess harness_run(const char *const *argv, const void *input, size_t input_size);
void harness_process_free(HarnessProcess *process);

#ifdef __cplusplus
}
#endif
#endif
