// Line tables: .file N and .loc, and the .debug_line section made of them (DWARF 5, section 6.2).
#include "asm/directive.h"
#include "asm/generate.h"

#include <dwarf.h>
#include <elf.h>
#include <string.h>

enum {
  LINE_VERSION = 5,
  LINE_BASE = -5,
  LINE_RANGE = 14,
  OPCODE_BASE = 13,
  // How far a special opcode can move the address, and DW_LNS_const_add_pc does.
  SPECIAL_DISTANCE = (255 - OPCODE_BASE) / LINE_RANGE,
  // More than this and DW_LNS_fixed_advance_pc, which has 16 bits, might not hold what the linker makes of
  // it.
  FIXED_ADVANCE_LIMIT = 60000,
  ADDRESS_SIZE = 8,
};

enum { LNCT_PATH = 1, LNCT_DIRECTORY_INDEX = 2, LNCT_MD5 = 5 };
enum { MOST_FILES = 1 << 24 };

static int hexadecimal(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

// 0x and up to 32 digits: 16 bytes, the highest first.
static bool read_checksum(Assembler *assembler, uint8_t *bytes) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  const char *p = at + 2;
  if (at[0] != '0' || (at[1] != 'x' && at[1] != 'X') || hexadecimal(*p) < 0)
    return asm_fail_here(assembler, "expected a checksum of 128 bits, as 0x...");
  memset(bytes, 0, 16);
  for (; hexadecimal(*p) >= 0; p++) {
    if (bytes[0] >> 4)
      return asm_fail(assembler, at, token_length(at), "a checksum has 128 bits");
    for (int i = 0; i < 16; i++)
      bytes[i] = (uint8_t)(bytes[i] << 4 | (i < 15 ? bytes[i + 1] >> 4 : hexadecimal(*p)));
  }
  assembler->cursor = p;
  return true;
}

static uint32_t find_folder(Assembler *assembler, Name name) {
  if (name == NAME_NONE || name == assembler->line_folder)
    return 0;
  for (size_t i = 0; i < assembler->line_folders.count; i++)
    if (assembler->line_folders.data[i] == name)
      return (uint32_t)i + 1;
  VEC_PUSH(&assembler->line_folders, name);
  return (uint32_t)assembler->line_folders.count;
}

// "folder/name" becomes folder and name.
static void split_path(Assembler *assembler, Name *folder, Name *name) {
  const char *text = intern_text(&assembler->names, *name);
  const char *slash = strrchr(text, '/');
  if (!slash || !slash[1])
    return;
  size_t size = slash == text ? 1 : (size_t)(slash - text);
  const char *folder_text = arena_copy_text(&assembler->arena, text, size);
  const char *name_text = arena_copy_text(&assembler->arena, slash + 1, strlen(slash + 1));
  *folder = asm_intern(assembler, folder_text, size);
  *name = asm_intern(assembler, name_text, strlen(name_text));
}

static bool read_file_extras(Assembler *assembler, LineFile *file) {
  while (!at_statement_end(assembler)) {
    const char *at = assembler->cursor;
    size_t size = peek_name(assembler);
    bool checksum = size == 3 && memcmp(at, "md5", 3) == 0;
    bool source = size == 6 && memcmp(at, "source", 6) == 0;
    assembler->cursor += size;
    if (checksum) {
      if (!read_checksum(assembler, file->checksum))
        return false;
      file->has_checksum = true;
    } else if (source) {
      return asm_fail(assembler, at, size, "sources inside line tables are not supported");
    } else {
      return asm_fail(assembler, at, token_length(at), "expected md5");
    }
  }
  return true;
}

static bool same_file(const LineFile *a, const LineFile *b) {
  return a->name == b->name && a->folder == b->folder;
}

// .file N ["folder"] "name" [md5 0x...]
bool line_file(Assembler *assembler) {
  // A text that says itself what its lines are is not described as a text.
  if (assembler->debug)
    debug_stop(assembler);
  const char *at = assembler->cursor;
  int64_t number = 0;
  if (!read_number(assembler, &number))
    return false;
  if (number < 0 || number >= MOST_FILES)
    return asm_fail(assembler, at, token_length(at), "the number of a file is at most %d", MOST_FILES - 1);
  LineFile file = {.known = true};
  Name folder = NAME_NONE;
  skip_space(assembler);
  if (!read_string_name(assembler, &file.name))
    return false;
  skip_space(assembler);
  if (*assembler->cursor == '"') {
    folder = file.name;
    if (!read_string_name(assembler, &file.name))
      return false;
  } else {
    split_path(assembler, &folder, &file.name);
  }
  if (!read_file_extras(assembler, &file))
    return false;
  if (number == 0) {
    assembler->line_folder = folder;
    assembler->has_line_folder = folder != NAME_NONE;
  }
  file.folder = number && (folder != assembler->line_folder || !assembler->has_line_folder)
                    ? find_folder(assembler, folder)
                    : 0;
  while (assembler->line_files.count <= (size_t)number)
    VEC_PUSH(&assembler->line_files, (LineFile){0});
  LineFile *known = &assembler->line_files.data[number];
  if (known->known && number && !same_file(known, &file))
    return asm_fail(assembler, at, token_length(at), "file %d is already another file", (int)number);
  *known = file;
  return true;
}

// The row for a .loc, at the instruction or data that follow it.
void line_flush(Assembler *assembler) {
  LineRow row = assembler->line;
  CodePlace here = code_here(assembler);
  row.at = here;
  VEC_PUSH(&assembler->line_rows, row);
  assembler->line_pending = false;
  AsmSection *section = current_section(assembler);
  if (!section->has_lines) {
    section->has_lines = true;
    VEC_PUSH(&assembler->line_sections, assembler->position.current);
  }
}

static bool word_is(const char *word, size_t size, const char *text) {
  return strlen(text) == size && memcmp(word, text, size) == 0;
}

static bool read_line_number(Assembler *assembler, const char *what, uint32_t *number) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  int64_t value = 0;
  // Most are plain digits; an expression costs more.
  if (is_digit(*at) ? !read_number(assembler, &value) : !read_absolute(assembler, &value))
    return false;
  if (value < 0 || value > UINT32_MAX)
    return asm_fail(assembler, at, token_length(at), "%s does not fit 32 bits", what);
  *number = (uint32_t)value;
  return true;
}

static bool read_loc_option(Assembler *assembler, LineRow *row) {
  const char *at = assembler->cursor;
  size_t size = peek_name(assembler);
  uint32_t number = 0;
  assembler->cursor += size;
  if (word_is(at, size, "basic_block")) {
    row->flags |= LINE_BASIC_BLOCK;
  } else if (word_is(at, size, "prologue_end")) {
    row->flags |= LINE_PROLOGUE_END;
  } else if (word_is(at, size, "epilogue_begin")) {
    row->flags |= LINE_EPILOGUE_BEGIN;
  } else if (word_is(at, size, "is_stmt")) {
    if (!read_line_number(assembler, "is_stmt", &number))
      return false;
    if (number > 1)
      return asm_fail(assembler, at, size, "is_stmt is 0 or 1");
    row->flags = (uint8_t)((row->flags & ~LINE_IS_STATEMENT) | (number ? LINE_IS_STATEMENT : 0));
  } else if (word_is(at, size, "isa")) {
    return read_line_number(assembler, "isa", &row->isa);
  } else if (word_is(at, size, "discriminator")) {
    return read_line_number(assembler, "the discriminator", &row->discriminator);
  } else if (word_is(at, size, "view")) {
    // Numbers of views order rows of one address: they name a symbol or give a number, and change nothing
    // here.
    Value value = {0};
    return read_expression(assembler, &value);
  } else {
    return asm_fail(
        assembler, at, token_length(at),
        "expected basic_block, prologue_end, epilogue_begin, is_stmt, isa, discriminator or view");
  }
  return true;
}

static void set_line(Assembler *assembler, const LineRow *row) {
  assembler->line = *row;
  assembler->line_pending = true;
  assembler->line_started = true;
}

static LineRow new_line(const Assembler *assembler) {
  return (LineRow){.flags = assembler->line_started ? assembler->line.flags & LINE_IS_STATEMENT
                                                    : LINE_IS_STATEMENT};
}

bool line_place(Assembler *assembler, uint32_t file, uint32_t line, uint32_t column) {
  if (file >= assembler->line_files.count || !assembler->line_files.data[file].known)
    return false;
  if (assembler->line_pending)
    line_flush(assembler);
  LineRow row = new_line(assembler);
  row.file = file;
  row.line = line;
  row.column = column;
  set_line(assembler, &row);
  return true;
}

// .loc file line [column] [options]
bool directive_loc(Assembler *assembler, int argument) {
  (void)argument;
  if (assembler->line_pending)
    line_flush(assembler);
  LineRow row = new_line(assembler);
  skip_space(assembler);
  const char *at = assembler->cursor;
  if (!read_line_number(assembler, "the file", &row.file) ||
      !read_line_number(assembler, "the line", &row.line))
    return false;
  if (row.file >= assembler->line_files.count || !assembler->line_files.data[row.file].known)
    return asm_fail(assembler, at, token_length(at), "no .file has this number");
  skip_space(assembler);
  if (is_digit(*assembler->cursor) && !read_line_number(assembler, "the column", &row.column))
    return false;
  while (!at_statement_end(assembler))
    if (!read_loc_option(assembler, &row))
      return false;
  set_line(assembler, &row);
  return true;
}

// Writing.

static bool put_byte(Assembler *assembler, unsigned byte) {
  return append_little(assembler, byte, 1);
}

static bool put_opcode(Assembler *assembler, unsigned opcode, uint64_t operand) {
  return put_byte(assembler, opcode) && put_unsigned(assembler, operand);
}

static bool put_end(Assembler *assembler) {
  return put_byte(assembler, 0) && put_byte(assembler, 1) && put_byte(assembler, DW_LNE_end_sequence);
}

static bool put_address(Assembler *assembler, const CodePlace *at) {
  Value value = {.add = code_label(assembler, at)};
  return put_byte(assembler, 0) && put_unsigned(assembler, 1 + ADDRESS_SIZE) &&
         put_byte(assembler, DW_LNE_set_address) && put_value(assembler, ADDRESS_SIZE, value, (TextPlace){0});
}

// Moves to the next row: by a special opcode where one is enough.
static bool put_step(Assembler *assembler, int64_t lines, uint64_t distance) {
  int64_t special = lines - LINE_BASE;
  bool copy = false;
  if (special < 0 || special >= LINE_RANGE || special + OPCODE_BASE > 255) {
    if (!put_byte(assembler, DW_LNS_advance_line) || !put_signed(assembler, lines))
      return false;
    lines = 0;
    special = -LINE_BASE;
    copy = true;
  }
  if (!lines && !distance)
    return put_byte(assembler, DW_LNS_copy);
  special += OPCODE_BASE;
  if (distance < 256 + SPECIAL_DISTANCE) {
    uint64_t opcode = (uint64_t)special + distance * LINE_RANGE;
    if (opcode <= 255)
      return put_byte(assembler, (unsigned)opcode);
    opcode = (uint64_t)special + (distance - SPECIAL_DISTANCE) * LINE_RANGE;
    if (distance >= SPECIAL_DISTANCE && opcode <= 255)
      return put_byte(assembler, DW_LNS_const_add_pc) && put_byte(assembler, (unsigned)opcode);
  }
  return put_opcode(assembler, DW_LNS_advance_pc, distance) &&
         put_byte(assembler, copy ? DW_LNS_copy : (unsigned)special);
}

// The address moves by what the linker will make of the distance.
static bool put_relaxed_distance(Assembler *assembler, const CodePlace *from, const CodePlace *to) {
  if (code_offset(assembler, to) - code_offset(assembler, from) > FIXED_ADVANCE_LIMIT)
    return put_address(assembler, to);
  Value distance = {.add = code_label(assembler, to), .subtract = code_label(assembler, from)};
  return put_byte(assembler, DW_LNS_fixed_advance_pc) && put_value(assembler, 2, distance, (TextPlace){0});
}

static bool put_move(Assembler *assembler, int64_t lines, const CodePlace *from, const CodePlace *to) {
  if (!from)
    return put_address(assembler, to) && put_step(assembler, lines, 0);
  if (code_distance_is_fixed(assembler, from, to))
    return put_step(assembler, lines, code_offset(assembler, to) - code_offset(assembler, from));
  return put_byte(assembler, DW_LNS_advance_line) && put_signed(assembler, lines) &&
         put_relaxed_distance(assembler, from, to) && put_byte(assembler, DW_LNS_copy);
}

static bool put_sequence_end(Assembler *assembler, const CodePlace *from, const CodePlace *to) {
  uint64_t distance = code_offset(assembler, to) - code_offset(assembler, from);
  if (!code_distance_is_fixed(assembler, from, to))
    return put_relaxed_distance(assembler, from, to) && put_end(assembler);
  bool good = true;
  if (distance == SPECIAL_DISTANCE)
    good = put_byte(assembler, DW_LNS_const_add_pc);
  else if (distance)
    good = put_opcode(assembler, DW_LNS_advance_pc, distance);
  return good && put_end(assembler);
}

static bool put_discriminator(Assembler *assembler, uint32_t discriminator) {
  uint8_t bytes[10];
  unsigned size = encode_unsigned(discriminator, bytes);
  return put_byte(assembler, 0) && put_unsigned(assembler, 1 + size) &&
         put_byte(assembler, DW_LNE_set_discriminator) && append_bytes(assembler, bytes, size);
}

// What the state machine's registers must change to before a row.
static bool put_registers(Assembler *assembler, const LineRow *before, const LineRow *row) {
  return (row->file == before->file || put_opcode(assembler, DW_LNS_set_file, row->file)) &&
         (row->column == before->column || put_opcode(assembler, DW_LNS_set_column, row->column)) &&
         (!row->discriminator || put_discriminator(assembler, row->discriminator)) &&
         (row->isa == before->isa || put_opcode(assembler, DW_LNS_set_isa, row->isa)) &&
         (!((row->flags ^ before->flags) & LINE_IS_STATEMENT) || put_byte(assembler, DW_LNS_negate_stmt)) &&
         (!(row->flags & LINE_BASIC_BLOCK) || put_byte(assembler, DW_LNS_set_basic_block)) &&
         (!(row->flags & LINE_PROLOGUE_END) || put_byte(assembler, DW_LNS_set_prologue_end)) &&
         (!(row->flags & LINE_EPILOGUE_BEGIN) || put_byte(assembler, DW_LNS_set_epilogue_begin));
}

// The rows of one section, linked by `next`, and the sequence's end at the section's.
static bool put_sequence(Assembler *assembler, uint32_t section, const uint32_t *next, uint32_t first) {
  LineRow before = {.file = 1, .line = 1, .flags = LINE_IS_STATEMENT};
  const CodePlace *from = NULL;
  for (uint32_t i = first; i != UINT32_MAX; i = next[i]) {
    const LineRow *row = &assembler->line_rows.data[i];
    if (!put_registers(assembler, &before, row) ||
        !put_move(assembler, (int64_t)row->line - (int64_t)before.line, from, &row->at))
      return false;
    before = *row;
    from = &row->at;
  }
  const AsmSection *code = &assembler->sections.data[section];
  CodePlace end = {.section = section, .points = (uint32_t)code->points.count};
  end.offset = code->size - (code->shift ? (uint64_t)code->shift[code->points.count] : 0);
  return put_sequence_end(assembler, from, &end);
}

typedef struct LineStrings {
  VEC(uint32_t) offset_of; // by Name; + 1
  uint32_t section;        // .debug_line_str
  SymbolId start;          // its first byte
} LineStrings;

// A reference to a text of .debug_line_str, which it is added to when it is new.
static bool put_text(Assembler *assembler, LineStrings *strings, Name name) {
  while (strings->offset_of.count <= name)
    VEC_PUSH(&strings->offset_of, 0);
  if (!strings->offset_of.data[name]) {
    const char *text = intern_text(&assembler->names, name);
    uint32_t before = assembler->position.current;
    assembler->position.current = strings->section;
    strings->offset_of.data[name] = (uint32_t)current_section(assembler)->size + 1;
    bool good = append_bytes(assembler, text, strlen(text) + 1);
    assembler->position.current = before;
    if (!good)
      return false;
  }
  Value value = {.constant = strings->offset_of.data[name] - 1, .add = strings->start};
  return put_value(assembler, 4, value, (TextPlace){0});
}

static bool put_folders(Assembler *assembler, LineStrings *strings) {
  Name first = assembler->has_line_folder ? assembler->line_folder : asm_intern(assembler, "", 0);
  // Without .file 0 its folder is that of the first file, as far as anyone can tell.
  const LineFile *file = assembler->line_files.count > 1 ? &assembler->line_files.data[1] : NULL;
  if (!assembler->has_line_folder && file && file->known && file->folder)
    first = assembler->line_folders.data[file->folder - 1];
  bool good = put_byte(assembler, 1) && put_unsigned(assembler, LNCT_PATH) &&
              put_unsigned(assembler, DW_FORM_line_strp) &&
              put_unsigned(assembler, 1 + assembler->line_folders.count) &&
              put_text(assembler, strings, first);
  for (size_t i = 0; good && i < assembler->line_folders.count; i++)
    good = put_text(assembler, strings, assembler->line_folders.data[i]);
  return good;
}

static bool put_files(Assembler *assembler, LineStrings *strings) {
  size_t count = assembler->line_files.count;
  LineFile *files = assembler->line_files.data;
  // File 0 is the file compiled: the first one when nothing else was said.
  if (!files[0].known && count > 1)
    files[0] = files[1];
  bool checksums = true;
  for (size_t i = 0; i < count; i++)
    checksums = checksums && files[i].has_checksum;
  bool good = put_byte(assembler, checksums ? 3 : 2) && put_unsigned(assembler, LNCT_PATH) &&
              put_unsigned(assembler, DW_FORM_line_strp) && put_unsigned(assembler, LNCT_DIRECTORY_INDEX) &&
              put_unsigned(assembler, DW_FORM_udata);
  if (checksums)
    good = good && put_unsigned(assembler, LNCT_MD5) && put_unsigned(assembler, DW_FORM_data16);
  good = good && put_unsigned(assembler, count);
  Name unknown = asm_intern(assembler, "", 0);
  for (size_t i = 0; good && i < count; i++) {
    Name name = files[i].known ? files[i].name : unknown;
    good = put_text(assembler, strings, name) && put_unsigned(assembler, files[i].folder) &&
           (!checksums || append_bytes(assembler, files[i].checksum, sizeof files[i].checksum));
  }
  return good;
}

static void patch_word(Assembler *assembler, uint64_t at, uint64_t value) {
  AsmSection *section = current_section(assembler);
  for (unsigned i = 0; i < 4; i++)
    section->bytes.data[at + i] = (uint8_t)(value >> 8 * i);
}

static bool put_header(Assembler *assembler, LineStrings *strings) {
  static const uint8_t operand_counts[OPCODE_BASE - 1] = {0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1};
  bool good = append_little(assembler, 0, 4) && append_little(assembler, LINE_VERSION, 2) &&
              put_byte(assembler, ADDRESS_SIZE) && put_byte(assembler, 0);
  uint64_t length_at = current_section(assembler)->size;
  // Instructions are counted in bytes, one operation in each, and begin a statement unless said otherwise.
  good = good && append_little(assembler, 0, 4) && put_byte(assembler, 1) && put_byte(assembler, 1) &&
         put_byte(assembler, 1) && put_byte(assembler, LINE_BASE & 0xff) && put_byte(assembler, LINE_RANGE) &&
         put_byte(assembler, OPCODE_BASE) && append_bytes(assembler, operand_counts, sizeof operand_counts) &&
         put_folders(assembler, strings) && put_files(assembler, strings);
  if (good)
    patch_word(assembler, length_at, current_section(assembler)->size - length_at - 4);
  return good;
}

static bool put_sequences(Assembler *assembler) {
  size_t count = assembler->line_rows.count;
  uint32_t *next = ARENA_ARRAY(&assembler->arena, uint32_t, count + 1);
  uint32_t *first = ARENA_ARRAY(&assembler->arena, uint32_t, assembler->sections.count);
  memset(first, 0xff, assembler->sections.count * sizeof *first);
  for (size_t i = count; i-- > 0;) {
    uint32_t section = assembler->line_rows.data[i].at.section;
    next[i] = first[section];
    first[section] = (uint32_t)i;
  }
  bool good = true;
  for (size_t i = 0; good && i < assembler->line_sections.count; i++) {
    uint32_t section = assembler->line_sections.data[i];
    good = put_sequence(assembler, section, next, first[section]);
  }
  return good;
}

bool lines_generate(Assembler *assembler) {
  if (!assembler->line_files.count)
    return true;
  LineStrings strings = {.section = section_named(assembler, asm_intern(assembler, ".debug_line_str", 15),
                                                  SHT_PROGBITS, SHF_MERGE | SHF_STRINGS, 1)};
  CodePlace start = {.section = strings.section};
  strings.start = code_label(assembler, &start);
  symbol_at(assembler, strings.start)->type = SYMBOL_SECTION;
  assembler->position.current =
      section_named(assembler, asm_intern(assembler, ".debug_line", 11), SHT_PROGBITS, 0, 0);
  uint64_t at = current_section(assembler)->size;
  bool good = put_header(assembler, &strings) && put_sequences(assembler);
  if (good)
    patch_word(assembler, at, current_section(assembler)->size - at - 4);
  VEC_FREE(&strings.offset_of);
  return good;
}
