#include "support/diagnostic.h"

#include <string.h>

// A longer source line is cut around the caret, so that one diagnostic never floods the terminal.
enum { SHOWN_BEFORE_CARET = 150, SHOWN_AFTER_CARET = 100 };

void diagnostics_start(Diagnostics *diagnostics, const char *tool) {
  *diagnostics = (Diagnostics){.tool = tool, .error_limit = DEFAULT_ERROR_LIMIT};
}

void diagnostics_free(Diagnostics *diagnostics) {
  text_free(&diagnostics->rendered);
}

void source_position(const SourceText *source, size_t offset, unsigned *line, unsigned *column) {
  if (offset > source->size)
    offset = source->size;
  *line = 1;
  size_t line_start = 0;
  for (size_t i = 0; i < offset; i++) {
    if (source->text[i] == '\n') {
      (*line)++;
      line_start = i + 1;
    }
  }
  *column = (unsigned)(offset - line_start) + 1;
}

static const char *level_name(DiagnosticLevel level) {
  switch (level) {
  case DIAGNOSTIC_NOTE:
    return "note";
  case DIAGNOSTIC_REMARK:
    return "remark";
  case DIAGNOSTIC_WARNING:
    return "warning";
  case DIAGNOSTIC_ERROR:
    return "error";
  }
  return "error";
}

static void render_place(Diagnostics *diagnostics, Place place) {
  Text *out = &diagnostics->rendered;
  if (place.source) {
    unsigned line;
    unsigned column;
    source_position(place.source, place.offset, &line, &column);
    text_format(out, "%s:%u:%u", place.source->name, line, column);
    return;
  }
  text_append_string(out, place.name ? place.name : diagnostics->tool);
  if (place.name && place.line)
    text_format(out, ":%u", place.line);
  if (place.name && place.line && place.column)
    text_format(out, ":%u", place.column);
}

static bool printable(char c) {
  return (unsigned char)c >= 0x20 && c != 0x7f;
}

// The source line, then a caret line. A tab stays a tab in both, so the caret stands under its column.
static void render_excerpt(Text *out, Place place) {
  const SourceText *source = place.source;
  size_t offset = place.offset < source->size ? place.offset : source->size;
  size_t start = offset;
  while (start > 0 && source->text[start - 1] != '\n' && offset - start < SHOWN_BEFORE_CARET)
    start--;
  size_t end = offset;
  while (end < source->size && source->text[end] != '\n' && end - offset < SHOWN_AFTER_CARET)
    end++;
  for (size_t i = start; i < end; i++)
    text_append_char(out, printable(source->text[i]) || source->text[i] == '\t' ? source->text[i] : '?');
  text_append_char(out, '\n');
  for (size_t i = start; i < offset; i++)
    text_append_char(out, source->text[i] == '\t' ? '\t' : ' ');
  text_append_char(out, '^');
  for (size_t i = offset + 1; i < offset + place.length && i < end; i++)
    text_append_char(out, '~');
  text_append_char(out, '\n');
}

static bool over_limit(Diagnostics *diagnostics, DiagnosticLevel level) {
  if (level == DIAGNOSTIC_NOTE)
    return diagnostics->hushed;
  if (level == DIAGNOSTIC_WARNING)
    diagnostics->warnings++;
  diagnostics->hushed = level == DIAGNOSTIC_ERROR && ++diagnostics->errors > diagnostics->error_limit;
  return diagnostics->hushed;
}

void diagnose_list(Diagnostics *diagnostics, DiagnosticLevel level, Place place, const char *format,
                   va_list arguments) {
  if (over_limit(diagnostics, level))
    return;
  Text *out = &diagnostics->rendered;
  render_place(diagnostics, place);
  text_format(out, ": %s: ", level_name(level));
  text_format_list(out, format, arguments);
  text_append_char(out, '\n');
  if (place.source)
    render_excerpt(out, place);
}

void diagnose(Diagnostics *diagnostics, DiagnosticLevel level, Place place, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  diagnose_list(diagnostics, level, place, format, arguments);
  va_end(arguments);
}

void diagnostics_flush(Diagnostics *diagnostics, FILE *stream) {
  if (diagnostics->rendered.count)
    fwrite(diagnostics->rendered.data, 1, diagnostics->rendered.count, stream);
  text_clear(&diagnostics->rendered);
  if (diagnostics->errors > diagnostics->error_limit)
    fprintf(stream, "%s: %u more errors not shown\n", diagnostics->tool,
            diagnostics->errors - diagnostics->error_limit);
}
