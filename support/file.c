#include "support/file.h"

#include "support/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed(Diagnostics *diagnostics, const char *path, const char *action) {
  diagnose(diagnostics, DIAGNOSTIC_ERROR, place_named(path), "cannot %s: %s", action, strerror(errno));
  return false;
}

// Reads until the end, whatever kind of file it is: a pipe has no size to ask for.
static bool read_all(FileData *file, int descriptor) {
  struct stat status;
  size_t capacity = 64 * 1024;
  if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0)
    capacity = (size_t)status.st_size + 1;
  file->data = checked_malloc(capacity + 1);
  for (;;) {
    if (file->size == capacity) {
      capacity *= 2;
      file->data = checked_realloc(file->data, capacity + 1);
    }
    ssize_t got = read(descriptor, file->data + file->size, capacity - file->size);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return false;
    if (got == 0)
      break;
    file->size += (size_t)got;
  }
  file->data[file->size] = '\0';
  return true;
}

bool file_read(FileData *file, const char *path, Diagnostics *diagnostics) {
  bool standard_input = strcmp(path, "-") == 0;
  *file = (FileData){.name = standard_input ? "<stdin>" : path};
  int descriptor = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return failed(diagnostics, path, "open");
  bool read = read_all(file, descriptor);
  if (!read)
    failed(diagnostics, file->name, "read");
  if (!standard_input)
    close(descriptor);
  if (!read)
    file_free(file);
  return read;
}

enum { SMALLEST_MAPPED = 256 * 1024 };

// Maps a regular file, with a page of zeros behind it: its text ends wherever its last page does.
static bool map_all(FileData *file, int descriptor) {
  struct stat status;
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size < SMALLEST_MAPPED)
    return false;
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t size = (size_t)status.st_size;
  size_t mapped = (size + page - 1) / page * page + page;
  char *data = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data == MAP_FAILED)
    return false;
  if (mmap(data, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, descriptor, 0) == MAP_FAILED) {
    munmap(data, mapped);
    return false;
  }
  file->data = data;
  file->size = size;
  file->mapped = mapped;
  return true;
}

bool file_map(FileData *file, const char *path, Diagnostics *diagnostics) {
  *file = (FileData){.name = path};
  int descriptor = strcmp(path, "-") == 0 ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  bool mapped = descriptor >= 0 && map_all(file, descriptor);
  if (descriptor >= 0)
    close(descriptor);
  return mapped || file_read(file, path, diagnostics);
}

void file_free(FileData *file) {
  if (file->mapped)
    munmap(file->data, file->mapped);
  else
    free(file->data);
  file->mapped = 0;
  file->data = NULL;
  file->size = 0;
}

SourceText file_source(const FileData *file) {
  SourceText source = {file->name, file->data, file->size};
  return source;
}

static bool write_all(int descriptor, const char *data, size_t size) {
  while (size) {
    ssize_t written = write(descriptor, data, size);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return false;
    data += written;
    size -= (size_t)written;
  }
  return true;
}

static bool write_directly(const char *path, const void *data, size_t size, Diagnostics *diagnostics) {
  bool standard_output = strcmp(path, "-") == 0;
  int descriptor = standard_output ? STDOUT_FILENO : open(path, O_WRONLY | O_CLOEXEC);
  if (descriptor < 0)
    return failed(diagnostics, path, "open for writing");
  if (standard_output)
    fflush(stdout);
  bool written = write_all(descriptor, data, size);
  if (!standard_output && close(descriptor) != 0)
    written = false;
  return written || failed(diagnostics, standard_output ? "<stdout>" : path, "write");
}

// The permissions that open(2) would give a new file: mkstemp's are for its owner alone.
static mode_t new_file_mode(bool executable) {
  mode_t mask = umask(0);
  umask(mask);
  return (executable ? 0777 : 0666) & ~mask;
}

bool file_output_open(FileOutput *output, const char *path, Diagnostics *diagnostics) {
  Text temporary = {0};
  text_format(&temporary, "%s.XXXXXX", path);
  *output = (FileOutput){path, temporary.data, mkstemp(temporary.data)};
  if (output->descriptor >= 0)
    return true;
  failed(diagnostics, path, "create");
  text_free(&temporary);
  return false;
}

bool file_output_write(const FileOutput *output, uint64_t offset, const void *data, size_t size) {
  for (const char *next = data; size;) {
    ssize_t written = pwrite(output->descriptor, next, size, (off_t)offset);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return false;
    next += written;
    offset += (uint64_t)written;
    size -= (size_t)written;
  }
  return true;
}

bool file_output_close(FileOutput *output, bool keep, bool executable, Diagnostics *diagnostics) {
  bool good = !keep || fchmod(output->descriptor, new_file_mode(executable)) == 0;
  if (close(output->descriptor) != 0)
    good = false;
  if (good && keep && rename(output->temporary, output->path) != 0)
    good = false;
  if (!good)
    failed(diagnostics, output->path, "write");
  if (!good || !keep)
    unlink(output->temporary);
  free(output->temporary);
  return good;
}

static bool write_then_rename(const char *path, const void *data, size_t size, bool executable,
                              Diagnostics *diagnostics) {
  FileOutput output;
  if (!file_output_open(&output, path, diagnostics))
    return false;
  bool written = file_output_write(&output, 0, data, size);
  if (!written)
    failed(diagnostics, path, "write");
  return file_output_close(&output, written, executable, diagnostics) && written;
}

bool file_output_possible(const char *path) {
  struct stat status;
  return strcmp(path, "-") != 0 && (stat(path, &status) != 0 || S_ISREG(status.st_mode));
}

bool file_write(const char *path, const void *data, size_t size, bool executable, Diagnostics *diagnostics) {
  if (!file_output_possible(path))
    return write_directly(path, data, size, diagnostics);
  return write_then_rename(path, data, size, executable, diagnostics);
}
