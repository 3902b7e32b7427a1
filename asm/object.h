// An ELF64 RISC-V relocatable object under construction. The assembler and the compiler both write objects
// through this.
#ifndef KILN_ASM_OBJECT_H
#define KILN_ASM_OBJECT_H

#include "isa/isa.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct Object Object;
typedef uint32_t ObjectSection; // 0 is no section (absolute and undefined symbols)
typedef uint32_t ObjectSymbol;
typedef uint32_t ObjectGroup; // 0: none

typedef enum SymbolBinding { SYMBOL_LOCAL, SYMBOL_GLOBAL, SYMBOL_WEAK, SYMBOL_UNIQUE } SymbolBinding;
typedef enum SymbolType {
  SYMBOL_NOTYPE,
  SYMBOL_OBJECT,
  SYMBOL_FUNCTION,
  SYMBOL_FILE,
  SYMBOL_TLS,
  SYMBOL_INDIRECT, // a function that chooses the function that is meant
  SYMBOL_SECTION,  // stands for its section: what is added to it is an offset there, also where a linker
                   // merges strings
} SymbolType;
typedef enum SymbolVisibility {
  SYMBOL_DEFAULT,
  SYMBOL_INTERNAL,
  SYMBOL_HIDDEN,
  SYMBOL_PROTECTED
} SymbolVisibility;

// An empty object for a machine. `extensions` go into .riscv.attributes and, with C and the floating ABI,
// into e_flags.
Object *object_new(const Machine *machine, IsaExtensions extensions);
void object_free(Object *object);
// Extensions may change while code is added (.option arch, .attribute); the final set is what is written.
void object_set_extensions(Object *object, IsaExtensions extensions);

// The section of that name, made on first use with this ELF type (SHT_*), flags (SHF_*) and entry size (0:
// none). Asking again for an existing name ignores the attributes; object_section_type and _flags tell what
// it has.
ObjectSection object_section(Object *object, const char *name, uint32_t type, uint64_t flags,
                             uint64_t entry_size);
// Another section, even when one of that name exists (object_section finds the first).
ObjectSection object_section_new(Object *object, const char *name, uint32_t type, uint64_t flags,
                                 uint64_t entry_size);
// A group of sections that a linker keeps or drops together; of the groups with one signature a linker keeps
// one when they are `comdat`.
ObjectGroup object_group(Object *object, ObjectSymbol signature, bool comdat);
// A signature that is nothing but that.
void object_define_signature(Object *object, ObjectSymbol symbol, ObjectGroup group);
void object_section_join(Object *object, ObjectSection section, ObjectGroup group);
// Where a section stands in memory follows another one (SHF_LINK_ORDER); 0: none.
void object_section_follow(Object *object, ObjectSection section, ObjectSection other);
uint32_t object_section_type(const Object *object, ObjectSection section);
uint64_t object_section_flags(const Object *object, ObjectSection section);
uint64_t object_section_size(const Object *object, ObjectSection section);

// Raises the section's alignment to at least `alignment` bytes (a power of two).
void object_section_align(Object *object, ObjectSection section, uint64_t alignment);

// Appends bytes; returns the offset of the first. In a SHT_NOBITS section only the size counts: use
// object_append_zeros.
uint64_t object_append(Object *object, ObjectSection section, const void *data, uint64_t size);
uint64_t object_append_zeros(Object *object, ObjectSection section, uint64_t size);
// Makes `size` bytes at `bytes`, which malloc gave, the contents of a section that has none yet: they are the
// object's then.
void object_section_take(Object *object, ObjectSection section, uint8_t *bytes, uint64_t size);
// The bytes at an offset, for patching; the pointer is valid until the next append to the section.
uint8_t *object_section_bytes(Object *object, ObjectSection section, uint64_t offset);

// The symbol of that name, undefined and global-by-reference until something else is said of it.
ObjectSymbol object_symbol(Object *object, const char *name);
// A nameless local symbol (a label that relocations need).
ObjectSymbol object_local_symbol(Object *object, const char *name);
void object_define(Object *object, ObjectSymbol symbol, ObjectSection section, uint64_t offset);
// A mapping symbol (RISC-V ELF psABI, "Mapping Symbol"): data or code begins there in a section with both.
void object_mark(Object *object, ObjectSection section, uint64_t offset, bool is_data);
void object_define_absolute(Object *object, ObjectSymbol symbol, uint64_t value);
void object_define_common(Object *object, ObjectSymbol symbol, uint64_t size, uint64_t alignment);
void object_set_binding(Object *object, ObjectSymbol symbol, SymbolBinding binding);
void object_set_type(Object *object, ObjectSymbol symbol, SymbolType type);
void object_set_size(Object *object, ObjectSymbol symbol, uint64_t size);
// The symbol's function follows a calling convention of its own (.variant_cc).
void object_set_variant(Object *object, ObjectSymbol symbol);
void object_set_visibility(Object *object, ObjectSymbol symbol, SymbolVisibility visibility);
bool object_is_defined(const Object *object, ObjectSymbol symbol);

// Of relocations that name no symbol.
#define OBJECT_NO_SYMBOL UINT32_MAX

// Adds a relocation (R_RISCV_* number from isa/relocs.def) at an offset of a section.
void object_relocate(Object *object, ObjectSection section, uint64_t offset, unsigned type,
                     ObjectSymbol symbol, int64_t addend);

// Writes the object: sections, symbols (locals first), relocations, .riscv.attributes, and the machine's
// note. Atomic; the same calls give the same bytes. On failure records an error and returns false.
bool object_write(Object *object, const char *path, Diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif
#endif
