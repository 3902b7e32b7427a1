// What the parts of kiln-objdump share.
#ifndef KILN_ASM_OBJDUMP_INTERNAL_H
#define KILN_ASM_OBJDUMP_INTERNAL_H

#include "asm/objdump.h"
#include "support/arena.h"
#include "support/intern.h"
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
  uint32_t relocations; // the section with its relocations; 0: none
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
  uint32_t symbol;
  uint64_t address;
} DumpLabel;

typedef struct DumpFile {
  const char *name;
  const uint8_t *data;
  size_t size;
  bool relocatable;
  uint64_t entry;
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

// Relocations of a section, in their order.
typedef struct DumpRelocations {
  const uint8_t *data;
  size_t count;
} DumpRelocations;
DumpRelocations dump_relocations(const DumpFile *file, uint32_t section);
Elf64_Rela dump_relocation(DumpRelocations relocations, size_t i);

// What a relocation refers to: symbol and addend.
void dump_relocation_value(const DumpFile *file, const Elf64_Rela *relocation, Text *out);

// The first label of a section at or above an address.
uint32_t dump_label_from(const DumpFile *file, uint32_t section, uint64_t address);
// Whether a label only tells instructions ('x') or data ('d') apart.
bool dump_is_mapping(const char *name, char kind);
static inline const char *dump_label_name(const DumpFile *file, uint32_t label) {
  return file->symbols[file->labels[label].symbol].name;
}

// Whether a name is among those asked for.
bool dump_wanted(const ObjdumpNames *names, const char *name);

// The output goes on when its text has become long.
void dump_drain(ObjdumpOutput *output);

// Numbers in hexadecimal, written by hand where there are many of them. The last `digits` (at most 8) of a
// number; an address, right-aligned in 8 characters; "0x12". At most 16 characters of room are used behind
// `to`.
char *dump_put_hex(char *to, uint32_t number, unsigned digits);
char *dump_put_address(char *to, uint64_t address);
void dump_write_number(Text *out, uint64_t number);

// objdump_archive.c
bool dump_is_archive(const void *data, size_t size);
// The next member at *offset, which moves behind it. False at the end, or with an error for a damaged
// archive.
typedef struct DumpMember {
  const char *name; // "libc.a(printf.o)", in `arena`
  const char *line; // what -a shows of it
  const uint8_t *data;
  size_t size;
} DumpMember;
typedef struct DumpArchive {
  const char *name;
  const uint8_t *data;
  size_t size;
  size_t offset;
  const char *long_names;
  size_t long_names_size;
  Arena arena;
  Diagnostics *diagnostics;
  bool damaged;
} DumpArchive;
bool dump_next_member(DumpArchive *archive, DumpMember *member);

// objdump_tables.c
void dump_tables(const DumpFile *file, const ObjdumpOptions *options, ObjdumpOutput *output);

// objdump_code.c
void dump_code(DumpFile *file, const ObjdumpOptions *options, ObjdumpOutput *output);

// objdump_targets.c: the symbol that an address belongs to, as " <symbol+0x4>"; nothing when there is none.
// In an object that is one of the section `from`.
void dump_write_symbol(const DumpFile *file, uint32_t from, uint64_t address, Text *out);
// " <name+0x4>"
void dump_write_offset(Text *out, const char *name, uint64_t offset);

// What registers hold as far as auipc, lui and the global pointer tell.
typedef struct DumpRegisters {
  bool executable; // in objects the parts of addresses are not known yet
  uint32_t known;  // bit r: values[r] is the upper part of an address
  uint32_t always; // the same wherever control comes from: the global pointer
  uint64_t values[32];
} DumpRegisters;
// What an instruction does with them.
typedef enum DumpEffectKind {
  DUMP_EFFECT_NONE,
  DUMP_EFFECT_WRITE, // of rd
  DUMP_EFFECT_UPPER, // rd := imm
  DUMP_EFFECT_UPPER_PC,
  DUMP_EFFECT_ADDRESS, // rd := rs + imm, an address to show, or an access there
  DUMP_EFFECT_JUMP_REGISTER,
  DUMP_EFFECT_JUMP,
} DumpEffectKind;
typedef struct DumpEffect {
  uint8_t kind; // DumpEffectKind
  uint8_t rd;   // 0: none
  uint8_t rs;
  int32_t imm; // of a jump: from here to its target
} DumpEffect;
void dump_registers_start(DumpRegisters *registers, const DumpFile *file);
void dump_registers_forget(DumpRegisters *registers);
DumpEffect dump_effect(IsaOp op, const int64_t *values);
// Carries the effect of the instruction at `pc` out, and writes the symbol of an address that it completes.
void dump_follow(DumpRegisters *registers, const DumpFile *file, uint32_t section, uint64_t pc,
                 DumpEffect effect, Text *out);

// objdump_arch.c: what an object says that its instructions are.
IsaExtensions dump_extensions(const DumpFile *file, const ObjdumpOptions *options);
// The set of a mapping symbol ("$xrv64gcv"); false when it names none.
bool dump_mapping_extensions(const char *name, const ObjdumpOptions *options, IsaExtensions *set);

// objdump_columns.c: the columns of an instruction, each with its width, and a tab.
void dump_columns(Text *out, const ObjdumpOptions *options, IsaOp op, const int64_t *values);
// The same for what is no instruction, and the line that names the columns.
void dump_empty_columns(Text *out, const ObjdumpOptions *options);
void dump_column_names(Text *out, const ObjdumpOptions *options);

// objdump_lines.c: lines of source by address.
typedef struct DumpLine {
  uint64_t address; // dump_line_address
  Name file;        // in `paths`
  uint32_t line;    // 0: none
  bool end;         // nothing is known from here on
} DumpLine;
typedef struct DumpLines {
  VEC(DumpLine) rows; // by address
  Intern paths;
} DumpLines;
// Damage in the debug information ends the reading of that unit with a warning.
void dump_lines_read(DumpLines *lines, DumpFile *file);
void dump_lines_free(DumpLines *lines);
// In an object all sections begin at 0: this tells their addresses apart.
uint64_t dump_line_address(const DumpFile *file, uint32_t section, uint64_t address);
// The row for an address and all up to *until; NULL: none.
const DumpLine *dump_line_at(const DumpLines *lines, uint64_t address, uint64_t *until);

// objdump_source.c: writes lines of source between instructions.
typedef struct DumpSource DumpSource;
DumpSource *dump_source_new(DumpFile *file, const ObjdumpOptions *options);
void dump_source_free(DumpSource *source);
// What has changed since the call before. `function`: the label that the address is under, or NULL.
void dump_source_write(DumpSource *source, Text *out, uint32_t section, uint64_t address,
                       const char *function);

#endif
