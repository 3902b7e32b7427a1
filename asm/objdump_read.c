// Reads an ELF file for kiln-objdump. The file may be damaged in any way: all that is found is checked to lie
// inside it, and copied out of it where alignment could matter.
#include "asm/objdump_internal.h"

#include <stdlib.h>

static bool bad(DumpFile *file, const char *what) {
  diagnose(file->diagnostics, DIAGNOSTIC_ERROR, place_named(file->name), "%s", what);
  return false;
}

static bool inside(const DumpFile *file, uint64_t offset, uint64_t size) {
  return offset <= file->size && size <= file->size - offset;
}

static bool read_header(DumpFile *file, Elf64_Ehdr *header) {
  if (file->size < SELFMAG || memcmp(file->data, ELFMAG, SELFMAG) != 0)
    return bad(file, "not an ELF file");
  if (file->size < sizeof(Elf64_Ehdr))
    return bad(file, "truncated: the ELF header does not fit");
  memcpy(header, file->data, sizeof(Elf64_Ehdr));
  if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB)
    return bad(file, "not a 64-bit little-endian ELF file");
  if (header->e_machine != EM_RISCV) {
    diagnose(file->diagnostics, DIAGNOSTIC_ERROR, place_named(file->name),
             "not a RISC-V file (its machine is number %u)", header->e_machine);
    return false;
  }
  file->relocatable = header->e_type == ET_REL;
  file->entry = header->e_entry;
  return true;
}

static const char *string_at(const DumpSection *table, uint64_t offset) {
  const char *strings = (const char *)table->data;
  return strings && offset < table->size && memchr(strings + offset, 0, table->size - offset)
             ? strings + offset
             : NULL;
}

// Names may hold anything; what is not printable would confuse a terminal.
static const char *printable(DumpFile *file, const char *name) {
  bool clean = true;
  for (const char *c = name; *c && clean; c++)
    clean = (unsigned char)*c >= ' ' && *c != 0x7f;
  if (clean)
    return name;
  char *copy = arena_copy_text(&file->arena, name, strlen(name));
  for (char *c = copy; *c; c++)
    if ((unsigned char)*c < ' ' || *c == 0x7f)
      *c = '?';
  return copy;
}

static bool read_section(DumpFile *file, uint32_t index, const Elf64_Shdr *header) {
  bool contents = header->sh_type != SHT_NOBITS && header->sh_type != SHT_NULL;
  if (contents && !inside(file, header->sh_offset, header->sh_size)) {
    diagnose(file->diagnostics, DIAGNOSTIC_ERROR, place_named(file->name), "section %u lies outside the file",
             index);
    return false;
  }
  file->sections[index] = (DumpSection){.data = contents ? file->data + header->sh_offset : NULL,
                                        .size = header->sh_type == SHT_NULL ? 0 : header->sh_size,
                                        .address = header->sh_addr,
                                        .flags = header->sh_flags,
                                        .type = header->sh_type,
                                        .info = header->sh_info,
                                        .link = header->sh_link,
                                        .entry_size = header->sh_entsize};
  return true;
}

static bool read_sections(DumpFile *file, const Elf64_Ehdr *header) {
  if (!header->e_shoff)
    return true;
  if (header->e_shentsize != sizeof(Elf64_Shdr) || !inside(file, header->e_shoff, sizeof(Elf64_Shdr)))
    return bad(file, "the section headers lie outside the file");
  Elf64_Shdr first;
  memcpy(&first, file->data + header->e_shoff, sizeof(first));
  uint64_t count = header->e_shnum ? header->e_shnum : first.sh_size;
  if (count > (file->size - header->e_shoff) / sizeof(Elf64_Shdr))
    return bad(file, "the section headers lie outside the file");
  file->section_count = (uint32_t)count;
  file->sections = ARENA_ARRAY(&file->arena, DumpSection, count);
  Elf64_Shdr *headers = ARENA_ARRAY(&file->arena, Elf64_Shdr, count);
  if (count)
    memcpy(headers, file->data + header->e_shoff, count * sizeof(Elf64_Shdr));
  for (uint32_t i = 0; i < count; i++)
    if (!read_section(file, i, &headers[i]))
      return false;
  uint32_t names = header->e_shstrndx == SHN_XINDEX ? first.sh_link : header->e_shstrndx;
  if (count && names >= count)
    return bad(file, "the table of section names does not exist");
  for (uint32_t i = 0; i < count; i++) {
    const char *name = string_at(&file->sections[names], headers[i].sh_name);
    if (!name && headers[i].sh_name)
      return bad(file, "a section's name lies outside the table of names");
    file->sections[i].name = name ? printable(file, name) : "";
  }
  return true;
}

static uint32_t symbol_section(const DumpFile *file, const Elf64_Sym *symbol, uint32_t extended) {
  switch (symbol->st_shndx) {
  case SHN_ABS:
    return (uint32_t)DUMP_ABSOLUTE;
  case SHN_COMMON:
    return (uint32_t)DUMP_COMMON;
  case SHN_XINDEX:
    return extended < file->section_count ? extended : (uint32_t)DUMP_ABSOLUTE;
  default:
    return symbol->st_shndx < file->section_count ? symbol->st_shndx : (uint32_t)DUMP_ABSOLUTE;
  }
}

// The extended section indices that belong to symbol table `table`, or NULL.
static const DumpSection *find_extended(const DumpFile *file, uint32_t table) {
  for (uint32_t i = 0; i < file->section_count; i++)
    if (file->sections[i].type == SHT_SYMTAB_SHNDX && file->sections[i].link == table)
      return &file->sections[i];
  return NULL;
}

static bool read_symbols(DumpFile *file, uint32_t table_index) {
  const DumpSection *table = &file->sections[table_index];
  if (table->entry_size != sizeof(Elf64_Sym) || table->size % sizeof(Elf64_Sym))
    return bad(file, "a symbol table of an unknown form");
  if (table->link >= file->section_count)
    return bad(file, "a symbol table without a table of names");
  const DumpSection *extended = find_extended(file, table_index);
  file->symbol_count = (uint32_t)(table->size / sizeof(Elf64_Sym));
  file->symbols = ARENA_ARRAY(&file->arena, DumpSymbol, file->symbol_count);
  for (uint32_t i = 0; i < file->symbol_count; i++) {
    Elf64_Sym symbol;
    memcpy(&symbol, table->data + i * sizeof(Elf64_Sym), sizeof(symbol));
    uint32_t index = 0;
    if (extended && extended->data && (uint64_t)i * 4 + 4 <= extended->size)
      memcpy(&index, extended->data + (uint64_t)i * 4, 4);
    const char *name = string_at(&file->sections[table->link], symbol.st_name);
    if (!name && symbol.st_name)
      return bad(file, "a symbol's name lies outside the table of names");
    file->symbols[i] = (DumpSymbol){.name = name ? printable(file, name) : "",
                                    .value = symbol.st_value,
                                    .size = symbol.st_size,
                                    .section = symbol_section(file, &symbol, index),
                                    .type = ELF64_ST_TYPE(symbol.st_info),
                                    .binding = ELF64_ST_BIND(symbol.st_info),
                                    .visibility = ELF64_ST_VISIBILITY(symbol.st_other)};
  }
  return true;
}

// Section symbols have no name of their own.
static void name_section_symbols(DumpFile *file) {
  for (uint32_t i = 0; i < file->symbol_count; i++) {
    DumpSymbol *symbol = &file->symbols[i];
    if (symbol->type == STT_SECTION && !*symbol->name && symbol->section < file->section_count)
      symbol->name = file->sections[symbol->section].name;
  }
}

static bool is_label(const DumpFile *file, const DumpSymbol *symbol) {
  return symbol->section > 0 && symbol->section < file->section_count && *symbol->name &&
         symbol->type != STT_SECTION && symbol->type != STT_FILE && symbol->type != STT_TLS &&
         strcmp(symbol->name, ".L0 ") != 0;
}

// The best of several names for one place comes last: functions, then objects, then plain labels.
static int label_rank(const DumpSymbol *symbol) {
  return symbol->type == STT_FUNC ? 2 : symbol->type == STT_OBJECT ? 1 : 0;
}

// A label while they are sorted.
typedef struct LabelOrder {
  DumpLabel label;
  const DumpSymbol *symbol;
} LabelOrder;

static int compare_labels(const void *a, const void *b) {
  const DumpLabel *first = &((const LabelOrder *)a)->label;
  const DumpLabel *second = &((const LabelOrder *)b)->label;
  const DumpSymbol *first_symbol = ((const LabelOrder *)a)->symbol;
  const DumpSymbol *second_symbol = ((const LabelOrder *)b)->symbol;
  if (first->section != second->section)
    return first->section < second->section ? -1 : 1;
  if (first->address != second->address)
    return first->address < second->address ? -1 : 1;
  int difference = label_rank(first_symbol) - label_rank(second_symbol);
  if (difference)
    return difference;
  difference = strcmp(first_symbol->name, second_symbol->name);
  if (difference)
    return difference;
  return first->symbol < second->symbol ? -1 : first->symbol > second->symbol;
}

static void collect_labels(DumpFile *file) {
  LabelOrder *order = checked_malloc(arena_array_size(file->symbol_count + 1, sizeof *order));
  uint32_t count = 0;
  for (uint32_t i = 1; i < file->symbol_count; i++) {
    const DumpSymbol *symbol = &file->symbols[i];
    if (!is_label(file, symbol))
      continue;
    uint64_t base = file->relocatable ? file->sections[symbol->section].address : 0;
    order[count++] = (LabelOrder){{symbol->section, i, base + symbol->value}, symbol};
  }
  qsort(order, count, sizeof *order, compare_labels);
  file->label_count = count;
  file->labels = ARENA_ARRAY(&file->arena, DumpLabel, count);
  for (uint32_t i = 0; i < count; i++)
    file->labels[i] = order[i].label;
  free(order);
}

uint32_t dump_label_from(const DumpFile *file, uint32_t section, uint64_t address) {
  uint32_t low = 0;
  uint32_t high = file->label_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    const DumpLabel *label = &file->labels[middle];
    if (label->section < section || (label->section == section && label->address < address))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

bool dump_is_mapping(const char *name, char kind) {
  return name[0] == '$' && name[1] == kind && (kind == 'x' || name[2] == '\0' || name[2] == '.');
}

static void find_relocations(DumpFile *file) {
  for (uint32_t i = file->section_count; i > 1; i--) { // the first of a section's tables counts
    const DumpSection *section = &file->sections[i - 1];
    if (section->type == SHT_RELA && section->info < file->section_count && section->info &&
        section->entry_size == sizeof(Elf64_Rela))
      file->sections[section->info].relocations = i - 1;
  }
}

bool dump_read(DumpFile *file, const char *name, const void *data, size_t size, Diagnostics *diagnostics) {
  *file = (DumpFile){.name = name, .data = data, .size = size, .diagnostics = diagnostics};
  Elf64_Ehdr header;
  if (!read_header(file, &header) || !read_sections(file, &header))
    return false;
  for (uint32_t i = 0; i < file->section_count; i++)
    if (file->sections[i].type == SHT_SYMTAB) {
      if (!read_symbols(file, i))
        return false;
      break;
    }
  name_section_symbols(file);
  collect_labels(file);
  find_relocations(file);
  return true;
}

void dump_free(DumpFile *file) {
  arena_free(&file->arena);
}

DumpRelocations dump_relocations(const DumpFile *file, uint32_t section) {
  uint32_t table = file->sections[section].relocations;
  if (!table)
    return (DumpRelocations){0};
  return (DumpRelocations){file->sections[table].data, file->sections[table].size / sizeof(Elf64_Rela)};
}

Elf64_Rela dump_relocation(DumpRelocations relocations, size_t i) {
  Elf64_Rela relocation;
  memcpy(&relocation, relocations.data + i * sizeof relocation, sizeof relocation);
  return relocation;
}

void dump_relocation_value(const DumpFile *file, const Elf64_Rela *relocation, Text *out) {
  uint64_t number = ELF64_R_SYM(relocation->r_info);
  int64_t addend = relocation->r_addend;
  const char *name = number == 0                   ? "*ABS*"
                     : number < file->symbol_count ? file->symbols[number].name
                                                   : "<no such symbol>";
  text_append_string(out, name);
  if (addend)
    text_format(out, "%s0x%llx", addend < 0 ? "-" : "+",
                (unsigned long long)(addend < 0 ? 0 - (uint64_t)addend : (uint64_t)addend));
}
