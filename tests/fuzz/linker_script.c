// Linker scripts (linker/script.h): a link of nothing, with the input as its script. It succeeds or is
// explained.
#include "linker/linker.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  LinkerInput script = {"input.ld", data, size};
  static const char *const definitions[] = {"__flash=0x80000000", "word=4"};
  LinkerOptions options = {.script = &script,
                           .definitions = definitions,
                           .definition_count = 2,
                           .want_map = true,
                           .want_usage = true};
  LinkerOutput output;
  if (linker_link(&options, NULL, 0, &output, &diagnostics) != (diagnostics.errors == 0))
    abort();
  linker_output_free(&output);
  diagnostics_free(&diagnostics);
  return 0;
}
