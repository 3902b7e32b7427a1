// GoogleTest behind harness.h. The only C++ of the project: what C cannot say to GoogleTest, said here once.
#include "tests/harness/harness.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cinttypes>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

// Filled by constructors before main, in the order in which tests stand in their files.
HarnessTest *first_test = nullptr;
HarnessTest **last_link = &first_test;

// State of the running test.
std::string context;
std::string temporary_folder;

std::string format_list(const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(nullptr, 0, format, arguments);
  std::string text(static_cast<size_t>(length), '\0');
  vsnprintf(text.data(), text.size() + 1, format, again);
  va_end(again);
  return text;
}

std::string format_text(const char *format, ...) __attribute__((format(printf, 1, 2)));
std::string format_text(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::string text = format_list(format, arguments);
  va_end(arguments);
  return text;
}

void report(const char *file, int line, const std::string &message) {
  std::string text = context.empty() ? message : message + "\nwith: " + context;
  ::testing::internal::AssertHelper(::testing::TestPartResult::kNonFatalFailure, file, line, text.c_str()) =
      ::testing::Message();
}

std::string quoted(const char *text) {
  return text ? "\"" + std::string(text) + "\"" : "NULL";
}

class CTest : public ::testing::Test {
public:
  explicit CTest(void (*body)()) : body_(body) {}
  void TestBody() override { body_(); }

protected:
  void SetUp() override { context.clear(); }
  void TearDown() override {
    if (!temporary_folder.empty())
      std::filesystem::remove_all(temporary_folder);
    temporary_folder.clear();
  }

private:
  void (*body_)();
};

} // namespace

extern "C" {

void harness_register(HarnessTest *test) {
  *last_link = test;
  last_link = &test->next;
}

bool harness_check(bool holds, const char *condition, const char *file, int line) {
  if (!holds)
    report(file, line, format_text("does not hold: %s", condition));
  return holds;
}

bool harness_check_int_eq(int64_t actual, int64_t expected, const char *actual_text,
                          const char *expected_text, const char *file, int line) {
  if (actual == expected)
    return true;
  report(file, line,
         format_text("%s is %" PRId64 "\nexpected %s, which is %" PRId64, actual_text, actual, expected_text,
                     expected));
  return false;
}

bool harness_check_uint_eq(uint64_t actual, uint64_t expected, const char *actual_text,
                           const char *expected_text, const char *file, int line) {
  if (actual == expected)
    return true;
  report(file, line,
         format_text("%s is %" PRIu64 " (0x%" PRIx64 ")\nexpected %s, which is %" PRIu64 " (0x%" PRIx64 ")",
                     actual_text, actual, actual, expected_text, expected, expected));
  return false;
}

bool harness_check_str_eq(const char *actual, const char *expected, const char *actual_text,
                          const char *expected_text, const char *file, int line) {
  if (actual && expected ? strcmp(actual, expected) == 0 : actual == expected)
    return true;
  report(file, line,
         format_text("%s is\n%s\nexpected %s, which is\n%s", actual_text, quoted(actual).c_str(),
                     expected_text, quoted(expected).c_str()));
  return false;
}

bool harness_check_contains(const char *text, const char *part, const char *expression, const char *file,
                            int line) {
  if (text && strstr(text, part))
    return true;
  report(
      file, line,
      format_text("%s has no %s in it; it is\n%s", expression, quoted(part).c_str(), quoted(text).c_str()));
  return false;
}

bool harness_check_mem_eq(const void *actual, const void *expected, size_t size, const char *actual_text,
                          const char *expected_text, const char *file, int line) {
  const unsigned char *a = static_cast<const unsigned char *>(actual);
  const unsigned char *b = static_cast<const unsigned char *>(expected);
  for (size_t i = 0; i < size; i++) {
    if (a[i] == b[i])
      continue;
    report(file, line,
           format_text("%s differs from %s at byte %zu of %zu: 0x%02x, expected 0x%02x", actual_text,
                       expected_text, i, size, a[i], b[i]));
    return false;
  }
  return true;
}

void harness_fail(const char *file, int line, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  report(file, line, format_list(format, arguments));
  va_end(arguments);
}

void harness_context(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  context = format_list(format, arguments);
  va_end(arguments);
}

void harness_skip(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::string reason = format_list(format, arguments);
  va_end(arguments);
  const ::testing::TestInfo *test = ::testing::UnitTest::GetInstance()->current_test_info();
  ::testing::internal::AssertHelper(::testing::TestPartResult::kSkip, test->file(), test->line(),
                                    reason.c_str()) = ::testing::Message();
}

const char *harness_temporary_folder(void) {
  if (!temporary_folder.empty())
    return temporary_folder.c_str();
  std::string pattern = (std::filesystem::temp_directory_path() / "kiln-test-XXXXXX").string();
  if (!mkdtemp(pattern.data())) {
    perror("cannot make a temporary folder");
    abort();
  }
  temporary_folder = pattern;
  return temporary_folder.c_str();
}

} // extern "C"

namespace {

char *copy_of(const std::string &text) {
  char *copy = static_cast<char *>(malloc(text.size() + 1));
  if (!copy)
    abort();
  memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

[[noreturn]] void run_child(const char *const *argv, int input, int output, int errors) {
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  execvp(argv[0], const_cast<char *const *>(argv));
  fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
  _exit(127);
}

// One end of a pipe to the child; closed exactly once.
struct End {
  int descriptor;
  void close_now() {
    if (descriptor >= 0)
      close(descriptor);
    descriptor = -1;
  }
};

void take(End &end, std::string &into) {
  char buffer[65536];
  ssize_t got = read(end.descriptor, buffer, sizeof buffer);
  if (got > 0)
    into.append(buffer, static_cast<size_t>(got));
  else if (got == 0 || errno != EINTR)
    end.close_now();
}

void give(End &end, const char *&input, size_t &left) {
  ssize_t written = left ? write(end.descriptor, input, left) : 0;
  if (written > 0) {
    input += written;
    left -= static_cast<size_t>(written);
  }
  bool broken = written < 0 && errno != EINTR && errno != EAGAIN;
  if (left == 0 || broken)
    end.close_now();
}

// Feeds and drains the child at once, so that neither side waits for the other for ever.
void exchange(End to, End from_output, End from_errors, const char *input, size_t left, std::string &output,
              std::string &errors) {
  fcntl(to.descriptor, F_SETFL, O_NONBLOCK);
  while (to.descriptor >= 0 || from_output.descriptor >= 0 || from_errors.descriptor >= 0) {
    pollfd waiting[3] = {{to.descriptor, POLLOUT, 0},
                         {from_output.descriptor, POLLIN, 0},
                         {from_errors.descriptor, POLLIN, 0}};
    if (poll(waiting, 3, -1) < 0 && errno != EINTR)
      abort();
    if (waiting[0].revents)
      give(to, input, left);
    if (waiting[1].revents)
      take(from_output, output);
    if (waiting[2].revents)
      take(from_errors, errors);
  }
}

} // namespace

extern "C" HarnessProcess harness_run(const char *const *argv, const void *input, size_t input_size) {
  int in[2];
  int out[2];
  int err[2];
  if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC)) {
    perror("pipe");
    abort();
  }
  fflush(nullptr);
  pid_t child = fork();
  if (child < 0) {
    perror("fork");
    abort();
  }
  if (child == 0)
    run_child(argv, in[0], out[1], err[1]);
  close(in[0]);
  close(out[1]);
  close(err[1]);
  std::string output;
  std::string errors;
  exchange({in[1]}, {out[0]}, {err[0]}, static_cast<const char *>(input), input_size, output, errors);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {exit_code, copy_of(output), output.size(), copy_of(errors), errors.size()};
}

extern "C" void harness_process_free(HarnessProcess *process) {
  free(process->output);
  free(process->errors);
  *process = {};
}

int main(int argc, char **argv) {
  ::testing::InitGoogleTest(&argc, argv);
  // A child that closes its input early must not end the tests.
  signal(SIGPIPE, SIG_IGN);
  for (HarnessTest *test = first_test; test; test = test->next) {
    void (*body)() = test->body;
    ::testing::RegisterTest(test->suite, test->name, nullptr, nullptr, test->file, test->line,
                            [body]() -> ::testing::Test * { return new CTest(body); });
  }
  return RUN_ALL_TESTS();
}
