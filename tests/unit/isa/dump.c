// Shows what the tables say, for tests in other languages.
//   isa_dump < words          decodes hexadecimal words, one a line: "word<TAB>mnemonic<TAB>operands", or
//   "word<TAB>?" isa_dump -n < words       the same without aliases and with compressed instructions as they
//   are isa_dump -r               the rows: id, mnemonic, extension, match, mask, flags, then each operand as
//   kind:mask, separated by tabs
#include "isa/isa.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const ids[] = {
#define INSN(id, mnemonic, extension, match, mask, format, sched, flags) #id,
#include "isa/insns.def"
#undef INSN
};

// The bits of the word that hold the operand.
static uint32_t operand_bits(IsaOperandKind kind) {
  uint32_t bits = 0;
  for (const IsaPiece *piece = isa_operand(kind)->pieces; piece->width; piece++)
    bits |= ((UINT32_C(1) << piece->width) - 1) << piece->at;
  return bits;
}

static void print_rows(void) {
  for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
    const IsaInsnInfo *insn = isa_insn((IsaOp)op);
    const IsaFormatInfo *format = isa_insn_format((IsaOp)op);
    printf("%s\t%s\t%s\t%08" PRIx32 "\t%08" PRIx32 "\t%08" PRIx32, ids[op], insn->mnemonic,
           isa_extension_name((IsaExtension)insn->extension), insn->match, insn->mask, insn->flags);
    for (unsigned i = 0; i < format->operand_count; i++) {
      IsaOperandKind kind = (IsaOperandKind)format->operands[i];
      printf("\t%s:%08" PRIx32, isa_operand(kind)->name, operand_bits(kind));
    }
    putchar('\n');
  }
}

static void print_words(bool no_aliases) {
  IsaDecoder decoder;
  isa_decoder_start(&decoder, ISA_ALL_EXTENSIONS);
  IsaPrinter printer = {.no_aliases = no_aliases};
  Text text = {0};
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    uint32_t word = (uint32_t)strtoul(line, NULL, 16);
    IsaOp op = isa_decode(&decoder, word);
    text_clear(&text);
    if (op == ISA_INVALID) {
      text_append_char(&text, '?');
    } else {
      int64_t operands[ISA_MAX_OPERANDS];
      isa_extract_operands(op, word, operands);
      isa_print(&text, op, operands, &printer);
    }
    printf("%08" PRIx32 "\t%s\n", word, text_string(&text));
  }
  text_free(&text);
  isa_decoder_free(&decoder);
}

static void print_compressed(void) {
  IsaDecoder decoder;
  isa_decoder_start(&decoder, ISA_ALL_EXTENSIONS);
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    uint32_t word = (uint32_t)strtoul(line, NULL, 16);
    IsaOp op = isa_decode(&decoder, word);
    if (op == ISA_INVALID) {
      printf("?\t?\n");
      continue;
    }
    int64_t values[ISA_MAX_OPERANDS] = {0};
    int64_t shorter[ISA_MAX_OPERANDS] = {0};
    isa_extract_operands(op, word, values);
    op = isa_expand(op, values);
    IsaOp compressed = isa_compress(op, values, ISA_ALL_EXTENSIONS, shorter);
    uint32_t full = isa_encode(op, values);
    printf("%08" PRIx32 "\t%08" PRIx32 "\n", full,
           compressed == ISA_INVALID ? full : isa_encode(compressed, shorter));
  }
  isa_decoder_free(&decoder);
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "-r") == 0)
    print_rows();
  else if (argc == 2 && strcmp(argv[1], "-c") == 0)
    print_compressed();
  else
    print_words(argc == 2 && strcmp(argv[1], "-n") == 0);
  return 0;
}
