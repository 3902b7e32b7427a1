// Strings that grow, and the nearest name to a misspelt one.
#ifndef KILN_SUPPORT_TEXT_H
#define KILN_SUPPORT_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// A zero-initialized Text is empty. `data` is NUL-terminated once anything was added; use text_string to read
// one that may still be empty.
typedef struct Text {
  char *data;
  size_t count;
  size_t capacity;
} Text;

// Makes room for `extra` more bytes, which may then be written behind `count` by hand, with a NUL behind
// them.
void text_reserve(Text *text, size_t extra);
void text_append(Text *text, const char *bytes, size_t size);
void text_append_string(Text *text, const char *string);
void text_append_char(Text *text, char c);
void text_format(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_format_list(Text *text, const char *format, va_list arguments);
// Appends a string as JSON has it (RFC 8259, section 7), with its quotes.
void text_append_json(Text *text, const char *string);
const char *text_string(const Text *text);
void text_clear(Text *text);
void text_free(Text *text);

// The number of single-character insertions, deletions, replacements and swaps of neighbours that turn `a`
// into `b` (optimal string alignment distance), or `limit` + 1 when it is more than `limit`.
size_t text_distance(const char *a, const char *b, size_t limit);

// Keeps the best of the names offered to it, for "did you mean" hints.
typedef struct NearestName {
  const char *wanted;
  const char *best; // NULL: none is near enough to be meant
  size_t distance;
} NearestName;

NearestName nearest_name_start(const char *wanted);
void nearest_name_offer(NearestName *nearest, const char *candidate);

#ifdef __cplusplus
}
#endif
#endif
