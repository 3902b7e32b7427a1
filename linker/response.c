#include "linker/response.h"

#include "support/file.h"

#include <string.h>

enum { DEEPEST = 16 };

typedef struct Expansion {
  StringList *words;
  Arena *arena;
  Diagnostics *diagnostics;
} Expansion;

static bool expand_file(Expansion *expansion, const char *path, unsigned depth);

static bool expand_word(Expansion *expansion, const char *word, unsigned depth) {
  if (word[0] == '@' && word[1])
    return expand_file(expansion, word + 1, depth + 1);
  string_list_add(expansion->words, word);
  return true;
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || !c;
}

// Reads the word at *at, and moves *at behind it. NULL, with an error, when a quote is not closed.
static const char *read_word(Expansion *expansion, const FileData *file, size_t *at) {
  Text word = {0};
  char quote = 0;
  size_t opened = 0;
  for (; *at < file->size && (quote || !is_space(file->data[*at])); ++*at) {
    char c = file->data[*at];
    if (c == '\\' && *at + 1 < file->size)
      text_append_char(&word, file->data[++*at]);
    else if (quote ? c == quote : c == '"' || c == '\'') {
      quote = quote ? 0 : c;
      opened = *at;
    } else
      text_append_char(&word, c);
  }
  const char *copy = arena_copy_text(expansion->arena, text_string(&word), word.count);
  text_free(&word);
  if (!quote)
    return copy;
  SourceText source = file_source(file);
  diagnose(expansion->diagnostics, DIAGNOSTIC_ERROR, place_in(&source, opened, 1),
           "this quote is never closed");
  return NULL;
}

static bool expand_file(Expansion *expansion, const char *path, unsigned depth) {
  if (depth > DEEPEST) {
    diagnose(expansion->diagnostics, DIAGNOSTIC_ERROR, place_named(path),
             "response files are nested more than %d deep", DEEPEST);
    return false;
  }
  FileData file;
  if (!file_read(&file, path, expansion->diagnostics))
    return false;
  bool good = true;
  for (size_t at = 0; good && at < file.size;) {
    if (is_space(file.data[at])) {
      at++;
      continue;
    }
    const char *word = read_word(expansion, &file, &at);
    good = word && expand_word(expansion, word, depth);
  }
  file_free(&file);
  return good;
}

bool response_expand(char **arguments, int count, StringList *words, Arena *arena, Diagnostics *diagnostics) {
  Expansion expansion = {words, arena, diagnostics};
  for (int i = 0; i < count; i++)
    if (!expand_word(&expansion, arguments[i], 0))
      return false;
  return true;
}
