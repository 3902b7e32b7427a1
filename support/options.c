#include "support/options.h"

#include "support/vec.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const kiln_version = "0.1.0";

void string_list_add(StringList *list, const char *string) {
  VEC_PUSH(list, string);
}
void string_list_free(StringList *list) {
  VEC_FREE(list);
}

typedef struct Reader {
  const OptionTable *table;
  int argc;
  char **argv;
  int next;
  Diagnostics *diagnostics;
} Reader;

static bool takes_prefix(const Option *option) {
  return option->kind == OPTION_PREFIX || option->kind == OPTION_PREFIX_LIST;
}

// The option that `word` (without its dashes) names; *value points at an attached value or is NULL. An exact
// name wins over a prefix option, and of these the longest wins.
static const Option *find_option(const OptionTable *table, const char *word, const char **value) {
  size_t name_length = strcspn(word, "=");
  const Option *best = NULL;
  for (size_t i = 0; i < table->count; i++) {
    const Option *option = &table->options[i];
    size_t length = strlen(option->name);
    if (length == name_length && strncmp(option->name, word, length) == 0) {
      *value = word[length] == '=' ? word + length + 1 : NULL;
      return option;
    }
    bool longer = !best || length > strlen(best->name);
    if (takes_prefix(option) && longer && strncmp(option->name, word, length) == 0)
      best = option;
  }
  if (best)
    *value = word + strlen(best->name);
  return best;
}

static void unknown_option(Reader *reader, const char *argument, const char *word) {
  char name[64];
  snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
  NearestName nearest = nearest_name_start(name);
  for (size_t i = 0; i < reader->table->count; i++)
    nearest_name_offer(&nearest, reader->table->options[i].name);
  if (nearest.best)
    diagnose(reader->diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "unknown option '%s'; did you mean '-%s'?",
             argument, nearest.best);
  else
    diagnose(reader->diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "unknown option '%s'", argument);
}

static void store_number(Reader *reader, const Option *option, const char *value) {
  char *end;
  errno = 0;
  uint64_t number = strtoull(value, &end, 0);
  if (end == value || *end || errno || *value == '-')
    diagnose(reader->diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "option '-%s' wants a number, not '%s'",
             option->name, value);
  else
    *(uint64_t *)option->target = number;
}

static void store_value(Reader *reader, const Option *option, const char *value) {
  switch (option->kind) {
  case OPTION_FLAG:
    diagnose(reader->diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "option '-%s' takes no value", option->name);
    break;
  case OPTION_STRING:
  case OPTION_PREFIX:
    *(const char **)option->target = value;
    break;
  case OPTION_LIST:
  case OPTION_PREFIX_LIST:
    string_list_add(option->target, value);
    break;
  case OPTION_NUMBER:
    store_number(reader, option, value);
    break;
  }
}

static void read_option(Reader *reader, const char *argument) {
  const char *word = argument + (argument[1] == '-' ? 2 : 1);
  const char *value = NULL;
  const Option *option = find_option(reader->table, word, &value);
  if (!option) {
    unknown_option(reader, argument, word);
    return;
  }
  if (option->kind == OPTION_FLAG && !value) {
    *(bool *)option->target = true;
    return;
  }
  if (!value && option->optional_value)
    value = "";
  else if (!value && reader->next < reader->argc)
    value = reader->argv[reader->next++];
  if (value)
    store_value(reader, option, value);
  else
    diagnose(reader->diagnostics, DIAGNOSTIC_ERROR, (Place){0}, "option '%s' wants a value (%s)", argument,
             option->value_name ? option->value_name : "VALUE");
}

static void print_help(const OptionTable *table) {
  printf("usage: %s\n\n%s\n\n", table->usage, table->summary);
  for (size_t i = 0; i < table->count; i++) {
    const Option *option = &table->options[i];
    char left[80];
    const char *value = option->value_name ? option->value_name : "";
    const char *separator = !option->value_name || takes_prefix(option) ? "" : "=";
    const char *form = option->optional_value ? "  -%s[%s%s]" : "  -%s%s%s";
    snprintf(left, sizeof left, form, option->name, separator, value);
    printf("%-32s %s\n", left, option->help);
  }
  printf("%-32s %s\n%-32s %s\n", "  -help", "show this text", "  -version", "show the version");
}

OptionResult options_read(const OptionTable *table, int argc, char **argv, StringList *positional,
                          Diagnostics *diagnostics) {
  Reader reader = {table, argc, argv, 1, diagnostics};
  bool options_ended = false;
  while (reader.next < argc) {
    const char *argument = argv[reader.next++];
    if (options_ended || argument[0] != '-' || argument[1] == '\0') {
      string_list_add(positional, argument);
    } else if (strcmp(argument, "--") == 0) {
      options_ended = true;
    } else if (strcmp(argument, "--help") == 0 || strcmp(argument, "-help") == 0) {
      print_help(table);
      return OPTIONS_STOP;
    } else if (strcmp(argument, "--version") == 0 || strcmp(argument, "-version") == 0) {
      printf("%s (Kiln) %s\n", table->tool, kiln_version);
      return OPTIONS_STOP;
    } else {
      read_option(&reader, argument);
    }
  }
  return diagnostics->errors ? OPTIONS_BAD : OPTIONS_RUN;
}
