// Objects and archives (linker/linker.h): the input is linked alone, in several ways. What comes out must
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

static void link_once(const uint8_t *data, size_t size, LinkerOptions options) {
  static const char *const undefined[] = {"f"};
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  LinkerInput input = {"input.o", data, size};
  options.undefined = undefined;
  options.undefined_count = options.gc_sections;
  options.want_map = true;
  options.want_discarded = true;
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
  link_once(data, size, (LinkerOptions){0});
  link_once(data, size, (LinkerOptions){.gc_sections = true, .optimize = 1});
  link_once(
      data, size,
      (LinkerOptions){.optimize = 2, .fold_functions = true, .frame_header = true, .emit_relocations = true});
  link_once(data, size, (LinkerOptions){.relocatable = true});
  return 0;
}
