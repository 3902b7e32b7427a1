// Scripts as inputs: where libraries install a text that names the files to link, such as GROUP(libc.a
// -lgcc).
#include "linker/internal.h"

enum { DEEPEST_INPUT_SCRIPT = 16 };

static bool is_text(uint8_t c) {
  return (c >= 0x20 && c < 0x7f) || c == '\t' || c == '\n' || c == '\r';
}

// Whether a file could be such a script: text from its start on.
bool link_is_input_script(const uint8_t *data, size_t size) {
  size_t looked_at = size < 64 ? size : 64;
  for (size_t i = 0; i < looked_at; i++)
    if (!is_text(data[i]))
      return false;
  return size > 0;
}

typedef struct ScriptReader {
  Linker *linker;
  SourceText source;
  size_t at;
} ScriptReader;

// The next word, parenthesis or comma; empty at the end.
static const char *next_word(ScriptReader *reader, size_t *place) {
  const char *text = reader->source.text;
  size_t size = reader->source.size;
  for (;;) {
    while (reader->at < size && strchr(" \t\r\n;", text[reader->at]) && text[reader->at])
      reader->at++;
    if (size - reader->at < 2 || memcmp(text + reader->at, "/*", 2) != 0)
      break;
    const char *end = memmem(text + reader->at + 2, size - reader->at - 2, "*/", 2);
    reader->at = end ? (size_t)(end + 2 - text) : size;
  }
  *place = reader->at;
  size_t length = 0;
  while (reader->at + length < size && !strchr(" \t\r\n;(),", text[reader->at + length]))
    length++;
  if (!length && reader->at < size)
    length = 1;
  reader->at += length;
  return arena_copy_text(&reader->linker->arena, text + *place, length);
}

static bool script_error(const ScriptReader *reader, size_t place, const char *what, const char *word) {
  diagnose(reader->linker->diagnostics, DIAGNOSTIC_ERROR, place_in(&reader->source, place, 1), what, word);
  return false;
}

static bool read_named(ScriptReader *reader, const char *name) {
  Linker *linker = reader->linker;
  LinkerInput input;
  return linker->options->loader->load(linker->options->loader->context, name, &input) &&
         link_read_input(linker, &input);
}

// The files between the parentheses of GROUP, INPUT and AS_NEEDED. The last is the same in a static link.
static bool read_list(ScriptReader *reader, bool inputs, unsigned depth) {
  size_t place;
  const char *word = next_word(reader, &place);
  if (strcmp(word, "(") != 0 || depth > DEEPEST_INPUT_SCRIPT)
    return script_error(reader, place, "'(' is missing here%s", "");
  for (;;) {
    word = next_word(reader, &place);
    if (strcmp(word, ")") == 0)
      return true;
    if (!*word || strcmp(word, "(") == 0)
      return script_error(reader, place, "')' is missing here%s", "");
    bool good = true;
    if (strcmp(word, "AS_NEEDED") == 0)
      good = read_list(reader, inputs, depth + 1);
    else if (inputs && strcmp(word, ",") != 0)
      good = read_named(reader, word);
    if (!good)
      return false;
  }
}

bool link_read_input_script(Linker *linker, const LinkerInput *input) {
  if (!linker->options->loader || linker->script_depth >= DEEPEST_INPUT_SCRIPT) {
    link_error(linker, input->name, "%s",
               linker->options->loader ? "scripts are nested too deep" : "not an ELF object or archive");
    return false;
  }
  ScriptReader reader = {linker, {input->name, input->data, input->size}, 0};
  bool good = true;
  linker->script_depth++;
  size_t place;
  for (const char *word = next_word(&reader, &place); good && *word; word = next_word(&reader, &place)) {
    bool inputs = strcmp(word, "GROUP") == 0 || strcmp(word, "INPUT") == 0;
    if (inputs || strcmp(word, "OUTPUT_FORMAT") == 0 || strcmp(word, "OUTPUT_ARCH") == 0)
      good = read_list(&reader, inputs, 0);
    else
      good = script_error(
          &reader, place,
          "not an ELF object or archive, and '%s' is not of a script with inputs (give scripts for "
          "the layout with -T)",
          word);
    if (!good)
      break;
  }
  linker->script_depth--;
  return good;
}
