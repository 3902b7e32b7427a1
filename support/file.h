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
  size_t mapped; // bytes of address space when the file was mapped; 0: it was read
} FileData;

// Reads a file, or standard input for "-". On failure records an error and returns false with *file empty.
bool file_read(FileData *file, const char *path, Diagnostics *diagnostics);
// The same for a file that is read once from front to back and not written by anyone meanwhile: a large one
// is mapped, which costs no memory of its own.
bool file_map(FileData *file, const char *path, Diagnostics *diagnostics);
void file_free(FileData *file);

// The file as a text that diagnostics may point into.
SourceText file_source(const FileData *file);

// Writes `size` bytes to `path` so that a reader sees the old file or the new one and never a half: through a
// temporary file in the same folder, renamed at the end. "-" is standard output; what exists and is no
// regular file (such as /dev/null) is written directly. On failure records an error, leaves `path` as it was
// and returns false.
bool file_write(const char *path, const void *data, size_t size, bool executable, Diagnostics *diagnostics);

// A file written in pieces, in any order and from several threads, and as atomically as by file_write. What
// is never written is zero.
typedef struct FileOutput {
  const char *path;
  char *temporary;
  int descriptor;
} FileOutput;

// Whether `path` can be written in pieces: it is a regular file, or does not exist yet.
bool file_output_possible(const char *path);
// On failure records an error and returns false.
bool file_output_open(FileOutput *output, const char *path, Diagnostics *diagnostics);
// Returns false, with errno set, on failure.
bool file_output_write(const FileOutput *output, uint64_t offset, const void *data, size_t size);
// Puts the file in its place, or, without `keep`, leaves what was there. On failure records an error and
// returns false.
bool file_output_close(FileOutput *output, bool keep, bool executable, Diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif
#endif
