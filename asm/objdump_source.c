// Lines of source between instructions (-S), and where they are from (-l).
#include "asm/objdump_internal.h"
#include "support/file.h"

#include <stdlib.h>
#include <sys/stat.h>

// A file of source, read when it is first needed.
typedef struct SourceFile {
  bool read;
  bool missing;
  FileData data;
  VEC(size_t) lines; // where each begins
} SourceFile;

struct DumpSource {
  DumpFile *file;
  const ObjdumpOptions *options;
  DumpLines lines;
  SourceFile *files; // by name in lines.paths
  const char *function;
  uint64_t from; // up to `until` nothing changes
  uint64_t until;
  Name path; // of the latest line
  uint32_t line;
};

DumpSource *dump_source_new(DumpFile *file, const ObjdumpOptions *options) {
  DumpSource *source = checked_malloc(sizeof *source);
  *source = (DumpSource){.file = file, .options = options, .from = UINT64_MAX, .path = NAME_NONE};
  dump_lines_read(&source->lines, file);
  source->files = checked_malloc(arena_array_size(source->lines.paths.count + 1, sizeof *source->files));
  memset(source->files, 0, source->lines.paths.count * sizeof *source->files);
  return source;
}

void dump_source_free(DumpSource *source) {
  if (!source)
    return;
  for (size_t i = 0; i < source->lines.paths.count; i++) {
    VEC_FREE(&source->files[i].lines);
    file_free(&source->files[i].data);
  }
  free(source->files);
  dump_lines_free(&source->lines);
  free(source);
}

// The name is whatever the debug information says: it may be "-" or a device, which could be read forever.
static bool is_regular(const char *path) {
  struct stat status;
  return strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static SourceFile *read_file(DumpSource *source, Name name) {
  SourceFile *file = &source->files[name];
  if (file->read)
    return file;
  file->read = true;
  const char *path = intern_text(&source->lines.paths, name);
  Diagnostics ignored; // that it is missing is no error
  diagnostics_start(&ignored, "");
  file->missing = !is_regular(path) || !file_read(&file->data, path, &ignored);
  diagnostics_free(&ignored);
  if (file->missing) {
    diagnose(source->file->diagnostics, DIAGNOSTIC_WARNING, place_named(source->file->name),
             "cannot read the source '%s'", path);
    return file;
  }
  for (size_t at = 0; at < file->data.size;) {
    VEC_PUSH(&file->lines, at);
    const char *end = memchr(file->data.data + at, '\n', file->data.size - at);
    at = end ? (size_t)(end - file->data.data) + 1 : file->data.size;
  }
  return file;
}

static void write_line(DumpSource *source, Text *out, const DumpLine *row) {
  const SourceFile *file = read_file(source, row->file);
  if (file->missing || row->line > file->lines.count)
    return;
  size_t start = file->lines.data[row->line - 1];
  size_t end = row->line < file->lines.count ? file->lines.data[row->line] : file->data.size;
  while (end > start && (file->data.data[end - 1] == '\n' || file->data.data[end - 1] == '\r'))
    end--;
  text_append_string(out, "; ");
  text_append(out, file->data.data + start, end - start);
  text_append_char(out, '\n');
}

void dump_source_write(DumpSource *source, Text *out, uint32_t section, uint64_t address,
                       const char *function) {
  uint64_t place = dump_line_address(source->file, section, address);
  bool entered = function && function != source->function;
  if (!entered && place >= source->from && place < source->until)
    return;
  const DumpLine *row = dump_line_at(&source->lines, place, &source->until);
  source->from = place;
  bool line_numbers = source->options->line_numbers;
  if (entered && line_numbers)
    text_format(out, "; %s():\n", function);
  source->function = function;
  Name path = row ? row->file : NAME_NONE;
  uint32_t line = row ? row->line : 0;
  bool moved = line != source->line || path != source->path;
  source->path = path;
  source->line = line;
  if (!line)
    return;
  if (line_numbers && (moved || entered))
    text_format(out, "; %s:%u\n", intern_text(&source->lines.paths, path), line);
  if (source->options->source && moved)
    write_line(source, out, row);
}
