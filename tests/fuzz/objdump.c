// ELF files of any kind (asm/objdump.h).
#include "asm/objdump.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  Text text = {0};
  ObjdumpOptions options = {.headers = true, .symbols = true, .relocations = true, .disassemble = true};
  // A file is shown or explained.
  if (objdump_write(&text, "input.o", data, size, &options, &diagnostics) != (diagnostics.errors == 0))
    abort();
  text_clear(&text);
  options.disassemble = false;
  objdump_write(&text, "input.o", data, size, &options, &diagnostics);
  text_free(&text);
  diagnostics_free(&diagnostics);
  return 0;
}
