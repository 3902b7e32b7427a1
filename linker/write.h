// What the parts of the writer share: write.c makes the file, symbols.c its symbol table, relocations.c the
// relocations and groups of -r and --emit-relocs.
#ifndef KILN_LINKER_WRITE_H
#define KILN_LINKER_WRITE_H

#include "linker/internal.h"

// A section behind (or, for groups, in front of) the output sections: .riscv.attributes, the machine note,
// .rela sections, .symtab, .strtab, .shstrtab. Without `data` its writer puts its contents into the file.
typedef struct Extra {
  const char *name;
  const void *data;
  uint64_t size;
  uint64_t offset;
  uint64_t alignment;
  uint64_t entry_size;
  uint64_t flags;
  uint32_t type;
  uint32_t link;
  uint32_t info;
} Extra;

// Symbols that are written together: the local ones of some files, or some of the global ones.
typedef struct SymbolBlock {
  uint32_t first; // file, or place in SymbolTable.globals
  uint32_t end;
  uint32_t number; // of the first symbol
  uint32_t count;
  uint64_t strings; // where its names begin
  uint64_t string_bytes;
  bool global;
} SymbolBlock;

typedef struct SymbolTable {
  Linker *linker;
  VEC(SymbolBlock) blocks;
  VEC(Name) globals;       // those that go out, hidden ones first
  uint32_t *global_places; // by Name, its number in the table; NULL: not wanted
  bool numbered;           // relocations go out as well: they need all symbols, and those of the sections
  uint32_t count;
  uint32_t local_count;
  uint64_t string_bytes;
  uint64_t symbols_at; // in the file
  uint64_t strings_at;
  const LinkerSink *sink;
  uint8_t (*digests)[DIGEST_BYTES]; // by block; NULL: none are wanted
  bool failed[PARALLEL_MAX];        // by thread: the sink
} SymbolTable;

// Finds out which symbols go out, and how much room they take.
void symbol_table_plan(SymbolTable *table, Linker *linker);
// Writes them at symbols_at and strings_at. False when the sink failed.
bool symbol_table_write(SymbolTable *table);
void symbol_table_free(SymbolTable *table);

// The relocations of one output section, in the form of the file.
typedef struct RelocationList {
  Elf64_Rela *data;
  size_t count;
  size_t capacity;
} RelocationList;

// Gathers those of an output section.
void relocations_gather(const SymbolTable *table, const OutputSection *output, RelocationList *list);

bool group_is_wanted(const Linker *linker, const SectionGroup *group);
void group_gather(const SymbolTable *table, const SectionGroup *group, const uint32_t *relocation_headers,
                  Text *contents, uint32_t *signature);

#endif
