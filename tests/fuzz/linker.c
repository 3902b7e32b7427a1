// Objects and archives (linker/linker.h): the input is linked alone, with and without gc. What comes out must
// be something kiln-objdump can read.
#include "linker/linker.h"
#include "asm/objdump.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

static void dump(const LinkerOutput *output) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  ObjdumpOutput text = {0};
  ObjdumpOptions options = {.headers = true, .symbols = true};
  if (!objdump_write(&text, "output", output->image.data, output->image.count, &options, &diagnostics))
    abort();
  objdump_finish(&text);
  diagnostics_free(&diagnostics);
}

static void link_once(const uint8_t *data, size_t size, bool gc) {
  static const char *const undefined[] = {"f"};
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  LinkerInput input = {"input.o", data, size};
  LinkerOptions options = {.gc_sections = gc,
                           .undefined = undefined,
                           .undefined_count = gc,
                           .want_map = true,
                           .want_discarded = true};
  LinkerOutput output;
  // A link succeeds or is explained.
  if (linker_link(&options, &input, 1, &output, &diagnostics) != (diagnostics.errors == 0))
    abort();
  if (diagnostics.errors == 0)
    dump(&output);
  linker_output_free(&output);
  diagnostics_free(&diagnostics);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  link_once(data, size, false);
  link_once(data, size, true);
  return 0;
}
