// The compilation units of .debug_info, as far as line tables need them: of each the first entry's attributes
// (DWARF 5, sections 7.5.1 to 7.5.3).
#include "asm/objdump_dwarf.h"

#include <dwarf.h>

// The attributes of an abbreviation: pairs of a name and a form up to two zeros. False: it is not in the
// table.
static bool find_abbreviation(DwarfCursor *table, uint64_t code) {
  for (;;) {
    uint64_t found = dwarf_uleb(table);
    if (!found || table->bad)
      return false;
    dwarf_uleb(table);     // tag
    dwarf_bytes(table, 1); // whether it has children
    if (found == code)
      return true;
    for (uint64_t name = 1; name && !table->bad;) {
      name = dwarf_uleb(table);
      if (dwarf_uleb(table) == DW_FORM_implicit_const)
        dwarf_sleb(table);
    }
  }
}

static bool read_header(DwarfCursor *unit, DwarfForms *forms, uint64_t *abbreviations) {
  uint64_t version = dwarf_bytes(unit, 2);
  if (version >= 5) {
    uint64_t type = dwarf_bytes(unit, 1);
    forms->address_size = (unsigned)dwarf_bytes(unit, 1);
    *abbreviations = dwarf_bytes(unit, forms->offset_size);
    if (type == DW_UT_skeleton)
      dwarf_bytes(unit, 8);
    else if (type != DW_UT_compile)
      return false;
  } else {
    *abbreviations = dwarf_bytes(unit, forms->offset_size);
    forms->address_size = (unsigned)dwarf_bytes(unit, 1);
  }
  return version >= 2 && version <= 5 && !unit->bad;
}

static void read_unit(DwarfFolders *folders, DwarfForms *forms, DwarfCursor unit, DwarfCursor table) {
  uint64_t abbreviations = 0;
  if (!read_header(&unit, forms, &abbreviations) || abbreviations > (uint64_t)(table.end - table.next))
    return;
  table.next += abbreviations;
  if (!find_abbreviation(&table, dwarf_uleb(&unit)))
    return;
  DwarfFolder folder = {UINT64_MAX, NULL};
  while (!unit.bad && !table.bad) {
    uint64_t name = dwarf_uleb(&table);
    uint64_t form = dwarf_uleb(&table);
    if (!name)
      break;
    const char *text = NULL;
    uint64_t number = UINT64_MAX;
    if (form == DW_FORM_implicit_const)
      number = (uint64_t)dwarf_sleb(&table);
    else
      dwarf_form(forms, &unit, form, &text, &number);
    folder.lines = name == DW_AT_stmt_list ? number : folder.lines;
    folder.path = name == DW_AT_comp_dir ? text : folder.path;
  }
  if (folder.path && folder.lines != UINT64_MAX)
    VEC_PUSH(&folders->rows, folder);
}

void dwarf_folders_read(DwarfFolders *folders, DumpFile *file) {
  DwarfCursor section = dwarf_section(file, ".debug_info");
  DwarfCursor table = dwarf_section(file, ".debug_abbrev");
  DwarfForms forms = {.strings = dwarf_section(file, ".debug_str"),
                      .line_strings = dwarf_section(file, ".debug_line_str")};
  while (section.next < section.end && !section.bad) {
    DwarfCursor unit = dwarf_unit(&section, &forms.offset_size);
    if (!unit.bad)
      read_unit(folders, &forms, unit, table);
  }
}

// Units and their line tables come in the same order, so that the row is usually near; but any order is
// allowed.
const char *dwarf_folder(const DwarfFolders *folders, uint64_t lines) {
  for (size_t i = 0; i < folders->rows.count; i++)
    if (folders->rows.data[i].lines == lines)
      return folders->rows.data[i].path;
  return "";
}

void dwarf_folders_free(DwarfFolders *folders) {
  VEC_FREE(&folders->rows);
}
