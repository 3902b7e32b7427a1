// The line tables of .debug_line: DWARF versions 2 to 5 (DWARF 5, section 6.2). The tables of an object are
// not linked yet: their relocations are applied to a copy first.
#include "asm/objdump_internal.h"

#include <stdlib.h>

typedef struct Cursor {
  const uint8_t *next;
  const uint8_t *end;
  bool bad; // it went beyond the end
} Cursor;

static uint64_t read_bytes(Cursor *cursor, size_t size) {
  uint64_t value = 0;
  if (size > (size_t)(cursor->end - cursor->next)) {
    cursor->bad = true;
    cursor->next = cursor->end;
    return 0;
  }
  for (size_t i = 0; i < size && i < 8; i++)
    value |= (uint64_t)cursor->next[i] << 8 * i;
  cursor->next += size;
  return value;
}

static uint64_t read_uleb(Cursor *cursor) {
  uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    uint8_t byte = (uint8_t)read_bytes(cursor, 1);
    if (shift < 64)
      value |= (uint64_t)(byte & 0x7f) << shift;
    if (!(byte & 0x80))
      return value;
  }
}

static int64_t read_sleb(Cursor *cursor) {
  uint64_t value = 0;
  for (unsigned shift = 0;;) {
    uint8_t byte = (uint8_t)read_bytes(cursor, 1);
    if (shift < 64)
      value |= (uint64_t)(byte & 0x7f) << shift;
    shift += 7;
    if (byte & 0x80)
      continue;
    if (shift < 64 && (byte & 0x40))
      value |= UINT64_MAX << shift;
    return (int64_t)value;
  }
}

static const char *read_string(Cursor *cursor) {
  const uint8_t *end = memchr(cursor->next, 0, (size_t)(cursor->end - cursor->next));
  const char *text = (const char *)cursor->next;
  if (!end) {
    cursor->bad = true;
    cursor->next = cursor->end;
    return "";
  }
  cursor->next = end + 1;
  return text;
}

// ---- Sections with their relocations applied

uint64_t dump_line_address(const DumpFile *file, uint32_t section, uint64_t address) {
  enum { SECTION_SHIFT = 40 };
  return file->relocatable ? address + ((uint64_t)section << SECTION_SHIFT) : address;
}

static uint64_t symbol_address(const DumpFile *file, uint64_t number) {
  if (number >= file->symbol_count)
    return 0;
  const DumpSymbol *symbol = &file->symbols[number];
  bool placed = symbol->section < file->section_count && (file->sections[symbol->section].flags & SHF_ALLOC);
  return placed ? dump_line_address(file, symbol->section, symbol->value) : symbol->value;
}

static void add_bits(uint8_t *at, unsigned bits, uint64_t value, bool set) {
  uint64_t old = 0;
  unsigned bytes = (bits + 7) / 8;
  memcpy(&old, at, bytes);
  uint64_t mask = bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
  uint64_t result = (old & ~mask) | ((set ? value : old + value) & mask);
  memcpy(at, &result, bytes);
}

// The relocations that data may have (RISC-V psABI, "Relocations").
static void apply(uint8_t *data, uint64_t size, const Elf64_Rela *relocation, uint64_t value) {
  static const struct {
    const char *name;
    uint8_t bits;
    int8_t sign; // 0: set
  } kinds[] = {{"R_RISCV_32", 32, 0},     {"R_RISCV_64", 64, 0},     {"R_RISCV_ADD8", 8, 1},
               {"R_RISCV_ADD16", 16, 1},  {"R_RISCV_ADD32", 32, 1},  {"R_RISCV_ADD64", 64, 1},
               {"R_RISCV_SUB8", 8, -1},   {"R_RISCV_SUB16", 16, -1}, {"R_RISCV_SUB32", 32, -1},
               {"R_RISCV_SUB64", 64, -1}, {"R_RISCV_SET6", 6, 0},    {"R_RISCV_SUB6", 6, -1},
               {"R_RISCV_SET8", 8, 0},    {"R_RISCV_SET16", 16, 0},  {"R_RISCV_SET32", 32, 0}};
  const char *name = isa_relocation_name(ELF64_R_TYPE(relocation->r_info));
  for (size_t i = 0; name && i < sizeof kinds / sizeof kinds[0]; i++) {
    if (strcmp(name, kinds[i].name) != 0)
      continue;
    unsigned bytes = (kinds[i].bits + 7U) / 8;
    if (relocation->r_offset <= size && bytes <= size - relocation->r_offset)
      add_bits(data + relocation->r_offset, kinds[i].bits, kinds[i].sign < 0 ? 0 - value : value,
               !kinds[i].sign);
  }
}

static Cursor open_section(DumpFile *file, const char *name) {
  for (uint32_t i = 1; i < file->section_count; i++) {
    const DumpSection *section = &file->sections[i];
    if (strcmp(section->name, name) != 0 || !section->data || (section->flags & SHF_COMPRESSED))
      continue;
    DumpRelocations relocations = dump_relocations(file, i);
    if (!file->relocatable || !relocations.count)
      return (Cursor){section->data, section->data + section->size, false};
    uint8_t *copy = arena_alloc(&file->arena, section->size, 1);
    memcpy(copy, section->data, section->size);
    for (size_t j = 0; j < relocations.count; j++) {
      Elf64_Rela relocation = dump_relocation(relocations, j);
      apply(copy, section->size, &relocation,
            symbol_address(file, ELF64_R_SYM(relocation.r_info)) + (uint64_t)relocation.r_addend);
    }
    return (Cursor){copy, copy + section->size, false};
  }
  static const uint8_t nothing[1];
  return (Cursor){nothing, nothing, false};
}

// ---- Units

typedef struct Unit {
  Cursor cursor;
  Cursor strings;      // .debug_str
  Cursor line_strings; // .debug_line_str
  unsigned version;
  unsigned offset_size;
  unsigned address_size;
  uint64_t minimum_length;
  int line_base;
  unsigned line_range;
  unsigned opcode_base;
  uint8_t opcode_lengths[256];
  VEC(const char *) folders;
  VEC(Name) files;
  size_t sequence; // its first row in DumpLines
} Unit;

static const char *string_at(const Cursor *section, uint64_t offset) {
  if (offset >= (uint64_t)(section->end - section->next))
    return "";
  const char *text = (const char *)section->next + offset;
  return memchr(text, 0, (size_t)(section->end - section->next) - offset) ? text : "";
}

static Name add_file(DumpLines *lines, const Unit *unit, const char *name, uint64_t folder) {
  const char *in = folder < unit->folders.count ? unit->folders.data[folder] : "";
  const char *base = unit->version >= 5 && unit->folders.count ? unit->folders.data[0] : "";
  Text path = {0};
  if (*name != '/' && *in) {
    if (*in != '/' && in != base && *base)
      text_format(&path, "%s/", base);
    text_format(&path, "%s/", in);
  }
  text_append_string(&path, name);
  Name found = intern(&lines->paths, text_string(&path), path.count);
  text_free(&path);
  return found;
}

enum { // DWARF 5, sections 7.5.6 and 7.22
  FORM_BLOCK = 0x09,
  FORM_DATA1 = 0x0b,
  FORM_DATA2 = 0x05,
  FORM_DATA4 = 0x06,
  FORM_DATA8 = 0x07,
  FORM_DATA16 = 0x1e,
  FORM_STRING = 0x08,
  FORM_STRP = 0x0e,
  FORM_LINE_STRP = 0x1f,
  FORM_UDATA = 0x0f,
  CONTENT_PATH = 1,
  CONTENT_FOLDER = 2,
};

// A value of a form: a text or a number.
static void read_form(Unit *unit, uint64_t form, const char **text, uint64_t *number) {
  Cursor *cursor = &unit->cursor;
  switch (form) {
  case FORM_STRING:
    *text = read_string(cursor);
    break;
  case FORM_STRP:
    *text = string_at(&unit->strings, read_bytes(cursor, unit->offset_size));
    break;
  case FORM_LINE_STRP:
    *text = string_at(&unit->line_strings, read_bytes(cursor, unit->offset_size));
    break;
  case FORM_DATA1:
    *number = read_bytes(cursor, 1);
    break;
  case FORM_DATA2:
    *number = read_bytes(cursor, 2);
    break;
  case FORM_DATA4:
    *number = read_bytes(cursor, 4);
    break;
  case FORM_DATA8:
    *number = read_bytes(cursor, 8);
    break;
  case FORM_DATA16:
    read_bytes(cursor, 16);
    break;
  case FORM_UDATA:
    *number = read_uleb(cursor);
    break;
  case FORM_BLOCK:
    read_bytes(cursor, read_uleb(cursor));
    break;
  default:
    cursor->bad = true; // its size is not known
  }
}

// The folders or files of version 5: descriptions of the columns, then rows.
static void read_entries(Unit *unit, DumpLines *lines, bool folders) {
  enum { MOST_COLUMNS = 16 };
  Cursor *cursor = &unit->cursor;
  uint64_t columns[MOST_COLUMNS][2];
  uint64_t column_count = read_bytes(cursor, 1);
  if (column_count > MOST_COLUMNS) {
    cursor->bad = true;
    return;
  }
  for (uint64_t i = 0; i < column_count; i++)
    for (unsigned j = 0; j < 2; j++)
      columns[i][j] = read_uleb(cursor);
  uint64_t count = read_uleb(cursor);
  for (uint64_t row = 0; row < count && column_count && !cursor->bad; row++) {
    const char *path = "";
    uint64_t folder = 0;
    for (uint64_t i = 0; i < column_count && !cursor->bad; i++) {
      const char *text = "";
      uint64_t number = 0;
      read_form(unit, columns[i][1], &text, &number);
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
  uint64_t folder = read_uleb(&unit->cursor);
  read_uleb(&unit->cursor); // time
  read_uleb(&unit->cursor); // size
  VEC_PUSH(&unit->files, add_file(lines, unit, name, folder));
}

// Versions 2 to 4: strings up to an empty one. Folder 0 is the compiler's own, which only .debug_info names;
// file 0 does not exist.
static void read_old_entries(Unit *unit, DumpLines *lines) {
  VEC_PUSH(&unit->folders, "");
  for (const char *name; *(name = read_string(&unit->cursor));)
    VEC_PUSH(&unit->folders, name);
  VEC_PUSH(&unit->files, add_file(lines, unit, "", 0));
  for (const char *name; *(name = read_string(&unit->cursor));)
    read_old_file(unit, lines, name);
}

static bool read_header(Unit *unit, DumpLines *lines) {
  Cursor *cursor = &unit->cursor;
  unit->version = (unsigned)read_bytes(cursor, 2);
  if (unit->version < 2 || unit->version > 5)
    return false;
  unit->address_size = 8;
  if (unit->version >= 5) {
    unit->address_size = (unsigned)read_bytes(cursor, 1);
    read_bytes(cursor, 1); // segment selectors
  }
  uint64_t header_length = read_bytes(cursor, unit->offset_size);
  if (header_length > (uint64_t)(cursor->end - cursor->next) || unit->address_size > 8)
    return false;
  const uint8_t *program = cursor->next + header_length;
  unit->minimum_length = read_bytes(cursor, 1);
  if (unit->version >= 4)
    read_bytes(cursor, 1); // operations in an instruction
  read_bytes(cursor, 1);   // whether rows begin statements
  unit->line_base = (int8_t)read_bytes(cursor, 1);
  unit->line_range = (unsigned)read_bytes(cursor, 1);
  unit->opcode_base = (unsigned)read_bytes(cursor, 1);
  for (unsigned i = 1; i < unit->opcode_base; i++)
    unit->opcode_lengths[i] = (uint8_t)read_bytes(cursor, 1);
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
  Cursor *cursor = &unit->cursor;
  uint64_t size = read_uleb(cursor);
  if (!size || size > (uint64_t)(cursor->end - cursor->next)) {
    cursor->bad = true;
    return;
  }
  const uint8_t *behind = cursor->next + size;
  switch (read_bytes(cursor, 1)) {
  case END_SEQUENCE:
    end_sequence(lines, unit, state);
    *state = (State){.file = 1, .line = 1};
    break;
  case SET_ADDRESS:
    state->address = read_bytes(cursor, size - 1);
    break;
  case DEFINE_FILE:
    read_old_file(unit, lines, read_string(cursor));
    break;
  default:
    break;
  }
  cursor->next = behind;
}

static void run_standard(Unit *unit, DumpLines *lines, State *state, unsigned opcode) {
  Cursor *cursor = &unit->cursor;
  switch (opcode) {
  case COPY:
    add_row(lines, unit, state, false);
    break;
  case ADVANCE_PC:
    state->address += read_uleb(cursor) * unit->minimum_length;
    break;
  case ADVANCE_LINE:
    state->line += (uint64_t)read_sleb(cursor);
    break;
  case SET_FILE:
    state->file = read_uleb(cursor);
    break;
  case CONST_ADD_PC:
    state->address += (255 - unit->opcode_base) / unit->line_range * unit->minimum_length;
    break;
  case FIXED_ADVANCE_PC:
    state->address += read_bytes(cursor, 2);
    break;
  default:
    for (unsigned i = 0; i < unit->opcode_lengths[opcode]; i++)
      read_uleb(cursor);
  }
}

static void run_program(Unit *unit, DumpLines *lines) {
  Cursor *cursor = &unit->cursor;
  State state = {.file = 1, .line = 1};
  unit->sequence = lines->rows.count;
  while (cursor->next < cursor->end && !cursor->bad) {
    unsigned opcode = (unsigned)read_bytes(cursor, 1);
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

static void warn(const DumpFile *file, const Cursor *section, const uint8_t *start) {
  diagnose(file->diagnostics, DIAGNOSTIC_WARNING, place_named(file->name),
           "the line table at .debug_line+0x%zx is damaged or of an unknown version",
           (size_t)(start - section->next));
}

void dump_lines_read(DumpLines *lines, DumpFile *file) {
  Cursor section = open_section(file, ".debug_line");
  Cursor all = section;
  Cursor strings = open_section(file, ".debug_str");
  Cursor line_strings = open_section(file, ".debug_line_str");
  while (section.next < section.end) {
    const uint8_t *start = section.next;
    Unit unit = {.strings = strings, .line_strings = line_strings, .offset_size = 4};
    uint64_t size = read_bytes(&section, 4);
    if (size == UINT32_MAX) {
      unit.offset_size = 8;
      size = read_bytes(&section, 8);
    }
    if (section.bad || size > (uint64_t)(section.end - section.next)) {
      warn(file, &all, start);
      break;
    }
    unit.cursor = (Cursor){section.next, section.next + size, false};
    section.next += size;
    if (read_header(&unit, lines))
      run_program(&unit, lines);
    else
      unit.cursor.bad = true;
    if (unit.cursor.bad)
      warn(file, &all, start);
    VEC_FREE(&unit.folders);
    VEC_FREE(&unit.files);
  }
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
