// The input files of kiln-ld: mapped where they can be, by several threads.
#ifndef KILN_LINKER_INPUTS_H
#define KILN_LINKER_INPUTS_H

#include "linker/linker.h"
#include "support/file.h"
#include "support/vec.h"

// The inputs of the link, with what keeps them alive.
typedef struct Inputs {
  VEC(LinkerInput) list;
  VEC(FileData) files; // those that could not be mapped
} Inputs;

// Reads one more file, which does not become part of the list. On failure records an error and returns false.
bool inputs_load(Inputs *inputs, const char *path, LinkerInput *input, Diagnostics *diagnostics);

// Reads the files and lists them in their order. On failure records an error for each and returns false. The
// paths must live as long as the inputs.
bool inputs_read(Inputs *inputs, const char *const *paths, size_t count, unsigned threads,
                 Diagnostics *diagnostics);

void inputs_free(Inputs *inputs);

#endif
