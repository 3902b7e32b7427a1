// Reads debug information: numbers, strings, forms (DWARF 5, section 7), and sections of objects, whose
// relocations are applied to a copy first.
#include "asm/objdump_dwarf.h"

#include <dwarf.h>

uint64_t dwarf_bytes(DwarfCursor *cursor, size_t size) {
  uint64_t value = 0;
  if (size > (size_t)(cursor->end - cursor->next)) {
    cursor->bad = true;
    cursor->next = cursor->end;
    return 0;
  }
  for (size_t i = 0; i < size && i < 8; i++)
    value |= (uint64_t)cursor->next[i] << 8 * i;
  cursor->next += size;
  return value;
}

uint64_t dwarf_uleb(DwarfCursor *cursor) {
  uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    uint8_t byte = (uint8_t)dwarf_bytes(cursor, 1);
    if (shift < 64)
      value |= (uint64_t)(byte & 0x7f) << shift;
    if (!(byte & 0x80))
      return value;
  }
}

int64_t dwarf_sleb(DwarfCursor *cursor) {
  uint64_t value = 0;
  for (unsigned shift = 0;;) {
    uint8_t byte = (uint8_t)dwarf_bytes(cursor, 1);
    if (shift < 64)
      value |= (uint64_t)(byte & 0x7f) << shift;
    shift += 7;
    if (byte & 0x80)
      continue;
    if (shift < 64 && (byte & 0x40))
      value |= UINT64_MAX << shift;
    return (int64_t)value;
  }
}

const char *dwarf_string(DwarfCursor *cursor) {
  const uint8_t *end = memchr(cursor->next, 0, (size_t)(cursor->end - cursor->next));
  const char *text = (const char *)cursor->next;
  if (!end) {
    cursor->bad = true;
    cursor->next = cursor->end;
    return "";
  }
  cursor->next = end + 1;
  return text;
}

// ---- Sections with their relocations applied

uint64_t dump_line_address(const DumpFile *file, uint32_t section, uint64_t address) {
  enum { SECTION_SHIFT = 40 };
  return file->relocatable ? address + ((uint64_t)section << SECTION_SHIFT) : address;
}

static uint64_t symbol_address(const DumpFile *file, uint64_t number) {
  if (number >= file->symbol_count)
    return 0;
  const DumpSymbol *symbol = &file->symbols[number];
  bool placed = symbol->section < file->section_count && (file->sections[symbol->section].flags & SHF_ALLOC);
  return placed ? dump_line_address(file, symbol->section, symbol->value) : symbol->value;
}

static void add_bits(uint8_t *at, unsigned bits, uint64_t value, bool set) {
  uint64_t old = 0;
  unsigned bytes = (bits + 7) / 8;
  memcpy(&old, at, bytes);
  uint64_t mask = bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
  uint64_t result = (old & ~mask) | ((set ? value : old + value) & mask);
  memcpy(at, &result, bytes);
}

// The relocations that data may have (RISC-V psABI, "Relocations").
static void apply(uint8_t *data, uint64_t size, const Elf64_Rela *relocation, uint64_t value) {
  static const struct {
    const char *name;
    uint8_t bits;
    int8_t sign; // 0: set
  } kinds[] = {{"R_RISCV_32", 32, 0},     {"R_RISCV_64", 64, 0},     {"R_RISCV_ADD8", 8, 1},
               {"R_RISCV_ADD16", 16, 1},  {"R_RISCV_ADD32", 32, 1},  {"R_RISCV_ADD64", 64, 1},
               {"R_RISCV_SUB8", 8, -1},   {"R_RISCV_SUB16", 16, -1}, {"R_RISCV_SUB32", 32, -1},
               {"R_RISCV_SUB64", 64, -1}, {"R_RISCV_SET6", 6, 0},    {"R_RISCV_SUB6", 6, -1},
               {"R_RISCV_SET8", 8, 0},    {"R_RISCV_SET16", 16, 0},  {"R_RISCV_SET32", 32, 0}};
  const char *name = isa_relocation_name(ELF64_R_TYPE(relocation->r_info));
  for (size_t i = 0; name && i < sizeof kinds / sizeof kinds[0]; i++) {
    if (strcmp(name, kinds[i].name) != 0)
      continue;
    unsigned bytes = (kinds[i].bits + 7U) / 8;
    if (relocation->r_offset <= size && bytes <= size - relocation->r_offset)
      add_bits(data + relocation->r_offset, kinds[i].bits, kinds[i].sign < 0 ? 0 - value : value,
               !kinds[i].sign);
  }
}

DwarfCursor dwarf_section(DumpFile *file, const char *name) {
  for (uint32_t i = 1; i < file->section_count; i++) {
    const DumpSection *section = &file->sections[i];
    if (strcmp(section->name, name) != 0 || !section->data || (section->flags & SHF_COMPRESSED))
      continue;
    DumpRelocations relocations = dump_relocations(file, i);
    if (!file->relocatable || !relocations.count)
      return (DwarfCursor){section->data, section->data + section->size, false};
    uint8_t *copy = arena_alloc(&file->arena, section->size, 1);
    memcpy(copy, section->data, section->size);
    for (size_t j = 0; j < relocations.count; j++) {
      Elf64_Rela relocation = dump_relocation(relocations, j);
      apply(copy, section->size, &relocation,
            symbol_address(file, ELF64_R_SYM(relocation.r_info)) + (uint64_t)relocation.r_addend);
    }
    return (DwarfCursor){copy, copy + section->size, false};
  }
  static const uint8_t nothing[1];
  return (DwarfCursor){nothing, nothing, false};
}

DwarfCursor dwarf_unit(DwarfCursor *section, unsigned *offset_size) {
  *offset_size = 4;
  uint64_t size = dwarf_bytes(section, 4);
  if (size == UINT32_MAX) {
    *offset_size = 8;
    size = dwarf_bytes(section, 8);
  }
  if (size > (uint64_t)(section->end - section->next))
    section->bad = true;
  if (section->bad)
    return (DwarfCursor){section->next, section->next, true};
  DwarfCursor unit = {section->next, section->next + size, false};
  section->next += size;
  return unit;
}

static const char *string_at(const DwarfCursor *section, uint64_t offset) {
  if (offset >= (uint64_t)(section->end - section->next))
    return "";
  const char *text = (const char *)section->next + offset;
  return memchr(text, 0, (size_t)(section->end - section->next) - offset) ? text : "";
}

// The bytes of a form that is a plain number; 0: it is none.
static unsigned number_size(const DwarfForms *forms, uint64_t form) {
  switch (form) {
  case DW_FORM_data1:
  case DW_FORM_flag:
    return 1;
  case DW_FORM_data2:
    return 2;
  case DW_FORM_data4:
    return 4;
  case DW_FORM_data8:
    return 8;
  case DW_FORM_data16:
    return 16;
  case DW_FORM_addr:
    return forms->address_size;
  case DW_FORM_sec_offset:
    return forms->offset_size;
  default:
    return 0;
  }
}

void dwarf_form(const DwarfForms *forms, DwarfCursor *cursor, uint64_t form, const char **text,
                uint64_t *number) {
  unsigned size = number_size(forms, form);
  if (size) {
    *number = dwarf_bytes(cursor, size);
    return;
  }
  switch (form) {
  case DW_FORM_string:
    *text = dwarf_string(cursor);
    break;
  case DW_FORM_strp:
    *text = string_at(&forms->strings, dwarf_bytes(cursor, forms->offset_size));
    break;
  case DW_FORM_line_strp:
    *text = string_at(&forms->line_strings, dwarf_bytes(cursor, forms->offset_size));
    break;
  case DW_FORM_udata:
    *number = dwarf_uleb(cursor);
    break;
  case DW_FORM_sdata:
    *number = (uint64_t)dwarf_sleb(cursor);
    break;
  case DW_FORM_flag_present:
    *number = 1;
    break;
  case DW_FORM_block:
  case DW_FORM_exprloc:
    dwarf_bytes(cursor, dwarf_uleb(cursor));
    break;
  case DW_FORM_block1:
    dwarf_bytes(cursor, dwarf_bytes(cursor, 1));
    break;
  case DW_FORM_block2:
    dwarf_bytes(cursor, dwarf_bytes(cursor, 2));
    break;
  case DW_FORM_block4:
    dwarf_bytes(cursor, dwarf_bytes(cursor, 4));
    break;
  default:
    cursor->bad = true; // its size is not known
  }
}
