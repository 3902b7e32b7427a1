#include "support/file.h"

#include "tests/harness/harness.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static Text path_in_folder(const char *name) {
  Text path = {0};
  text_format(&path, "%s/%s", harness_temporary_folder(), name);
  return path;
}

// The number of files in a folder: nothing temporary may be left over.
static int count_files(const char *folder) {
  DIR *directory = opendir(folder);
  int count = 0;
  for (struct dirent *entry; directory && (entry = readdir(directory));)
    count += entry->d_name[0] != '.';
  if (directory)
    closedir(directory);
  return count;
}

static void check_contents(const char *path, const char *expected) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  FileData file;
  CHECK(file_read(&file, path, &diagnostics));
  CHECK_UINT_EQ(file.size, strlen(expected));
  CHECK_STR_EQ(file.data, expected);
  CHECK_STR_EQ(file.name, path);
  file_free(&file);
  diagnostics_free(&diagnostics);
}

TEST(File, WritesReadsAndReplaces) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Text path = path_in_folder("out.o");
  CHECK(file_write(path.data, "first", 5, false, &diagnostics));
  check_contents(path.data, "first");
  CHECK(file_write(path.data, "2", 1, false, &diagnostics));
  check_contents(path.data, "2");
  CHECK(file_write(path.data, NULL, 0, false, &diagnostics));
  check_contents(path.data, "");
  CHECK_INT_EQ(count_files(harness_temporary_folder()), 1);
  CHECK_UINT_EQ(diagnostics.errors, 0);
  text_free(&path);
}

TEST(File, ModesFollowTheUmask) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Text path = path_in_folder("prog");
  struct stat status;
  mode_t before = umask(027);
  CHECK(file_write(path.data, "x", 1, true, &diagnostics));
  CHECK_INT_EQ(stat(path.data, &status), 0);
  CHECK_INT_EQ(status.st_mode & 0777, 0750);
  CHECK(file_write(path.data, "x", 1, false, &diagnostics));
  CHECK_INT_EQ(stat(path.data, &status), 0);
  CHECK_INT_EQ(status.st_mode & 0777, 0640);
  umask(before);
  text_free(&path);
}

// A write that fails half way, here by the limit on file size, leaves the old file and nothing else.
TEST(File, AFailedWriteLeavesTheOldFile) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  Text path = path_in_folder("out.o");
  CHECK(file_write(path.data, "old", 3, false, &diagnostics));
  size_t size = 1 << 20;
  char *large = calloc(1, size);
  struct rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  struct rlimit small = {4096, limit.rlim_max};
  void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  bool written = file_write(path.data, large, size, false, &diagnostics);
  setrlimit(RLIMIT_FSIZE, &limit);
  signal(SIGXFSZ, before);
  CHECK(!written);
  CHECK_UINT_EQ(diagnostics.errors, 1);
  CHECK_CONTAINS(text_string(&diagnostics.rendered), "out.o: error: cannot write: File too large\n");
  check_contents(path.data, "old");
  CHECK_INT_EQ(count_files(harness_temporary_folder()), 1);
  free(large);
  diagnostics_free(&diagnostics);
  text_free(&path);
}

TEST(File, ErrorsNameTheFileAndTheReason) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  FileData file;
  CHECK(!file_read(&file, "no/such/file.s", &diagnostics));
  CHECK(file.data == NULL && file.size == 0);
  CHECK(!file_read(&file, harness_temporary_folder(), &diagnostics));
  CHECK(file.data == NULL && file.size == 0);
  CHECK(!file_write("no/such/folder/out.o", "x", 1, false, &diagnostics));
  CHECK_UINT_EQ(diagnostics.errors, 3);
  const char *text = text_string(&diagnostics.rendered);
  CHECK_CONTAINS(text, "no/such/file.s: error: cannot open: No such file or directory\n");
  CHECK_CONTAINS(text, ": error: cannot read: Is a directory\n");
  CHECK_CONTAINS(text, "no/such/folder/out.o: error: cannot create: No such file or directory\n");
  diagnostics_free(&diagnostics);
}

TEST(File, SpecialFilesAreWrittenDirectly) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  CHECK(file_write("/dev/null", "x", 1, false, &diagnostics));
  struct stat status;
  CHECK(stat("/dev/null", &status) == 0 && S_ISCHR(status.st_mode));
  CHECK(!file_write("/dev/full", "x", 1, false, &diagnostics));
  CHECK_CONTAINS(text_string(&diagnostics.rendered), "/dev/full: error: cannot write: No space left");
  diagnostics_free(&diagnostics);
}

TEST(File, ReadsPipesAndStandardInput) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  CHECK_INT_EQ(write(ends[1], "a\0b", 3), 3);
  close(ends[1]);
  int saved = dup(STDIN_FILENO);
  REQUIRE(saved >= 0);
  dup2(ends[0], STDIN_FILENO);
  FileData file;
  CHECK(file_read(&file, "-", &diagnostics));
  dup2(saved, STDIN_FILENO);
  close(saved);
  close(ends[0]);
  CHECK_UINT_EQ(file.size, 3);
  CHECK_MEM_EQ(file.data, "a\0b", 4);
  SourceText text = file_source(&file);
  CHECK_STR_EQ(text.name, "<stdin>");
  CHECK_UINT_EQ(text.size, 3);
  file_free(&file);
}

TEST(File, ReadsMoreThanOneBufferFromAFileWithoutASize) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "test");
  FileData file; // /proc files say that their size is 0
  CHECK(file_read(&file, "/proc/self/maps", &diagnostics));
  CHECK(file.size > 0);
  CHECK_INT_EQ(file.data[file.size], 0);
  file_free(&file);
}
