// Machine description files (isa/machine.h).
#include "isa/machine.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  SourceText text = {"input.machine", (const char *)data, size};
  Machine machine;
  // A description is either good or explained.
  if (machine_parse(&machine, &text, &diagnostics) != (diagnostics.errors == 0))
    abort();
  diagnostics_free(&diagnostics);
  return 0;
}
