// The tables of kiln-objdump: section headers, symbols, relocations.
#include "asm/objdump.h"

#include "asm/objdump_internal.h"

static bool has_prefix(const char *name, const char *prefix) {
  return strncmp(name, prefix, strlen(prefix)) == 0;
}

static const char *section_kind(const DumpSection *section) {
  if (section->flags & SHF_EXECINSTR)
    return "TEXT";
  if ((section->flags & SHF_ALLOC) && section->type == SHT_NOBITS)
    return "BSS";
  if (section->flags & SHF_ALLOC)
    return "DATA";
  return has_prefix(section->name, ".debug") ? "DEBUG" : "";
}

static void write_headers(const DumpFile *file, Text *out) {
  size_t width = 13;
  for (uint32_t i = 0; i < file->section_count; i++) {
    size_t size = strlen(file->sections[i].name);
    width = width > size ? width : size;
  }
  text_format(out, "\nSections:\nIdx %-*s Size     VMA              Type\n", (int)width, "Name");
  for (uint32_t i = 0; i < file->section_count; i++) {
    const DumpSection *section = &file->sections[i];
    text_format(out, "%3u %-*s %08llx %016llx %s\n", i, (int)width, section->name,
                (unsigned long long)section->size, (unsigned long long)section->address,
                section_kind(section));
  }
}

static const char *symbol_place(const DumpFile *file, const DumpSymbol *symbol) {
  switch ((int32_t)symbol->section) {
  case DUMP_UNDEFINED:
    return "*UND*";
  case DUMP_ABSOLUTE:
    return "*ABS*";
  case DUMP_COMMON:
    return "*COM*";
  default:
    return file->sections[symbol->section].name;
  }
}

static char symbol_kind(const DumpSymbol *symbol) {
  switch (symbol->type) {
  case STT_FILE:
    return 'f';
  case STT_FUNC:
    return 'F';
  case STT_OBJECT:
  case STT_COMMON:
    return 'O';
  default:
    return symbol->section == (uint32_t)DUMP_COMMON ? 'O' : ' ';
  }
}

static void write_symbol(const DumpFile *file, const DumpSymbol *symbol, Text *out) {
  static const char *const visibilities[] = {"", ".internal ", ".hidden ", ".protected "};
  bool weak = symbol->binding == STB_WEAK;
  char scope = ' ';
  bool common = symbol->section == (uint32_t)DUMP_COMMON;
  if (symbol->section != DUMP_UNDEFINED && !common && !weak)
    scope = symbol->binding == STB_LOCAL ? 'l' : symbol->binding == STB_GNU_UNIQUE ? 'u' : 'g';
  bool debugging = symbol->type == STT_FILE || symbol->type == STT_SECTION;
  // A common symbol has no address yet: its size stands there, and its alignment in the place of the size.
  uint64_t value = common ? symbol->size : symbol->value;
  uint64_t size = common ? symbol->value : symbol->size;
  uint64_t base = file->relocatable && symbol->section < file->section_count
                      ? file->sections[symbol->section].address
                      : 0;
  value += base;
  text_format(out, "%016llx %c%c   %c%c %s\t%016llx %s%s\n", (unsigned long long)value, scope,
              weak ? 'w' : ' ', debugging ? 'd' : ' ', symbol_kind(symbol), symbol_place(file, symbol),
              (unsigned long long)size, visibilities[symbol->visibility & 3], symbol->name);
}

static void write_symbols(const DumpFile *file, Text *out) {
  text_append_string(out, "\nSYMBOL TABLE:\n");
  for (uint32_t i = 1; i < file->symbol_count; i++)
    write_symbol(file, &file->symbols[i], out);
}

static void write_relocations(DumpFile *file, Text *out) {
  for (uint32_t i = 1; i < file->section_count; i++) {
    size_t count;
    const Elf64_Rela *relocations = dump_relocations(file, i, &count);
    if (!count)
      continue;
    text_format(out, "\nRELOCATION RECORDS FOR [%s]:\n%-16s %-24s VALUE\n", file->sections[i].name, "OFFSET",
                "TYPE");
    for (size_t j = 0; j < count; j++) {
      unsigned type = ELF64_R_TYPE(relocations[j].r_info);
      const char *name = isa_relocation_name(type);
      text_format(out, "%016llx %-24s ", (unsigned long long)relocations[j].r_offset,
                  name ? name : "Unknown");
      dump_relocation_value(file, &relocations[j], out);
      text_append_char(out, '\n');
    }
  }
}

bool objdump_write(Text *out, const char *name, const void *data, size_t size, const ObjdumpOptions *options,
                   Diagnostics *diagnostics) {
  DumpFile file;
  bool good = dump_read(&file, name, data, size, diagnostics);
  if (good) {
    text_format(out, "\n%s:\tfile format elf64-littleriscv\n", name);
    if (options->headers)
      write_headers(&file, out);
    if (options->symbols)
      write_symbols(&file, out);
    if (options->relocations && !options->disassemble)
      write_relocations(&file, out);
    if (options->disassemble)
      good = dump_code(&file, options, out);
  }
  dump_free(&file);
  return good;
}
