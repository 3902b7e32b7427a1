// Debug information as the readers of line tables and of compilation units see it.
#ifndef KILN_ASM_OBJDUMP_DWARF_H
#define KILN_ASM_OBJDUMP_DWARF_H

#include "asm/objdump_internal.h"

// A place in a section. Reading beyond the end gives zeros and makes it bad.
typedef struct DwarfCursor {
  const uint8_t *next;
  const uint8_t *end;
  bool bad;
} DwarfCursor;

uint64_t dwarf_bytes(DwarfCursor *cursor, size_t size); // the lowest eight of them
uint64_t dwarf_uleb(DwarfCursor *cursor);
int64_t dwarf_sleb(DwarfCursor *cursor);
const char *dwarf_string(DwarfCursor *cursor);

// A unit's length, which tells the size of offsets in it, 4 or 8; the cursor of its contents, which are left
// behind.
DwarfCursor dwarf_unit(DwarfCursor *section, unsigned *offset_size);

// A section by its name, with its relocations applied in an object; empty when it is not there.
DwarfCursor dwarf_section(DumpFile *file, const char *name);

// The sections of strings, and the sizes that a unit has.
typedef struct DwarfForms {
  DwarfCursor strings;      // .debug_str
  DwarfCursor line_strings; // .debug_line_str
  unsigned offset_size;
  unsigned address_size;
} DwarfForms;

// A value of a form: *text or *number is set, whichever it is. Forms of unknown size make the cursor bad.
void dwarf_form(const DwarfForms *forms, DwarfCursor *cursor, uint64_t form, const char **text,
                uint64_t *number);

// objdump_units.c: the folders in which the compiler ran, by the line tables of their units. Before DWARF 5
// only .debug_info has them.
typedef struct DwarfFolder {
  uint64_t lines; // offset in .debug_line
  const char *path;
} DwarfFolder;
typedef struct DwarfFolders {
  VEC(DwarfFolder) rows; // in the order of .debug_info
} DwarfFolders;
void dwarf_folders_read(DwarfFolders *folders, DumpFile *file);
// "" when it is not known.
const char *dwarf_folder(const DwarfFolders *folders, uint64_t lines);
void dwarf_folders_free(DwarfFolders *folders);

#endif
