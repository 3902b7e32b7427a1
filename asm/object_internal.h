// An object while it is built (object.c) and written (object_write.c).
#ifndef KILN_ASM_OBJECT_INTERNAL_H
#define KILN_ASM_OBJECT_INTERNAL_H

#include "asm/object.h"
#include "support/intern.h"
#include "support/vec.h"

typedef struct Relocation {
  uint64_t offset;
  int64_t addend;
  ObjectSymbol symbol;
  unsigned type;
} Relocation;

typedef struct Section {
  Name name;
  uint32_t type;
  uint64_t flags;
  uint64_t entry_size;
  uint64_t alignment;
  uint64_t size;
  ObjectGroup group;
  ObjectSection followed;
  uint32_t relocation_index; // of its relocations in the file; 0: none
  VEC(uint8_t) bytes;        // unused in a SHT_NOBITS section
  VEC(Relocation) relocations;
} Section;

typedef enum SymbolState {
  STATE_UNDEFINED,
  STATE_DEFINED,
  STATE_ABSOLUTE,
  STATE_COMMON,
  STATE_SIGNATURE
} SymbolState;

typedef struct Symbol {
  const char *name;
  uint64_t value;
  uint64_t size;
  ObjectSection section;
  uint8_t state;      // SymbolState
  uint8_t binding;    // SymbolBinding
  uint8_t type;       // SymbolType
  uint8_t visibility; // SymbolVisibility
  bool binding_given;
  bool variant;
} Symbol;

typedef struct Group {
  ObjectSymbol signature;
  bool comdat;
} Group;

struct Object {
  Machine machine;
  IsaExtensions extensions;
  Intern names;             // of sections and of symbols that others may ask for
  Arena texts;              // names of local symbols
  VEC(uint32_t) section_of; // by Name; 0: none
  VEC(uint32_t) symbol_of;  // by Name; symbol + 1, 0: none
  VEC(Section) sections;    // the first is no section
  VEC(Symbol) symbols;
  VEC(Group) groups;
};

#endif
