// Failures within a statement, and diagnostics with the chain of texts that led to their place.
#include "asm/internal.h"

#include <stdio.h>
#include <string.h>

size_t token_length(const char *at) {
  size_t length = 0;
  while (is_name_part(at[length]))
    length++;
  return length ? length : 1;
}

static const Buffer *current_buffer(const Assembler *assembler) {
  return assembler->buffers.data[VEC_LAST(&assembler->frames).buffer];
}

TextPlace place_of(const Assembler *assembler, const char *at) {
  TextPlace place = {VEC_LAST(&assembler->frames).buffer,
                     (uint32_t)(at - current_buffer(assembler)->source.text)};
  return place;
}

static bool fail_list(Assembler *assembler, const char *at, size_t length, const char *format,
                      va_list arguments) {
  Failure *failure = &assembler->failure;
  if (failure->at && at <= failure->at)
    return false;
  failure->at = at;
  failure->length = length;
  failure->note[0] = '\0';
  vsnprintf(failure->message, sizeof failure->message, format, arguments);
  return false;
}

bool asm_fail(Assembler *assembler, const char *at, size_t length, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fail_list(assembler, at, length, format, arguments);
  va_end(arguments);
  return false;
}

bool asm_fail_here(Assembler *assembler, const char *format, ...) {
  skip_space(assembler);
  va_list arguments;
  va_start(arguments, format);
  fail_list(assembler, assembler->cursor, token_length(assembler->cursor), format, arguments);
  va_end(arguments);
  return false;
}

void asm_fail_note(Assembler *assembler, const char *at, const char *format, ...) {
  if (assembler->failure.at != at)
    return;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(assembler->failure.note, sizeof assembler->failure.note, format, arguments);
  va_end(arguments);
}

// How many levels of the chain are shown; a deep recursion would fill screens.
enum { SHOWN_LEVELS = 6 };

// Notes that lead from a text to the statements that brought it in.
static void report_chain(Assembler *assembler, const Buffer *buffer) {
  static const char *const reasons[] = {[BUFFER_FILE] = "included from here",
                                        [BUFFER_MACRO] = "expanded from here",
                                        [BUFFER_REPEAT] = "repeated from here"};
  for (int shown = 0; buffer->has_parent && shown < SHOWN_LEVELS; shown++) {
    const char *reason = reasons[buffer->kind];
    TextPlace parent = buffer->parent;
    buffer = assembler->buffers.data[parent.buffer];
    diagnose(assembler->diagnostics, DIAGNOSTIC_NOTE,
             place_in(&buffer->source, parent.offset, token_length(buffer->source.text + parent.offset)),
             "%s", reason);
  }
}

void report_failure(Assembler *assembler) {
  Failure *failure = &assembler->failure;
  if (!failure->at)
    return;
  const Buffer *buffer = current_buffer(assembler);
  Place place = place_in(&buffer->source, place_of(assembler, failure->at).offset, failure->length);
  diagnose(assembler->diagnostics, DIAGNOSTIC_ERROR, place, "%s", failure->message);
  if (failure->note[0])
    diagnose(assembler->diagnostics, DIAGNOSTIC_NOTE, place, "%s", failure->note);
  report_chain(assembler, buffer);
  failure->at = NULL;
}

void asm_report(Assembler *assembler, DiagnosticLevel level, TextPlace place, size_t length,
                const char *format, ...) {
  const Buffer *buffer = assembler->buffers.data[place.buffer];
  va_list arguments;
  va_start(arguments, format);
  diagnose_list(assembler->diagnostics, level, place_in(&buffer->source, place.offset, length), format,
                arguments);
  va_end(arguments);
  if (level != DIAGNOSTIC_NOTE)
    report_chain(assembler, buffer);
}
