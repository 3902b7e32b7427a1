// Arch strings, and instruction words as a disassembler meets them (isa/isa.h).
#include "isa/isa.h"
#include "support/arena.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void read_arch(const char *string) {
  Diagnostics diagnostics;
  diagnostics_start(&diagnostics, "fuzz");
  IsaExtensions set;
  if (isa_arch_parse(&set, string, (Place){0}, &diagnostics)) {
    // What is written can be read again, with the same result.
    Text text = {0};
    isa_arch_format(&text, set);
    IsaExtensions again;
    if (!isa_arch_parse(&again, text_string(&text), (Place){0}, &diagnostics) || again != set)
      abort();
    text_free(&text);
  } else if (!diagnostics.errors) {
    abort();
  }
  diagnostics_free(&diagnostics);
}

static void read_words(const uint8_t *data, size_t size) {
  IsaDecoder decoder;
  isa_decoder_start(&decoder, ISA_ALL_EXTENSIONS);
  Text text = {0};
  for (size_t i = 0; i + 4 <= size; i += 4) {
    uint32_t word;
    memcpy(&word, data + i, 4);
    IsaOp op = isa_decode(&decoder, word);
    if (op == ISA_INVALID)
      continue;
    int64_t operands[ISA_MAX_OPERANDS];
    isa_extract_operands(op, word, operands);
    uint32_t encoded = isa_encode(op, operands);
    if (encoded != (isa_length(word) == 2 ? word & 0xffff : word))
      abort();
    isa_print(&text, op, operands, NULL);
  }
  text_free(&text);
  isa_decoder_free(&decoder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *string = checked_malloc(size + 1);
  memcpy(string, data, size);
  string[size] = '\0';
  read_arch(string);
  free(string);
  read_words(data, size);
  return 0;
}
