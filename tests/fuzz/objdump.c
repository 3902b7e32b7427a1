// ELF files and archives of any kind (asm/objdump.h).
#include "asm/objdump.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

// Which of a file's parts are looked at: all ways to show it.
static void show(const uint8_t *data, size_t size, const ObjdumpOptions *options) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  ObjdumpOutput output = {0};
  // A file is shown or explained.
  if (objdump_write(&output, "input.o", data, size, options, &diagnostics) != (diagnostics.errors == 0))
    abort();
  objdump_finish(&output);
  diagnostics_free(&diagnostics);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  Machine machine;
  if (!machine_choose(&machine, NULL, NULL, &diagnostics))
    abort();
  diagnostics_free(&diagnostics);
  ObjdumpOptions code = {.relocations = true, .disassemble = true, .line_numbers = true};
  show(data, size, &code);
  ObjdumpOptions all = {.archive_headers = true,
                        .file_headers = true,
                        .headers = true,
                        .symbols = true,
                        .disassemble = true,
                        .everything = true,
                        .source = true,
                        .columns = 15,
                        .machine = &machine};
  show(data, size, &all);
  ObjdumpOptions tables = {.relocations = true, .contents = true};
  show(data, size, &tables);
  ObjdumpOptions part = {
      .disassemble = true, .everything = true, .start_address = 6, .stop_address = 0x80000041};
  show(data, size, &part);
  return 0;
}
