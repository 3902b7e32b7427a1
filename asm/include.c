// Files named in the text, and the stack of texts being read.
#include "asm/internal.h"

#include <string.h>
#include <unistd.h>

enum { MOST_FRAMES = 200 };

Buffer *buffer_new(Assembler *assembler, BufferKind kind, const char *name, const char *text, size_t size) {
  Buffer *buffer = ARENA_NEW(&assembler->arena, Buffer);
  buffer->source = (SourceText){name, text, size};
  buffer->kind = kind;
  if (assembler->frames.count) {
    buffer->has_parent = true;
    buffer->parent = place_of(assembler, assembler->statement);
  }
  VEC_PUSH(&assembler->buffers, buffer);
  return buffer;
}

bool enter_text(Assembler *assembler, uint32_t buffer, const char *start, const char *end, uint64_t repeats) {
  if (assembler->frames.count >= MOST_FRAMES) {
    assembler->ended = true;
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    "files, macros and repetitions are nested more than %d deep: giving up", MOST_FRAMES);
  }
  if (assembler->frames.count) {
    finish_statement(assembler);
    VEC_LAST(&assembler->frames).cursor = assembler->cursor;
  }
  Frame frame = {.buffer = buffer,
                 .start = start,
                 .end = end,
                 .repeats = repeats,
                 .conditions = assembler->conditions.count};
  VEC_PUSH(&assembler->frames, frame);
  assembler->cursor = start;
  assembler->entered = true;
  return true;
}

bool enter_buffer(Assembler *assembler, bool macro) {
  uint32_t number = (uint32_t)assembler->buffers.count - 1;
  const SourceText *source = &assembler->buffers.data[number]->source;
  if (!enter_text(assembler, number, source->text, source->text + source->size, 0))
    return false;
  VEC_LAST(&assembler->frames).macro = macro;
  return true;
}

static void check_conditions(Assembler *assembler, const Frame *frame) {
  while (assembler->conditions.count > frame->conditions) {
    Condition condition = VEC_POP(&assembler->conditions);
    asm_report(assembler, DIAGNOSTIC_ERROR, condition.place, 3, "no .endif for this .if");
  }
  assembler->skipping = assembler->conditions.count && VEC_LAST(&assembler->conditions).skipping;
}

void leave_frame(Assembler *assembler) {
  Frame *frame = &VEC_LAST(&assembler->frames);
  check_conditions(assembler, frame);
  if (frame->repeats) {
    frame->repeats--;
    assembler->cursor = frame->start;
    return;
  }
  assembler->frames.count--;
  if (assembler->frames.count)
    assembler->cursor = VEC_LAST(&assembler->frames).cursor;
}

// The path under which a file is found: as written, then in each include folder. NULL: nowhere.
static const char *find_file(Assembler *assembler, const char *name) {
  if (access(name, R_OK) == 0)
    return name;
  for (size_t i = 0; name[0] != '/' && i < assembler->options->include_folder_count; i++) {
    const char *path = arena_format(&assembler->arena, "%s/%s", assembler->options->include_folders[i], name);
    if (access(path, R_OK) == 0)
      return path;
  }
  return NULL;
}

static bool read_path(Assembler *assembler, const char **path) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  Name name = NAME_NONE;
  if (!read_string_name(assembler, &name))
    return false;
  size_t length = (size_t)(assembler->cursor - at);
  if (assembler->options->no_files)
    return asm_fail(assembler, at, length, "reading other files is not allowed here");
  *path = find_file(assembler, intern_text(&assembler->names, name));
  if (!*path)
    return asm_fail(assembler, at, length, "cannot find file '%s'", intern_text(&assembler->names, name));
  return true;
}

bool include_text(Assembler *assembler) {
  const char *path = NULL;
  FileData file;
  if (!read_path(assembler, &path) || !at_statement_end(assembler) ||
      !file_read(&file, path, assembler->diagnostics))
    return false;
  Buffer *buffer = buffer_new(assembler, BUFFER_FILE, path, file.data, file.size);
  buffer->file = file;
  if (file.size >= UINT32_MAX)
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement), "'%s' is too big",
                    path);
  return enter_buffer(assembler, false);
}

// .incbin "file"[, skip[, count]]
bool include_bytes(Assembler *assembler) {
  const char *path = NULL;
  int64_t skip = 0;
  int64_t count = INT64_MAX;
  if (!read_path(assembler, &path))
    return false;
  if (accept_character(assembler, ',')) {
    skip_space(assembler);
    if (*assembler->cursor != ',' && !read_absolute(assembler, &skip))
      return false;
    if (accept_character(assembler, ',') && !read_absolute(assembler, &count))
      return false;
  }
  if (skip < 0 || count < 0)
    return asm_fail(assembler, assembler->statement, token_length(assembler->statement),
                    "the skip and the count cannot be negative");
  FileData file;
  if (!file_read(&file, path, assembler->diagnostics))
    return false;
  size_t start = (uint64_t)skip < file.size ? (size_t)skip : file.size;
  size_t size = file.size - start;
  if ((uint64_t)count < size)
    size = (size_t)count;
  bool good = append_bytes(assembler, file.data + start, size);
  file_free(&file);
  return good;
}
