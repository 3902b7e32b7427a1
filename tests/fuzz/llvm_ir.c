// LLVM IR as text, through the importer and the back end (target/target.h), nothing written. Half of the
// inputs go through LLVM's passes as well.
#include "target/target.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  Machine machine;
  if (!machine_find(&machine, "k1", &diagnostics))
    abort();
  char *text = malloc(size + 1);
  if (!text)
    abort();
  if (size)
    memcpy(text, data, size);
  text[size] = '\0';
  FileData input = {.name = "input.ll", .data = text, .size = size};
  TargetOptions options = {.level = size % 2,
                           .file_type = TARGET_NULL,
                           .extensions = target_default_extensions(),
                           .verify_each = true};
  TargetReport report = {0};
  bool compiled = target_compile(&options, &machine, &input, "-", &report, &diagnostics);
  // An input is either compiled or explained, and what goes wrong inside is a bug.
  if (compiled != (diagnostics.errors == 0) || strstr(text_string(&diagnostics.rendered), "internal error"))
    abort();
  text_free(&report.dumps);
  text_free(&report.timing);
  diagnostics_free(&diagnostics);
  free(text);
  return 0;
}
