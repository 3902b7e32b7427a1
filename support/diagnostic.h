// Diagnostics: libraries record them here, tools print them. Nothing else in the project prints an error.
#ifndef KILN_SUPPORT_DIAGNOSTIC_H
#define KILN_SUPPORT_DIAGNOSTIC_H

#include "support/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum DiagnosticLevel {
  DIAGNOSTIC_NOTE,
  DIAGNOSTIC_REMARK,
  DIAGNOSTIC_WARNING,
  DIAGNOSTIC_ERROR
} DiagnosticLevel;

// A text file that diagnostics may point into.
typedef struct SourceText {
  const char *name;
  const char *text; // need not be NUL-terminated
  size_t size;
} SourceText;

// Where something was found. Three kinds:
//  - in a text: `source` with a byte offset and a length (0: a point); shown as file:line:col with the line
//  and a caret;
//  - somewhere with a name of its own: `name`, such as "a.o:(.text+0x10)", optionally with line and column;
//  - nowhere: all zero (the tool's own name is shown).
typedef struct Place {
  const SourceText *source;
  size_t offset;
  size_t length;
  const char *name;
  unsigned line;   // with name only; 0: none
  unsigned column; // with name only; 0: none
} Place;

static inline Place place_in(const SourceText *source, size_t offset, size_t length) {
  Place place = {source, offset, length, NULL, 0, 0};
  return place;
}
static inline Place place_named(const char *name) {
  Place place = {NULL, 0, 0, name, 0, 0};
  return place;
}

// Rendered diagnostics in the order of their arrival. Texts and names need to live only during the report
// call.
typedef struct Diagnostics {
  const char *tool;     // shown where there is no place
  Text rendered;        // printed by diagnostics_flush
  unsigned error_limit; // errors shown; further ones are counted only
  unsigned errors;
  unsigned warnings;
  bool hushed; // the last error was over the limit, so its notes are dropped as well
} Diagnostics;

enum { DEFAULT_ERROR_LIMIT = 20 };

void diagnostics_start(Diagnostics *diagnostics, const char *tool);

// Records one diagnostic. Notes belong to the diagnostic before them.
void diagnose(Diagnostics *diagnostics, DiagnosticLevel level, Place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diagnose_list(Diagnostics *diagnostics, DiagnosticLevel level, Place place, const char *format,
                   va_list arguments);

// Writes what was recorded since the last flush and, when errors went over the limit, how many are not shown.
void diagnostics_flush(Diagnostics *diagnostics, FILE *stream);

void diagnostics_free(Diagnostics *diagnostics);

// The 1-based line and column (in bytes) of an offset into a text.
void source_position(const SourceText *source, size_t offset, unsigned *line, unsigned *column);

#ifdef __cplusplus
}
#endif
#endif
