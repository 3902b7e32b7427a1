// Whole files in, whole files out.
#ifndef KILN_SUPPORT_FILE_H
#define KILN_SUPPORT_FILE_H

#include "support/diagnostic.h"

#ifdef __cplusplus
extern "C" {
#endif

// The contents of a file. data[size] is a NUL byte that does not count.
typedef struct FileData {
  const char *name; // as given by the caller, or "<stdin>"
  char *data;
  size_t size;
} FileData;

// Reads a file, or standard input for "-". On failure records an error and returns false with *file empty.
bool file_read(FileData *file, const char *path, Diagnostics *diagnostics);
void file_free(FileData *file);

// The file as a text that diagnostics may point into.
SourceText file_source(const FileData *file);

// Writes `size` bytes to `path` so that a reader sees the old file or the new one and never a half: through a
// temporary file in the same folder, renamed at the end. "-" is standard output; what exists and is no
// regular file (such as /dev/null) is written directly. On failure records an error, leaves `path` as it was
// and returns false.
bool file_write(const char *path, const void *data, size_t size, bool executable, Diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif
#endif
