#include "support/text.h"

#include "support/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_reserve(Text *text, size_t extra) {
  size_t needed = text->count + extra + 1;
  if (needed <= text->capacity)
    return;
  text->capacity = needed > 2 * text->capacity ? needed : 2 * text->capacity;
  text->data = checked_realloc(text->data, text->capacity);
}

void text_append(Text *text, const char *bytes, size_t size) {
  text_reserve(text, size);
  if (size)
    memcpy(text->data + text->count, bytes, size);
  text->count += size;
  text->data[text->count] = '\0';
}

void text_append_string(Text *text, const char *string) {
  text_append(text, string, strlen(string));
}

void text_append_char(Text *text, char c) {
  text_append(text, &c, 1);
}

void text_format_list(Text *text, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  text_reserve(text, (size_t)length);
  vsnprintf(text->data + text->count, (size_t)length + 1, format, again);
  va_end(again);
  text->count += (size_t)length;
}

void text_format(Text *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  text_format_list(text, format, arguments);
  va_end(arguments);
}

const char *text_string(const Text *text) {
  return text->data ? text->data : "";
}

void text_append_json(Text *text, const char *string) {
  text_append_char(text, '"');
  for (; *string; string++) {
    unsigned char c = (unsigned char)*string;
    if (c == '"' || c == '\\')
      text_append_char(text, '\\');
    if (c < 0x20)
      text_format(text, "\\u%04x", c);
    else
      text_append_char(text, (char)c);
  }
  text_append_char(text, '"');
}

void text_clear(Text *text) {
  text->count = 0;
  if (text->data)
    text->data[0] = '\0';
}

void text_free(Text *text) {
  free(text->data);
  *text = (Text){0};
}

enum { LONGEST_COMPARED_NAME = 63 };

static size_t smaller(size_t a, size_t b) {
  return a < b ? a : b;
}

size_t text_distance(const char *a, const char *b, size_t limit) {
  size_t a_length = strlen(a);
  size_t b_length = strlen(b);
  size_t difference = a_length > b_length ? a_length - b_length : b_length - a_length;
  if (difference > limit || a_length > LONGEST_COMPARED_NAME || b_length > LONGEST_COMPARED_NAME)
    return limit + 1;
  size_t rows[3][LONGEST_COMPARED_NAME + 1];
  for (size_t j = 0; j <= b_length; j++)
    rows[0][j] = j;
  for (size_t i = 1; i <= a_length; i++) {
    size_t *row = rows[i % 3];
    const size_t *above = rows[(i - 1) % 3];
    const size_t *two_above = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b_length; j++) {
      size_t replaced = above[j - 1] + (a[i - 1] != b[j - 1]);
      row[j] = smaller(replaced, smaller(above[j], row[j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = smaller(row[j], two_above[j - 2] + 1);
    }
  }
  return smaller(rows[a_length % 3][b_length], limit + 1);
}

NearestName nearest_name_start(const char *wanted) {
  // A third of the letters may be wrong before a hint is more confusing than none.
  return (NearestName){wanted, NULL, strlen(wanted) / 3 + 2};
}

void nearest_name_offer(NearestName *nearest, const char *candidate) {
  if (nearest->distance == 0)
    return;
  size_t distance = text_distance(nearest->wanted, candidate, nearest->distance - 1);
  if (distance >= nearest->distance)
    return;
  nearest->best = candidate;
  nearest->distance = distance;
}
