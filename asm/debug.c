// Debugging information about the assembly source itself (-g): a row of the line table for each instruction
// statement, and a compilation unit with the labels (DWARF 5, chapters 3, 6 and 7).
#include "asm/generate.h"
#include "support/options.h"

#include <dwarf.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>

enum {
  DEBUG_VERSION = 5,
  RANGES_VERSION = 2, // of .debug_aranges
  ADDRESS_SIZE = 8,
  OFFSET_SIZE = 4,
  ABBREVIATION_UNIT = 1,
  ABBREVIATION_LABEL = 2,
  RANGE_LISTS_HEADER = 12,
};

void debug_start(Assembler *assembler, const char *name) {
  assembler->debug = true;
  const char *folder = assembler->options->debug_folder;
  VEC_PUSH(&assembler->line_files,
           ((LineFile){.known = true, .name = asm_intern(assembler, name, strlen(name))}));
  assembler->line_folder = asm_intern(assembler, folder, strlen(folder));
  assembler->has_line_folder = true;
}

void debug_stop(Assembler *assembler) {
  assembler->debug = false;
  assembler->line_pending = false;
  assembler->has_line_folder = false;
  assembler->line_rows.count = 0;
  assembler->line_files.count = 0;
  for (size_t i = 0; i < assembler->line_sections.count; i++)
    assembler->sections.data[assembler->line_sections.data[i]].has_lines = false;
  assembler->line_sections.count = 0;
}

// The place in a file that led to a place: macros count as the statement that uses them.
static TextPlace place_in_file(const Assembler *assembler, TextPlace place) {
  const Buffer *buffer = assembler->buffers.data[place.buffer];
  while (buffer->kind != BUFFER_FILE && buffer->has_parent) {
    place = buffer->parent;
    buffer = assembler->buffers.data[place.buffer];
  }
  return place;
}

// Lines are asked for from front to back, so the count goes on from the latest answer.
static uint32_t line_of(Assembler *assembler, TextPlace place) {
  Buffer *buffer = assembler->buffers.data[place.buffer];
  if (place.offset < buffer->counted)
    buffer->counted = buffer->counted_lines = 0;
  const char *text = buffer->source.text;
  const char *end = text + place.offset;
  for (const char *at = text + buffer->counted; (at = memchr(at, '\n', (size_t)(end - at))); at++)
    buffer->counted_lines++;
  buffer->counted = place.offset;
  return buffer->counted_lines + 1;
}

static uint32_t file_of(Assembler *assembler, uint32_t number) {
  Buffer *buffer = assembler->buffers.data[number];
  if (number && !buffer->line_file) {
    const char *name = buffer->source.name;
    VEC_PUSH(&assembler->line_files,
             ((LineFile){.known = true, .name = asm_intern(assembler, name, strlen(name))}));
    buffer->line_file = (uint32_t)assembler->line_files.count - 1;
  }
  return buffer->line_file;
}

void debug_line(Assembler *assembler) {
  TextPlace place = place_in_file(assembler, place_of(assembler, assembler->statement));
  assembler->line = (LineRow){.file = file_of(assembler, place.buffer),
                              .line = line_of(assembler, place),
                              .flags = LINE_IS_STATEMENT};
  assembler->line_pending = true;
}

// Writing, after layout. False: an object grows beyond its limit.

static void open_section(Assembler *assembler, const char *name) {
  Name interned = asm_intern(assembler, name, strlen(name));
  assembler->position.current = section_named(assembler, interned, SHT_PROGBITS, 0, 0);
}

static bool put_number(Assembler *assembler, uint64_t value, unsigned size) {
  return append_little(assembler, value, size);
}

static bool put_string(Assembler *assembler, const char *text) {
  return append_bytes(assembler, text, strlen(text) + 1);
}

// An offset into another section of debugging information.
static bool put_offset(Assembler *assembler, const char *name, int64_t offset) {
  uint32_t before = assembler->position.current;
  open_section(assembler, name);
  CodePlace start = {.section = assembler->position.current};
  assembler->position.current = before;
  SymbolId label = code_label(assembler, &start);
  symbol_at(assembler, label)->type = SYMBOL_SECTION;
  return put_value(assembler, OFFSET_SIZE, (Value){.constant = offset, .add = label}, (TextPlace){0});
}

static bool put_address_of(Assembler *assembler, SymbolId label) {
  return put_value(assembler, ADDRESS_SIZE, (Value){.add = label}, (TextPlace){0});
}

// Where a section's code begins and ends.
static void section_bounds(Assembler *assembler, uint32_t number, SymbolId *first, SymbolId *end) {
  const AsmSection *section = &assembler->sections.data[number];
  CodePlace begin = {.section = number};
  CodePlace behind = {.section = number, .points = (uint32_t)section->points.count};
  behind.offset = section->size - (section->shift ? (uint64_t)section->shift[section->points.count] : 0);
  *first = code_label(assembler, &begin);
  *end = code_label(assembler, &behind);
}

static bool put_abbreviation(Assembler *assembler, unsigned number, unsigned tag, bool children,
                             const uint8_t (*attributes)[2], size_t count) {
  bool good =
      put_unsigned(assembler, number) && put_unsigned(assembler, tag) && put_number(assembler, children, 1);
  for (size_t i = 0; good && i < count; i++)
    good = put_unsigned(assembler, attributes[i][0]) && put_unsigned(assembler, attributes[i][1]);
  return good && put_number(assembler, 0, 2);
}

static bool put_abbreviations(Assembler *assembler) {
  static const uint8_t unit[][2] = {{DW_AT_stmt_list, DW_FORM_sec_offset}, {DW_AT_ranges, DW_FORM_sec_offset},
                                    {DW_AT_low_pc, DW_FORM_addr},          {DW_AT_name, DW_FORM_string},
                                    {DW_AT_comp_dir, DW_FORM_string},      {DW_AT_producer, DW_FORM_string},
                                    {DW_AT_language, DW_FORM_data2}};
  static const uint8_t label[][2] = {{DW_AT_name, DW_FORM_string},
                                     {DW_AT_decl_file, DW_FORM_udata},
                                     {DW_AT_decl_line, DW_FORM_udata},
                                     {DW_AT_low_pc, DW_FORM_addr}};
  open_section(assembler, ".debug_abbrev");
  return put_abbreviation(assembler, ABBREVIATION_UNIT, DW_TAG_compile_unit, true, unit,
                          sizeof unit / sizeof *unit) &&
         put_abbreviation(assembler, ABBREVIATION_LABEL, DW_TAG_label, false, label,
                          sizeof label / sizeof *label) &&
         put_number(assembler, 0, 1);
}

static int compare_labels(const void *a, const void *b, void *context) {
  const Assembler *assembler = context;
  const AsmSymbol *symbols = assembler->symbols.data;
  TextPlace one = symbols[*(const SymbolId *)a].place;
  TextPlace other = symbols[*(const SymbolId *)b].place;
  uint64_t left = (uint64_t)one.buffer << 32 | one.offset;
  uint64_t right = (uint64_t)other.buffer << 32 | other.offset;
  return left < right ? -1 : left > right;
}

// Labels of code that are not private, in the order of the text.
static SymbolId *code_labels(Assembler *assembler, size_t *count) {
  SymbolId *labels = ARENA_ARRAY(&assembler->arena, SymbolId, assembler->symbols.count);
  *count = 0;
  for (SymbolId id = 1; id < assembler->symbols.count; id++) {
    const AsmSymbol *symbol = symbol_at(assembler, id);
    if (symbol->state == SYMBOL_LABEL && !symbol_is_private(assembler, symbol) &&
        assembler->sections.data[symbol->section].has_lines)
      labels[(*count)++] = id;
  }
  qsort_r(labels, *count, sizeof *labels, compare_labels, assembler);
  return labels;
}

static bool put_label(Assembler *assembler, SymbolId id) {
  TextPlace place = place_in_file(assembler, symbol_at(assembler, id)->place);
  CodePlace at = {.section = symbol_at(assembler, id)->section};
  SymbolId label = code_label(assembler, &at);
  symbol_at(assembler, label)->offset = symbol_at(assembler, id)->offset;
  symbol_at(assembler, label)->points = symbol_at(assembler, id)->points;
  return put_unsigned(assembler, ABBREVIATION_LABEL) && put_string(assembler, symbol_text(assembler, id)) &&
         put_unsigned(assembler, file_of(assembler, place.buffer)) &&
         put_unsigned(assembler, line_of(assembler, place)) && put_address_of(assembler, label);
}

// Completes a length at the beginning of what was put into the current section.
static void set_length(Assembler *assembler, uint64_t start) {
  AsmSection *section = current_section(assembler);
  uint64_t length = section->size - start - OFFSET_SIZE;
  for (unsigned i = 0; i < OFFSET_SIZE; i++)
    section->bytes.data[start + i] = (uint8_t)(length >> 8 * i);
}

static bool put_unit(Assembler *assembler) {
  size_t count;
  SymbolId *labels = code_labels(assembler, &count);
  Text producer = {0};
  text_format(&producer, "kiln-as %s", kiln_version);
  open_section(assembler, ".debug_info");
  uint64_t start = current_section(assembler)->size;
  bool good = put_number(assembler, 0, OFFSET_SIZE) && put_number(assembler, DEBUG_VERSION, 2) &&
              put_number(assembler, DW_UT_compile, 1) && put_number(assembler, ADDRESS_SIZE, 1) &&
              put_offset(assembler, ".debug_abbrev", 0) && put_unsigned(assembler, ABBREVIATION_UNIT) &&
              put_offset(assembler, ".debug_line", 0) &&
              put_offset(assembler, ".debug_rnglists", RANGE_LISTS_HEADER) &&
              put_number(assembler, 0, ADDRESS_SIZE) &&
              put_string(assembler, intern_text(&assembler->names, assembler->line_files.data[0].name)) &&
              put_string(assembler, assembler->options->debug_folder) &&
              put_string(assembler, text_string(&producer)) &&
              put_number(assembler, DW_LANG_Mips_Assembler, 2);
  for (size_t i = 0; good && i < count; i++)
    good = put_label(assembler, labels[i]);
  good = good && put_number(assembler, 0, 1);
  if (good)
    set_length(assembler, start);
  text_free(&producer);
  return good;
}

static bool put_ranges(Assembler *assembler) {
  open_section(assembler, ".debug_rnglists");
  uint64_t start = current_section(assembler)->size;
  bool good = put_number(assembler, 0, OFFSET_SIZE) && put_number(assembler, DEBUG_VERSION, 2) &&
              put_number(assembler, ADDRESS_SIZE, 1) && put_number(assembler, 0, 1) &&
              put_number(assembler, 0, OFFSET_SIZE);
  for (size_t i = 0; good && i < assembler->line_sections.count; i++) {
    SymbolId first;
    SymbolId end;
    section_bounds(assembler, assembler->line_sections.data[i], &first, &end);
    good = put_number(assembler, DW_RLE_start_end, 1) && put_address_of(assembler, first) &&
           put_address_of(assembler, end);
  }
  good = good && put_number(assembler, DW_RLE_end_of_list, 1);
  if (good)
    set_length(assembler, start);
  return good;
}

static bool put_address_ranges(Assembler *assembler) {
  open_section(assembler, ".debug_aranges");
  uint64_t start = current_section(assembler)->size;
  // The pairs are aligned to their size.
  enum { PADDING = 4 };
  bool good = put_number(assembler, 0, OFFSET_SIZE) && put_number(assembler, RANGES_VERSION, 2) &&
              put_offset(assembler, ".debug_info", 0) && put_number(assembler, ADDRESS_SIZE, 1) &&
              put_number(assembler, 0, 1) && put_number(assembler, 0, PADDING);
  for (size_t i = 0; good && i < assembler->line_sections.count; i++) {
    SymbolId first;
    SymbolId end;
    section_bounds(assembler, assembler->line_sections.data[i], &first, &end);
    good = put_address_of(assembler, first) &&
           put_value(assembler, ADDRESS_SIZE, (Value){.add = end, .subtract = first}, (TextPlace){0});
  }
  good = good && put_number(assembler, 0, ADDRESS_SIZE) && put_number(assembler, 0, ADDRESS_SIZE);
  if (good)
    set_length(assembler, start);
  return good;
}

bool debug_generate(Assembler *assembler) {
  if (!assembler->debug || !assembler->line_rows.count)
    return true;
  return put_unit(assembler) && put_abbreviations(assembler) && put_address_ranges(assembler) &&
         put_ranges(assembler);
}
