#include "isa/machine.h"

#include "support/file.h"
#include "support/intern.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct Builtin {
  const char *name;
  const char *text;
} Builtin;

static const Builtin builtins[] = {
#include "builtin_machines.inc"
};
enum { BUILTIN_COUNT = sizeof builtins / sizeof builtins[0] };

typedef struct IntegerField {
  const char *field;
  const char *key;
  size_t offset;
  uint64_t smallest;
  uint64_t largest;
} IntegerField;

static const IntegerField integer_fields[] = {
#define MACHINE_INTEGER(field, key, smallest, largest, meaning)                                              \
  {#field, key, offsetof(Machine, field), smallest, largest},
#define MACHINE_ENERGY(field, key, meaning)
#include "isa/machine.def"
#undef MACHINE_INTEGER
#undef MACHINE_ENERGY
};
enum { INTEGER_COUNT = sizeof integer_fields / sizeof integer_fields[0] };

typedef struct EnergyField {
  const char *key;
  size_t offset;
} EnergyField;

static const EnergyField energy_fields[] = {
#define MACHINE_INTEGER(field, key, smallest, largest, meaning)
#define MACHINE_ENERGY(field, key, meaning) {key, offsetof(Machine, field)},
#include "isa/machine.def"
#undef MACHINE_INTEGER
#undef MACHINE_ENERGY
};
enum { ENERGY_COUNT = sizeof energy_fields / sizeof energy_fields[0] };

typedef struct Parser {
  Machine *machine;
  const SourceText *text;
  Diagnostics *diagnostics;
  bool named;
  bool integers[INTEGER_COUNT]; // given so far
  bool energies[ENERGY_COUNT];
  bool inherited;
} Parser;

// One `key = value` line, as ranges of the text.
typedef struct Line {
  size_t key;
  size_t key_length;
  size_t value;
  size_t value_length;
} Line;

static bool wrong(Parser *parser, size_t offset, size_t length, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  diagnose_list(parser->diagnostics, DIAGNOSTIC_ERROR, place_in(parser->text, offset, length), format,
                arguments);
  va_end(arguments);
  return false;
}

static bool key_is(const Parser *parser, const Line *line, const char *key) {
  return strlen(key) == line->key_length &&
         memcmp(parser->text->text + line->key, key, line->key_length) == 0;
}

static uint64_t *integer_slot(Machine *machine, size_t i) {
  return (uint64_t *)((char *)machine + integer_fields[i].offset);
}

static bool already_given(Parser *parser, const Line *line, bool *given) {
  if (*given)
    return !wrong(parser, line->key, line->key_length, "this key was given before");
  *given = true;
  return false;
}

static void set_integer(Parser *parser, const Line *line, size_t i, const char *value) {
  const IntegerField *field = &integer_fields[i];
  char *end;
  errno = 0;
  uint64_t number = strtoull(value, &end, 0);
  if (*end || errno || !isdigit((unsigned char)*value))
    wrong(parser, line->value, line->value_length, "'%s' wants a whole number", field->key);
  else if (number < field->smallest || number > field->largest)
    wrong(parser, line->value, line->value_length, "'%s' must be from %" PRIu64 " to %" PRIu64, field->key,
          field->smallest, field->largest);
  else if (!already_given(parser, line, &parser->integers[i]))
    *integer_slot(parser->machine, i) = number;
}

static void set_energy(Parser *parser, const Line *line, size_t i, const char *value) {
  char *end;
  double number = strtod(value, &end);
  if (*end || !isdigit((unsigned char)*value) || !(number <= 1e9))
    wrong(parser, line->value, line->value_length, "'%s' wants a decimal number of picojoules",
          energy_fields[i].key);
  else if (!already_given(parser, line, &parser->energies[i]))
    *(double *)((char *)parser->machine + energy_fields[i].offset) = number;
}

static void set_name(Parser *parser, const Line *line, const char *value) {
  if (already_given(parser, line, &parser->named))
    return;
  if (line->value_length >= MACHINE_NAME_BYTES)
    wrong(parser, line->value, line->value_length, "a name has at most %d bytes", MACHINE_NAME_BYTES - 1);
  else
    memcpy(parser->machine->name, value, line->value_length + 1);
}

static void inherit(Parser *parser, const Line *line, const char *value) {
  bool late = parser->named || parser->inherited;
  for (size_t i = 0; i < INTEGER_COUNT; i++)
    late = late || parser->integers[i];
  if (late) {
    wrong(parser, line->key, line->key_length, "'like' must come first, and once");
    return;
  }
  parser->inherited = machine_find(parser->machine, value, parser->diagnostics);
}

static void set_key(Parser *parser, const Line *line, const char *value) {
  if (key_is(parser, line, "name")) {
    set_name(parser, line, value);
    return;
  }
  if (key_is(parser, line, "like")) {
    inherit(parser, line, value);
    return;
  }
  for (size_t i = 0; i < INTEGER_COUNT; i++) {
    if (key_is(parser, line, integer_fields[i].key)) {
      set_integer(parser, line, i, value);
      return;
    }
  }
  for (size_t i = 0; i < ENERGY_COUNT; i++) {
    if (key_is(parser, line, energy_fields[i].key)) {
      set_energy(parser, line, i, value);
      return;
    }
  }
  wrong(parser, line->key, line->key_length, "unknown key");
}

static bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

// Narrows [*start, *end) to what stands between blanks.
static void trim(const char *text, size_t *start, size_t *end) {
  while (*start < *end && blank(text[*start]))
    (*start)++;
  while (*end > *start && blank(text[*end - 1]))
    (*end)--;
}

static void parse_line(Parser *parser, size_t start, size_t end) {
  const char *text = parser->text->text;
  const char *comment = memchr(text + start, '#', end - start);
  if (comment)
    end = (size_t)(comment - text);
  trim(text, &start, &end);
  if (start == end)
    return;
  const char *equals = memchr(text + start, '=', end - start);
  if (!equals) {
    wrong(parser, start, end - start, "expected 'key = value'");
    return;
  }
  size_t key_end = (size_t)(equals - text);
  size_t value = key_end + 1;
  trim(text, &start, &key_end);
  trim(text, &value, &end);
  Line line = {start, key_end - start, value, end - value};
  char copy[64];
  if (line.value_length >= sizeof copy || memchr(text + value, '\0', line.value_length)) {
    wrong(parser, value, line.value_length, "this is no value");
    return;
  }
  memcpy(copy, text + value, line.value_length);
  copy[line.value_length] = '\0';
  set_key(parser, &line, copy);
}

static bool power_of_two(uint64_t number) {
  return number && (number & (number - 1)) == 0;
}

// What must hold between the numbers, beyond each one's range.
static void check_consistency(Parser *parser) {
  const Machine *machine = parser->machine;
  size_t end = parser->text->size;
  if (!power_of_two(machine->vlen))
    wrong(parser, end, 0, "vlen must be a power of two");
  if (!power_of_two(machine->predictor_entries) || !power_of_two(machine->cache_line))
    wrong(parser, end, 0, "branch.entries and cache.line must be powers of two");
  if (!power_of_two(machine->spm_banks) || machine->spm_size % (machine->spm_banks * machine->spm_lanes * 4))
    wrong(parser, end, 0, "spm.banks must be a power of two and spm.size a multiple of its banks and lanes");
  if (machine->spm_base + machine->spm_size < machine->spm_base ||
      machine->dram_base + machine->dram_size < machine->dram_base)
    wrong(parser, end, 0, "a memory region goes beyond the address space");
  else if (machine->spm_base < machine->dram_base + machine->dram_size &&
           machine->dram_base < machine->spm_base + machine->spm_size)
    wrong(parser, end, 0, "the scratchpad and DRAM overlap");
  uint64_t set_bytes = machine->cache_ways * machine->cache_line; // neither is 0: their ranges
  // NOLINTNEXTLINE(clang-analyzer-core.DivideZero)
  if (!power_of_two(machine->l1i_size / set_bytes) || !power_of_two(machine->l1d_size / set_bytes) ||
      machine->l1i_size % set_bytes || machine->l1d_size % set_bytes)
    wrong(parser, end, 0, "a cache must have a power of two of sets");
}

static void check_complete(Parser *parser) {
  size_t end = parser->text->size;
  if (!parser->named)
    wrong(parser, end, 0, "'name' is missing");
  if (parser->inherited)
    return;
  for (size_t i = 0; i < INTEGER_COUNT; i++)
    if (!parser->integers[i])
      wrong(parser, end, 0, "'%s' is missing", integer_fields[i].key);
  for (size_t i = 0; i < ENERGY_COUNT; i++)
    if (!parser->energies[i])
      wrong(parser, end, 0, "'%s' is missing", energy_fields[i].key);
}

bool machine_parse(Machine *machine, const SourceText *text, Diagnostics *diagnostics) {
  unsigned errors_before = diagnostics->errors;
  *machine = (Machine){0};
  Parser parser = {.machine = machine, .text = text, .diagnostics = diagnostics};
  for (size_t start = 0; start < text->size;) {
    const char *newline = memchr(text->text + start, '\n', text->size - start);
    size_t end = newline ? (size_t)(newline - text->text) : text->size;
    parse_line(&parser, start, end);
    start = end + 1;
  }
  if (diagnostics->errors == errors_before)
    check_complete(&parser);
  if (diagnostics->errors == errors_before)
    check_consistency(&parser);
  return diagnostics->errors == errors_before;
}

bool machine_find(Machine *machine, const char *name, Diagnostics *diagnostics) {
  for (size_t i = 0; i < BUILTIN_COUNT; i++) {
    if (strcmp(builtins[i].name, name) == 0) {
      SourceText text = {builtins[i].name, builtins[i].text, strlen(builtins[i].text)};
      return machine_parse(machine, &text, diagnostics);
    }
  }
  Text known = {0};
  for (size_t i = 0; i < BUILTIN_COUNT; i++)
    text_format(&known, "%s%s", i ? ", " : "", builtins[i].name);
  diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "unknown machine '%s'; the built-in ones are %s", name,
           text_string(&known));
  text_free(&known);
  return false;
}

bool machine_read(Machine *machine, const char *path, Diagnostics *diagnostics) {
  FileData file;
  if (!file_read(&file, path, diagnostics))
    return false;
  SourceText text = file_source(&file);
  bool good = machine_parse(machine, &text, diagnostics);
  file_free(&file);
  return good;
}

bool machine_choose(Machine *machine, const char *name, const char *path, Diagnostics *diagnostics) {
  if (name && path) {
    diagnose(diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "give -mcpu or --machine, not both");
    return false;
  }
  return path ? machine_read(machine, path, diagnostics)
              : machine_find(machine, name ? name : builtins[0].name, diagnostics);
}

const char *machine_builtin_name(size_t i) {
  return i < BUILTIN_COUNT ? builtins[i].name : NULL;
}

const char *machine_integer_field(size_t i) {
  return i < INTEGER_COUNT ? integer_fields[i].field : NULL;
}

uint64_t machine_integer_value(const Machine *machine, size_t i) {
  return *(const uint64_t *)((const char *)machine + integer_fields[i].offset);
}

uint32_t machine_fingerprint(const Machine *machine) {
  uint64_t numbers[] = {machine->vlen,      machine->accumulators, machine->spm_base, machine->spm_size,
                        machine->spm_banks, machine->dram_base,    machine->dram_size};
  unsigned char bytes[sizeof numbers];
  for (size_t i = 0; i < sizeof bytes; i++)
    bytes[i] = (unsigned char)(numbers[i / 8] >> (i % 8 * 8));
  return hash_bytes(bytes, sizeof bytes);
}
