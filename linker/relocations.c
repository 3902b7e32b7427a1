// The relocations that go out with -r and --emit-relocs: those of the inputs, at their new places, against
// the output's symbols. What relaxation changed has the relocation that fits its new form; what it deleted,
// and what refers to discarded sections, has none.
#include "linker/write.h"

// The number in the output's table of what a relocation refers to, with `addend` made to fit it. False when
// that is not there.
static bool find_symbol(const SymbolTable *table, const InputFile *file, uint32_t symbol,
                        Elf64_Sxword *addend, uint32_t *number) {
  Linker *linker = table->linker;
  *number = 0;
  if (!symbol)
    return true;
  Target target = link_symbol_target(linker, file, symbol);
  if (symbol >= file->first_global) {
    *number = table->global_places[file->globals[symbol - file->first_global]];
    return *number != 0;
  }
  if (ELF64_ST_TYPE(file->symbols[symbol].st_info) != STT_SECTION) {
    *number = file->symbol_places[symbol];
    return *number != 0;
  }
  if (target.section == NONE || link_is_gone(linker, target.section))
    return false;
  uint32_t replacement = linker->sections.data[target.section].replacement;
  uint32_t placed = replacement == NONE ? target.section : replacement;
  uint32_t output = linker->sections.data[placed].output;
  uint64_t value = link_reference_value(linker, file, symbol, &target, *addend);
  *addend = (Elf64_Sxword)(value - linker->outputs.data[output].address);
  *number = output + 1;
  return true;
}

// The type that an instruction has after relaxation. (A lui that became c.lui has a type that is no longer
// standard, and none in the file.)
static uint32_t relaxed_type(uint32_t type, Relaxed relaxed) {
  switch (relaxed) {
  case RELAXED_NONE:
    return type;
  case RELAXED_C_JUMP:
    return RELOC_R_RISCV_RVC_JUMP;
  case RELAXED_JAL:
    return RELOC_R_RISCV_JAL;
  case RELAXED_JALR_ZERO:
    return RELOC_R_RISCV_LO12_I;
  case RELAXED_DIRECT:
    return type == RELOC_R_RISCV_GOT_HI20 ? RELOC_R_RISCV_PCREL_HI20 : RELOC_R_RISCV_TPREL_HI20;
  default:
    return RELOC_R_RISCV_NONE;
  }
}

static bool is_low_part(uint32_t type) {
  return type == RELOC_R_RISCV_PCREL_LO12_I || type == RELOC_R_RISCV_PCREL_LO12_S;
}

// Whether a low part starts from gp, x0 or tp, because its upper part is gone: it stands for itself then.
static bool has_lost_upper(Linker *linker, uint32_t number, uint32_t relocation) {
  const InputSection *section = &linker->sections.data[number];
  uint32_t type = ELF64_R_TYPE(section->relocations[relocation].r_info);
  if (is_low_part(type))
    return link_upper_is_changed(linker, number, &section->relocations[relocation]);
  bool low = type == RELOC_R_RISCV_LO12_I || type == RELOC_R_RISCV_LO12_S ||
             type == RELOC_R_RISCV_TPREL_LO12_I || type == RELOC_R_RISCV_TPREL_LO12_S;
  return low && link_starts_elsewhere(linker, number, relocation);
}

static void gather_section(const SymbolTable *table, uint32_t number, RelocationList *list) {
  Linker *linker = table->linker;
  const InputSection *section = &linker->sections.data[number];
  const InputFile *file = &linker->files.data[section->file];
  bool object = linker->options->relocatable;
  uint64_t padding = link_object_padding(linker, section);
  if (padding) {
    Elf64_Rela align = {.r_offset = link_section_address(linker, number) - padding,
                        .r_info = ELF64_R_INFO(0, RELOC_R_RISCV_ALIGN),
                        .r_addend = (Elf64_Sxword)padding};
    VEC_PUSH(list, align);
  }
  for (uint32_t i = 0; i < section->relocation_count; i++) {
    Elf64_Rela out = section->relocations[i];
    uint32_t type = ELF64_R_TYPE(out.r_info);
    Relaxed relaxed = link_relaxed(section, i);
    bool marker = type == RELOC_R_RISCV_ALIGN || type == RELOC_R_RISCV_RELAX;
    if (!object && !linker->options->no_relax && marker)
      continue; // nothing is left to relax
    if (ELF64_R_SYM(out.r_info) && ELF64_R_SYM(out.r_info) >= file->symbol_count)
      continue; // an error, which relocate.c records
    if (type != RELOC_R_RISCV_ALIGN && link_is_deleted(section, out.r_offset))
      continue;
    uint32_t symbol;
    if (!find_symbol(table, file, ELF64_R_SYM(out.r_info), &out.r_addend, &symbol))
      continue;
    type = relaxed_type(type, relaxed);
    if (type == RELOC_R_RISCV_NONE || (!object && has_lost_upper(linker, number, i)))
      continue;
    out.r_info = ELF64_R_INFO((uint64_t)symbol, type);
    out.r_offset = link_section_address(linker, number) + link_output_offset(section, out.r_offset);
    VEC_PUSH(list, out);
  }
}

void relocations_gather(const SymbolTable *table, const OutputSection *output, RelocationList *list) {
  for (uint32_t i = 0; i < output->input_count; i++)
    gather_section(table, table->linker->placed.data[output->first_input + i], list);
}

// The section that a group's signature belongs to is named by its symbol.
static uint32_t signature_number(const SymbolTable *table, const SectionGroup *group) {
  Elf64_Sxword addend = 0;
  uint32_t number;
  find_symbol(table, &table->linker->files.data[group->file], group->signature, &addend, &number);
  return number;
}

static void append_word(Text *text, uint32_t word) {
  text_append(text, (const char *)&word, sizeof(word));
}

// The contents of a section group of -r: its flags and the headers of its sections. `relocation_headers`: by
// output section, the header of its relocations; 0: it has none.
void group_gather(const SymbolTable *table, const SectionGroup *group, const uint32_t *relocation_headers,
                  Text *contents, uint32_t *signature) {
  const Linker *linker = table->linker;
  append_word(contents, group->flags);
  *signature = signature_number(table, group);
  uint32_t number = group->first;
  do {
    const InputSection *section = &linker->sections.data[number];
    if (section->output != NONE) {
      append_word(contents, linker->outputs.data[section->output].header);
      if (relocation_headers[section->output])
        append_word(contents, relocation_headers[section->output]);
    }
    number = section->group;
  } while (number != group->first);
}

// Whether a group goes out, with a section at least.
bool group_is_wanted(const Linker *linker, const SectionGroup *group) {
  uint32_t number = group->first;
  do {
    if (linker->sections.data[number].output != NONE)
      return true;
    number = linker->sections.data[number].group;
  } while (number != group->first);
  return false;
}
