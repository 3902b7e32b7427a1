// Response files: "@FILE" on a command line stands for the words in FILE.
#ifndef KILN_LINKER_RESPONSE_H
#define KILN_LINKER_RESPONSE_H

#include "support/arena.h"
#include "support/diagnostic.h"
#include "support/options.h"

// Appends to `words` the arguments with all response files put in. Words are divided by white space; quotes
// of either kind and backslashes keep it. False, with an error, for a file that cannot be read.
bool response_expand(char **arguments, int count, StringList *words, Arena *arena, Diagnostics *diagnostics);

#endif
