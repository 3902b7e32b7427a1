// What the reader, the tables and the disassembler of kiln-objdump share.
#ifndef KILN_ASM_OBJDUMP_INTERNAL_H
#define KILN_ASM_OBJDUMP_INTERNAL_H

#include "asm/objdump.h"
#include "support/arena.h"
#include "support/vec.h"

#include <elf.h>
#include <string.h>

typedef struct DumpSection {
  const char *name;
  const uint8_t *data; // NULL: no contents
  uint64_t size;
  uint64_t address;
  uint64_t flags;
  uint32_t type;
  uint32_t info;
  uint32_t link;
  uint64_t entry_size;
} DumpSection;

typedef struct DumpSymbol {
  const char *name;
  uint64_t value;
  uint64_t size;
  uint32_t section; // DUMP_ABSOLUTE, DUMP_COMMON, 0 for undefined
  uint8_t type;     // STT_*
  uint8_t binding;
  uint8_t visibility;
} DumpSymbol;

enum { DUMP_UNDEFINED = 0, DUMP_ABSOLUTE = -1, DUMP_COMMON = -2 };

// A label of the disassembly: a symbol that names a place in a section.
typedef struct DumpLabel {
  uint32_t section;
  uint64_t address;
  const DumpSymbol *symbol;
} DumpLabel;

typedef struct DumpFile {
  const char *name;
  const uint8_t *data;
  size_t size;
  bool relocatable;
  Arena arena;
  DumpSection *sections;
  uint32_t section_count;
  DumpSymbol *symbols;
  uint32_t symbol_count;
  DumpLabel *labels; // by section, address, and how good a name it is
  uint32_t label_count;
  Diagnostics *diagnostics;
} DumpFile;

// objdump_read.c: false with an error for what is not whole. Everything in DumpFile can be used without
// further checks, but for relocations.
bool dump_read(DumpFile *file, const char *name, const void *data, size_t size, Diagnostics *diagnostics);
void dump_free(DumpFile *file);

// The relocations of section `target`, in their order, copied to the file's arena.
const Elf64_Rela *dump_relocations(DumpFile *file, uint32_t target, size_t *count);

// What a relocation refers to: symbol and addend. False when it names a symbol that does not exist.
void dump_relocation_value(const DumpFile *file, const Elf64_Rela *relocation, Text *out);

// disasm.c
bool dump_code(DumpFile *file, const ObjdumpOptions *options, Text *out);

#endif
