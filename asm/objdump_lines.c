// The line tables of .debug_line: DWARF versions 2 to 5 (DWARF 5, section 6.2).
#include "asm/objdump_dwarf.h"

#include <stdlib.h>

// ---- Units

typedef struct Unit {
  DwarfCursor cursor;
  DwarfForms forms;
  const char *folder; // in which the compiler ran; "": not known
  unsigned version;
  uint64_t minimum_length;
  int line_base;
  unsigned line_range;
  unsigned opcode_base;
  uint8_t opcode_lengths[256];
  VEC(const char *) folders;
  VEC(Name) files;
  size_t sequence; // its first row in DumpLines
} Unit;

static void add_folder(Text *path, const char *folder) {
  text_append_string(path, folder);
  if (path->count && path->data[path->count - 1] != '/')
    text_append_char(path, '/');
}

static Name add_file(DumpLines *lines, const Unit *unit, const char *name, uint64_t folder) {
  const char *in = folder < unit->folders.count ? unit->folders.data[folder] : "";
  const char *base = unit->folders.count ? unit->folders.data[0] : "";
  Text path = {0};
  if (*name != '/') {
    if (*in != '/' && in != base)
      add_folder(&path, base);
    add_folder(&path, in);
  }
  text_append_string(&path, name);
  Name found = intern(&lines->paths, text_string(&path), path.count);
  text_free(&path);
  return found;
}

enum { CONTENT_PATH = 1, CONTENT_FOLDER = 2 }; // DWARF 5, section 7.22

// The folders or files of version 5: descriptions of the columns, then rows.
static void read_entries(Unit *unit, DumpLines *lines, bool folders) {
  enum { MOST_COLUMNS = 16 };
  DwarfCursor *cursor = &unit->cursor;
  uint64_t columns[MOST_COLUMNS][2];
  uint64_t column_count = dwarf_bytes(cursor, 1);
  if (column_count > MOST_COLUMNS) {
    cursor->bad = true;
    return;
  }
  for (uint64_t i = 0; i < column_count; i++)
    for (unsigned j = 0; j < 2; j++)
      columns[i][j] = dwarf_uleb(cursor);
  uint64_t count = dwarf_uleb(cursor);
  for (uint64_t row = 0; row < count && column_count && !cursor->bad; row++) {
    const char *path = "";
    uint64_t folder = 0;
    for (uint64_t i = 0; i < column_count && !cursor->bad; i++) {
      const char *text = "";
      uint64_t number = 0;
      dwarf_form(&unit->forms, cursor, columns[i][1], &text, &number);
      path = columns[i][0] == CONTENT_PATH ? text : path;
      folder = columns[i][0] == CONTENT_FOLDER ? number : folder;
    }
    if (cursor->bad)
      return;
    if (folders)
      VEC_PUSH(&unit->folders, path);
    else
      VEC_PUSH(&unit->files, add_file(lines, unit, path, folder));
  }
}

static void read_old_file(Unit *unit, DumpLines *lines, const char *name) {
  uint64_t folder = dwarf_uleb(&unit->cursor);
  dwarf_uleb(&unit->cursor); // time
  dwarf_uleb(&unit->cursor); // size
  VEC_PUSH(&unit->files, add_file(lines, unit, name, folder));
}

// Versions 2 to 4: strings up to an empty one. Folder 0 is the compiler's own, which only .debug_info names;
// file 0 does not exist.
static void read_old_entries(Unit *unit, DumpLines *lines) {
  VEC_PUSH(&unit->folders, unit->folder);
  for (const char *name; *(name = dwarf_string(&unit->cursor));)
    VEC_PUSH(&unit->folders, name);
  VEC_PUSH(&unit->files, add_file(lines, unit, "", 0));
  for (const char *name; *(name = dwarf_string(&unit->cursor));)
    read_old_file(unit, lines, name);
}

static bool read_header(Unit *unit, DumpLines *lines) {
  DwarfCursor *cursor = &unit->cursor;
  unit->version = (unsigned)dwarf_bytes(cursor, 2);
  if (unit->version < 2 || unit->version > 5)
    return false;
  unit->forms.address_size = 8;
  if (unit->version >= 5) {
    unit->forms.address_size = (unsigned)dwarf_bytes(cursor, 1);
    dwarf_bytes(cursor, 1); // segment selectors
  }
  uint64_t header_length = dwarf_bytes(cursor, unit->forms.offset_size);
  if (header_length > (uint64_t)(cursor->end - cursor->next) || unit->forms.address_size > 8)
    return false;
  const uint8_t *program = cursor->next + header_length;
  unit->minimum_length = dwarf_bytes(cursor, 1);
  if (unit->version >= 4)
    dwarf_bytes(cursor, 1); // operations in an instruction
  dwarf_bytes(cursor, 1);   // whether rows begin statements
  unit->line_base = (int8_t)dwarf_bytes(cursor, 1);
  unit->line_range = (unsigned)dwarf_bytes(cursor, 1);
  unit->opcode_base = (unsigned)dwarf_bytes(cursor, 1);
  for (unsigned i = 1; i < unit->opcode_base; i++)
    unit->opcode_lengths[i] = (uint8_t)dwarf_bytes(cursor, 1);
  if (unit->version >= 5) {
    read_entries(unit, lines, true);
    read_entries(unit, lines, false);
  } else {
    read_old_entries(unit, lines);
  }
  if (cursor->bad || !unit->line_range || !unit->opcode_base)
    return false;
  cursor->next = program;
  return true;
}

typedef struct State {
  uint64_t address;
  uint64_t file;
  uint64_t line;
} State;

enum { // DWARF 5, section 7.22
  COPY = 1,
  ADVANCE_PC = 2,
  ADVANCE_LINE = 3,
  SET_FILE = 4,
  CONST_ADD_PC = 8,
  FIXED_ADVANCE_PC = 9,
  END_SEQUENCE = 1,
  SET_ADDRESS = 2,
  DEFINE_FILE = 3,
};

static void add_row(DumpLines *lines, const Unit *unit, const State *state, bool end) {
  DumpLine row = {
      .address = state->address, .line = state->line <= UINT32_MAX ? (uint32_t)state->line : 0, .end = end};
  if (state->file < unit->files.count)
    row.file = unit->files.data[state->file];
  else
    row.line = 0;
  VEC_PUSH(&lines->rows, row);
}

// Ends a sequence. Rows without any bytes are dropped, so that one of code that the linker threw away leaves
// none.
static void end_sequence(DumpLines *lines, Unit *unit, const State *state) {
  while (lines->rows.count > unit->sequence && VEC_LAST(&lines->rows).address >= state->address)
    lines->rows.count--;
  if (lines->rows.count > unit->sequence)
    add_row(lines, unit, state, true);
  unit->sequence = lines->rows.count;
}

static void run_extended(Unit *unit, DumpLines *lines, State *state) {
  DwarfCursor *cursor = &unit->cursor;
  uint64_t size = dwarf_uleb(cursor);
  if (!size || size > (uint64_t)(cursor->end - cursor->next)) {
    cursor->bad = true;
    return;
  }
  const uint8_t *behind = cursor->next + size;
  switch (dwarf_bytes(cursor, 1)) {
  case END_SEQUENCE:
    end_sequence(lines, unit, state);
    *state = (State){.file = 1, .line = 1};
    break;
  case SET_ADDRESS:
    state->address = dwarf_bytes(cursor, size - 1);
    break;
  case DEFINE_FILE:
    read_old_file(unit, lines, dwarf_string(cursor));
    break;
  default:
    break;
  }
  cursor->next = behind;
}

static void run_standard(Unit *unit, DumpLines *lines, State *state, unsigned opcode) {
  DwarfCursor *cursor = &unit->cursor;
  switch (opcode) {
  case COPY:
    add_row(lines, unit, state, false);
    break;
  case ADVANCE_PC:
    state->address += dwarf_uleb(cursor) * unit->minimum_length;
    break;
  case ADVANCE_LINE:
    state->line += (uint64_t)dwarf_sleb(cursor);
    break;
  case SET_FILE:
    state->file = dwarf_uleb(cursor);
    break;
  case CONST_ADD_PC:
    state->address += (255 - unit->opcode_base) / unit->line_range * unit->minimum_length;
    break;
  case FIXED_ADVANCE_PC:
    state->address += dwarf_bytes(cursor, 2);
    break;
  default:
    for (unsigned i = 0; i < unit->opcode_lengths[opcode]; i++)
      dwarf_uleb(cursor);
  }
}

static void run_program(Unit *unit, DumpLines *lines) {
  DwarfCursor *cursor = &unit->cursor;
  State state = {.file = 1, .line = 1};
  unit->sequence = lines->rows.count;
  while (cursor->next < cursor->end && !cursor->bad) {
    unsigned opcode = (unsigned)dwarf_bytes(cursor, 1);
    if (opcode >= unit->opcode_base) {
      unsigned special = opcode - unit->opcode_base;
      state.address += special / unit->line_range * unit->minimum_length;
      state.line += (uint64_t)(unit->line_base + (int)(special % unit->line_range));
      add_row(lines, unit, &state, false);
    } else if (opcode) {
      run_standard(unit, lines, &state, opcode);
    } else {
      run_extended(unit, lines, &state);
    }
  }
  lines->rows.count = unit->sequence; // a sequence without an end covers nothing
}

static int compare_rows(const void *left, const void *right) {
  const DumpLine *a = left;
  const DumpLine *b = right;
  if (a->address != b->address)
    return a->address < b->address ? -1 : 1;
  if (a->end != b->end) // what ends at an address comes before what begins there
    return a->end ? -1 : 1;
  return 0;
}

// Merges, so that rows of one address keep their order. Sequences are sorted already, so runs are long.
static void sort_rows(DumpLines *lines) {
  size_t count = lines->rows.count;
  DumpLine *from = lines->rows.data;
  bool sorted = true;
  for (size_t i = 1; i < count && sorted; i++)
    sorted = compare_rows(&from[i - 1], &from[i]) <= 0;
  if (sorted)
    return;
  DumpLine *to = checked_malloc(arena_array_size(count, sizeof *to));
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t start = 0; start < count; start += 2 * width) {
      size_t middle = start + width < count ? start + width : count;
      size_t end = middle + width < count ? middle + width : count;
      size_t left = start;
      size_t right = middle;
      for (size_t i = start; i < end; i++)
        to[i] = right >= end || (left < middle && compare_rows(&from[left], &from[right]) <= 0)
                    ? from[left++]
                    : from[right++];
    }
    DumpLine *sorted_rows = to;
    to = from;
    from = sorted_rows;
  }
  if (from != lines->rows.data)
    memcpy(lines->rows.data, from, count * sizeof *from);
  free(from != lines->rows.data ? from : to);
}

static void warn(const DumpFile *file, const DwarfCursor *section, const uint8_t *start) {
  diagnose(file->diagnostics, DIAGNOSTIC_WARNING, place_named(file->name),
           "the line table at .debug_line+0x%zx is damaged or of an unknown version",
           (size_t)(start - section->next));
}

void dump_lines_read(DumpLines *lines, DumpFile *file) {
  DwarfCursor section = dwarf_section(file, ".debug_line");
  DwarfCursor all = section;
  DwarfForms forms = {.strings = dwarf_section(file, ".debug_str"),
                      .line_strings = dwarf_section(file, ".debug_line_str")};
  DwarfFolders folders = {0};
  if (section.next < section.end)
    dwarf_folders_read(&folders, file);
  while (section.next < section.end && !section.bad) {
    const uint8_t *start = section.next;
    Unit unit = {.forms = forms, .folder = dwarf_folder(&folders, (uint64_t)(start - all.next))};
    unit.cursor = dwarf_unit(&section, &unit.forms.offset_size);
    if (!unit.cursor.bad && read_header(&unit, lines))
      run_program(&unit, lines);
    else
      unit.cursor.bad = true;
    if (unit.cursor.bad)
      warn(file, &all, start);
    VEC_FREE(&unit.folders);
    VEC_FREE(&unit.files);
  }
  dwarf_folders_free(&folders);
  sort_rows(lines);
}

void dump_lines_free(DumpLines *lines) {
  VEC_FREE(&lines->rows);
  intern_free(&lines->paths);
}

const DumpLine *dump_line_at(const DumpLines *lines, uint64_t address, uint64_t *until) {
  size_t low = 0;
  size_t high = lines->rows.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (lines->rows.data[middle].address <= address)
      low = middle + 1;
    else
      high = middle;
  }
  *until = low < lines->rows.count ? lines->rows.data[low].address : UINT64_MAX;
  const DumpLine *row = low ? &lines->rows.data[low - 1] : NULL;
  return row && !row->end ? row : NULL;
}
