// Addresses to symbols: of branches and calls, and of what auipc, lui and the global pointer make together
// with the instruction that adds the lower part.
#include "asm/objdump_internal.h"

enum { REGISTER_GP = 3 };

static bool contains(const DumpSection *section, uint64_t address) {
  return address >= section->address && address - section->address < section->size;
}

// In an executable a target may be in any section: the one that begins nearest below it.
static uint32_t section_of(const DumpFile *file, uint32_t from, uint64_t address) {
  if (file->relocatable || contains(&file->sections[from], address))
    return from;
  uint32_t best = 0;
  for (uint32_t i = 1; i < file->section_count; i++) {
    const DumpSection *section = &file->sections[i];
    if ((section->flags & SHF_ALLOC) && section->size && section->address <= address &&
        (!best || section->address > file->sections[best].address))
      best = i;
  }
  return best;
}

// The best label at or below an address, leaving out mapping symbols. False: there is none.
static bool label_below(const DumpFile *file, uint32_t section, uint64_t address, uint32_t *label) {
  uint32_t above = address == UINT64_MAX ? file->label_count : dump_label_from(file, section, address + 1);
  for (uint32_t i = above; i > 0 && file->labels[i - 1].section == section; i--) {
    const char *name = dump_label_name(file, i - 1);
    if (dump_is_mapping(name, 'x') || dump_is_mapping(name, 'd'))
      continue;
    *label = i - 1;
    return true;
  }
  return false;
}

void dump_write_offset(Text *out, const char *name, uint64_t offset) {
  text_append(out, " <", 2);
  text_append_string(out, name);
  if (offset) {
    text_append(out, "+", 1);
    dump_write_number(out, offset);
  }
  text_append(out, ">", 1);
}

void dump_write_symbol(const DumpFile *file, uint32_t from, uint64_t address, Text *out) {
  uint32_t section = section_of(file, from, address);
  uint32_t label;
  const char *name;
  uint64_t start;
  if (section && label_below(file, section, address, &label)) {
    name = dump_label_name(file, label);
    start = file->labels[label].address;
  } else if (section == from && address >= file->sections[section].address) {
    // The section itself stands for a label at its start.
    name = file->sections[section].name;
    start = file->sections[section].address;
  } else {
    return;
  }
  dump_write_offset(out, name, address - start);
}

void dump_registers_start(DumpRegisters *registers, const DumpFile *file) {
  *registers = (DumpRegisters){.executable = !file->relocatable};
  for (uint32_t i = 1; registers->executable && i < file->symbol_count; i++) {
    const DumpSymbol *symbol = &file->symbols[i];
    if (symbol->section != DUMP_UNDEFINED && strcmp(symbol->name, "__global_pointer$") == 0) {
      registers->always = 1U << REGISTER_GP;
      registers->values[REGISTER_GP] = symbol->value;
    }
  }
  registers->known = registers->always;
}

void dump_registers_forget(DumpRegisters *registers) {
  registers->known = registers->always;
}

// The integer register that the instruction writes; 0: none.
static uint8_t written_register(IsaOp op, const int64_t *values) {
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++) {
    const IsaOperandInfo *operand = isa_operand((IsaOperandKind)format->operands[i]);
    bool integer = operand->operand_class == ISA_CLASS_GPR || operand->operand_class == ISA_CLASS_GPR8;
    if (integer && (operand->role == ISA_ROLE_DEF || operand->role == ISA_ROLE_BOTH))
      return (uint8_t)values[i];
  }
  return 0;
}

// Of a branch or call from itself to its target; 0: it has none of its own.
static int32_t distance(IsaOp op, const int64_t *values) {
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++)
    if (isa_operand((IsaOperandKind)format->operands[i])->operand_class == ISA_CLASS_PCREL)
      return (int32_t)values[i];
  return 0;
}

DumpEffect dump_effect(IsaOp op, const int64_t *values) {
  int64_t expanded[ISA_MAX_OPERANDS] = {0};
  memcpy(expanded, values, isa_insn_format(op)->operand_count * sizeof *values);
  op = isa_expand(op, expanded);
  const IsaInsnInfo *insn = isa_insn(op);
  DumpEffect effect = {.kind = DUMP_EFFECT_NONE, .rd = written_register(op, expanded)};
  if (op == ISA_AUIPC || op == ISA_LUI) {
    effect.kind = op == ISA_AUIPC ? DUMP_EFFECT_UPPER_PC : DUMP_EFFECT_UPPER;
    effect.imm = (int32_t)((uint32_t)expanded[1] << 12);
  } else if (op == ISA_ADDI) {
    effect.kind = DUMP_EFFECT_ADDRESS;
    effect.rs = (uint8_t)expanded[1];
    effect.imm = (int32_t)expanded[2];
  } else if (op == ISA_JALR || insn->format == ISA_FORMAT_LOAD || insn->format == ISA_FORMAT_STORE ||
             insn->format == ISA_FORMAT_FLOAT_LOAD || insn->format == ISA_FORMAT_FLOAT_STORE) {
    effect.kind = op == ISA_JALR ? DUMP_EFFECT_JUMP_REGISTER : DUMP_EFFECT_ADDRESS;
    effect.rs = (uint8_t)expanded[2];
    effect.imm = (int32_t)expanded[1];
  } else if (insn->flags & (ISA_BRANCH | ISA_JUMP)) {
    effect.kind = DUMP_EFFECT_JUMP;
    effect.imm = distance(op, expanded);
  } else if (effect.rd) {
    effect.kind = DUMP_EFFECT_WRITE;
  }
  return effect;
}

// A constant may look like an address: only what is in a section is shown, its end included.
static void write_address(const DumpFile *file, uint32_t section, uint64_t address, Text *out) {
  uint32_t found = section_of(file, section, address);
  if (!found || address - file->sections[found].address > file->sections[found].size)
    return;
  size_t before = out->count;
  text_append_string(out, " # ");
  dump_write_number(out, address);
  size_t number_end = out->count;
  dump_write_symbol(file, section, address, out);
  if (out->count == number_end)
    out->count = before;
}

void dump_follow(DumpRegisters *registers, const DumpFile *file, uint32_t section, uint64_t pc,
                 DumpEffect effect, Text *out) {
  bool known = registers->known >> effect.rs & 1;
  uint64_t address = registers->values[effect.rs] + (uint64_t)(int64_t)effect.imm;
  switch ((DumpEffectKind)effect.kind) {
  case DUMP_EFFECT_NONE:
    return;
  case DUMP_EFFECT_JUMP_REGISTER:
    if (known)
      dump_write_symbol(file, section, address, out);
    dump_registers_forget(registers);
    return;
  case DUMP_EFFECT_JUMP:
    dump_registers_forget(registers);
    return;
  case DUMP_EFFECT_ADDRESS:
    if (known && registers->executable)
      write_address(file, section, address, out);
    break;
  case DUMP_EFFECT_WRITE:
    break;
  case DUMP_EFFECT_UPPER:
  case DUMP_EFFECT_UPPER_PC:
    if (effect.rd && !(registers->always >> effect.rd & 1)) {
      registers->known |= 1U << effect.rd;
      registers->values[effect.rd] =
          (effect.kind == DUMP_EFFECT_UPPER ? 0 : pc) + (uint64_t)(int64_t)effect.imm;
    }
    return;
  }
  registers->known = (registers->known & ~(1U << effect.rd)) | registers->always;
}
