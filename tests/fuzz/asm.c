// Assembly text (asm/asm.h). Other files are never read, and what macros may make is kept small.
#include "asm/asm.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  char *text = malloc(size + 1);
  if (!text)
    abort();
  if (size)
    memcpy(text, data, size);
  text[size] = '\0';
  AsmOptions options = {.no_files = true, .expansion_limit = 1 << 18, .size_limit = 1 << 22};
  if (!machine_find(&options.machine, "k1", &diagnostics))
    abort();
  options.extensions = asm_default_extensions(&options.machine);
  // The length chooses what else is on.
  if (size & 1)
    options.extensions |= isa_add_implied(ISA_EXTENSION_BIT(ISA_EXT_C));
  options.relax = size & 2;
  options.debug_folder = size & 4 ? "/" : NULL;
  SourceText source = {"input.s", text, size};
  Object *object = asm_assemble(&source, &options, &diagnostics);
  // A text is either good or explained.
  if ((object != NULL) != (diagnostics.errors == 0))
    abort();
  object_free(object);
  diagnostics_free(&diagnostics);
  free(text);
  return 0;
}
