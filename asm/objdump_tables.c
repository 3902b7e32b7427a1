// The tables of kiln-objdump: file and section headers, symbols, relocations, contents.
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

static void write_headers(const DumpFile *file, const ObjdumpOptions *options, ObjdumpOutput *output) {
  Text *out = &output->text;
  size_t width = 13;
  for (uint32_t i = 0; i < file->section_count; i++) {
    size_t size = strlen(file->sections[i].name);
    width = width > size ? width : size;
  }
  text_format(out, "\nSections:\nIdx %-*s Size     VMA              Type\n", (int)width, "Name");
  for (uint32_t i = 0; i < file->section_count; i++) {
    const DumpSection *section = &file->sections[i];
    if (!dump_wanted(&options->sections, section->name))
      continue;
    text_format(out, "%3u %-*s %08llx %016llx %s\n", i, (int)width, section->name,
                (unsigned long long)section->size, (unsigned long long)section->address,
                section_kind(section));
    dump_drain(output);
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

static void write_symbols(const DumpFile *file, ObjdumpOutput *output) {
  text_append_string(&output->text, "\nSYMBOL TABLE:\n");
  for (uint32_t i = 1; i < file->symbol_count; i++) {
    write_symbol(file, &file->symbols[i], &output->text);
    dump_drain(output);
  }
}

static void write_relocations(const DumpFile *file, const ObjdumpOptions *options, ObjdumpOutput *output) {
  Text *out = &output->text;
  for (uint32_t i = 1; i < file->section_count; i++) {
    DumpRelocations relocations = dump_relocations(file, i);
    if (!relocations.count || !dump_wanted(&options->sections, file->sections[i].name))
      continue;
    text_format(out, "\nRELOCATION RECORDS FOR [%s]:\n%-16s %-24s VALUE\n", file->sections[i].name, "OFFSET",
                "TYPE");
    for (size_t j = 0; j < relocations.count; j++) {
      Elf64_Rela relocation = dump_relocation(relocations, j);
      const char *name = isa_relocation_name(ELF64_R_TYPE(relocation.r_info));
      text_format(out, "%016llx %-24s ", (unsigned long long)relocation.r_offset, name ? name : "Unknown");
      dump_relocation_value(file, &relocation, out);
      text_append_char(out, '\n');
      dump_drain(output);
    }
  }
}

enum { CONTENTS_LINE = 16 }; // bytes

static void write_contents_line(Text *out, uint64_t address, const uint8_t *bytes, size_t count) {
  static const char digits[] = "0123456789abcdef";
  text_format(out, " %04llx ", (unsigned long long)address);
  char line[CONTENTS_LINE / 4 * 9 + 2 + CONTENTS_LINE];
  size_t used = 0;
  for (size_t i = 0; i < CONTENTS_LINE; i++) {
    line[used++] = i < count ? digits[bytes[i] >> 4] : ' ';
    line[used++] = i < count ? digits[bytes[i] & 15] : ' ';
    if (i % 4 == 3)
      line[used++] = ' ';
  }
  line[used++] = ' ';
  for (size_t i = 0; i < count; i++)
    line[used++] = bytes[i] >= ' ' && bytes[i] < 0x7f ? (char)bytes[i] : '.';
  text_append(out, line, used);
  text_append_char(out, '\n');
}

static void write_contents(const DumpFile *file, const ObjdumpOptions *options, ObjdumpOutput *output) {
  for (uint32_t i = 1; i < file->section_count; i++) {
    const DumpSection *section = &file->sections[i];
    if (!section->size || !dump_wanted(&options->sections, section->name))
      continue;
    text_format(&output->text, "Contents of section %s:\n", section->name);
    if (!section->data) {
      unsigned long long start = section->address;
      text_format(&output->text, "<skipping contents of bss section at [%04llx, %04llx)>\n", start,
                  start + section->size);
      continue;
    }
    for (uint64_t at = 0; at < section->size; at += CONTENTS_LINE) {
      uint64_t left = section->size - at;
      write_contents_line(&output->text, section->address + at, section->data + at,
                          left < CONTENTS_LINE ? left : CONTENTS_LINE);
      dump_drain(output);
    }
  }
}

void dump_tables(const DumpFile *file, const ObjdumpOptions *options, ObjdumpOutput *output) {
  if (options->file_headers)
    text_format(&output->text, "architecture: riscv64\nstart address: 0x%016llx\n",
                (unsigned long long)file->entry);
  if (options->headers)
    write_headers(file, options, output);
  if (options->symbols)
    write_symbols(file, output);
  if (options->relocations && !options->disassemble)
    write_relocations(file, options, output);
  if (options->contents)
    write_contents(file, options, output);
}
