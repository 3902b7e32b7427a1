// Command lines, described by a table: each tool has one, and --help is made from it.
#ifndef KILN_SUPPORT_OPTIONS_H
#define KILN_SUPPORT_OPTIONS_H

#include "support/diagnostic.h"

#ifdef __cplusplus
extern "C" {
#endif

// The strings given for an option that may come more than once, and the positional arguments.
typedef struct StringList {
  const char **data;
  size_t count;
  size_t capacity;
} StringList;

typedef enum OptionKind {
  OPTION_FLAG,   // -name; target: bool, set to true
  OPTION_STRING, // -name=VALUE or -name VALUE; target: const char *
  OPTION_PREFIX, // -nameVALUE, as in -O2 or -Idir, and -name VALUE unless `optional_value`; target: const
                 // char *
  OPTION_LIST,   // as OPTION_STRING, any number of times; target: StringList
  OPTION_PREFIX_LIST, // as OPTION_PREFIX, any number of times; target: StringList
  OPTION_NUMBER,      // as OPTION_STRING; decimal or 0x; target: uint64_t
} OptionKind;

typedef struct Option {
  const char *name; // without dashes; one or two are accepted on the command line
  OptionKind kind;
  void *target;
  const char *value_name; // shown in the help: "FILE"; NULL: none
  const char *help;
  bool optional_value; // -name alone is allowed and gives "" (OPTION_STRING then needs '=' for its value)
} Option;

typedef struct OptionTable {
  const char *tool;
  const char *usage;   // "kiln-as [options] FILE.s"
  const char *summary; // a sentence: what the tool does
  const Option *options;
  size_t count;
} OptionTable;

typedef enum OptionResult {
  OPTIONS_RUN,  // go on
  OPTIONS_STOP, // --help or --version was answered on standard output: exit 0
  OPTIONS_BAD,  // errors are recorded: exit 1
} OptionResult;

// Reads the command line. "--" ends the options; "-" is positional; --help and --version are always there.
// Unknown options are errors with the nearest name as a hint.
OptionResult options_read(const OptionTable *table, int argc, char **argv, StringList *positional,
                          Diagnostics *diagnostics);

void string_list_add(StringList *list, const char *string);
void string_list_free(StringList *list);

// The version that --version prints, after the tool's name.
extern const char *const kiln_version;

#ifdef __cplusplus
}
#endif
#endif
