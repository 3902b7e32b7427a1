// Enters mnemonics and register names among the assembler's names, so that one look-up tells what a word is.
#include "asm/internal.h"

#include <string.h>

static void add_candidate(Assembler *assembler, const char *mnemonic, bool alias, size_t row) {
  Name name = asm_intern(assembler, mnemonic, strlen(mnemonic));
  NameInfo *info = name_info(assembler, name);
  Candidate candidate = {alias, (uint16_t)row, info->candidate};
  VEC_PUSH(&assembler->candidates, candidate);
  info->candidate = (uint16_t)assembler->candidates.count;
}

static uint32_t short_name(const char *text, size_t size) {
  uint32_t name = 0;
  for (size_t i = 0; i < size; i++)
    name |= (uint32_t)(unsigned char)text[i] << 8 * i;
  return name;
}

static void add_short_register(Assembler *assembler, IsaOperandClass class, unsigned number, const char *text,
                               size_t size) {
  uint32_t name = short_name(text, size);
  uint32_t slot = short_register_slot(name);
  while (assembler->short_registers[slot].register_class)
    slot = (slot + 1) % SHORT_REGISTER_COUNT;
  assembler->short_registers[slot] = (ShortRegister){name, (uint8_t)(class + 1), (uint8_t)number};
}

static void add_register(Assembler *assembler, IsaOperandClass class, unsigned number, const char *text) {
  size_t size = strlen(text);
  if (size <= 4)
    add_short_register(assembler, class, number, text, size);
  NameInfo *info = name_info(assembler, asm_intern(assembler, text, strlen(text)));
  info->register_class = (uint8_t)(class + 1);
  info->register_number = (uint8_t)number;
}

void mnemonics_start(Assembler *assembler) {
  assembler->short_registers = ARENA_ARRAY(&assembler->arena, ShortRegister, SHORT_REGISTER_COUNT);
#define REGISTER(class, number, name, other)                                                                 \
  add_register(assembler, ISA_CLASS_##class, number, name);                                                  \
  add_register(assembler, ISA_CLASS_##class, number, other);
#define REGISTER_NAME(class, number, name) add_register(assembler, ISA_CLASS_##class, number, name);
#include "isa/regs.def"
#undef REGISTER
#undef REGISTER_NAME
  // Added in front, so backwards: instructions come before aliases, each in the order of its table.
  for (size_t i = isa_alias_count(); i-- > 0;)
    add_candidate(assembler, isa_alias(i)->mnemonic, true, i);
  for (size_t i = ISA_OP_COUNT; i-- > 0;)
    add_candidate(assembler, isa_insn((IsaOp)i)->mnemonic, false, i);
}
