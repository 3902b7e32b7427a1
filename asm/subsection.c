// Numbered subsections: each is laid down by itself and stands in its section, by number, when the text has
// been read.
#include "asm/internal.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

uint32_t section_piece(Assembler *assembler, uint32_t section, uint32_t number) {
  uint32_t whole = section_whole(assembler, section);
  uint32_t before = whole;
  uint32_t next = assembler->sections.data[whole].next_piece;
  if (!number)
    return whole;
  while (next && assembler->sections.data[next].piece_number < number) {
    before = next;
    next = assembler->sections.data[next].next_piece;
  }
  if (next && assembler->sections.data[next].piece_number == number)
    return next;
  const AsmSection *from = &assembler->sections.data[whole];
  AsmSection piece = {.name = from->name,
                      .key = from->key,
                      .type = from->type,
                      .flags = from->flags,
                      .entry_size = from->entry_size,
                      .alignment = 1,
                      .piece_of = whole,
                      .piece_number = number,
                      .next_piece = next};
  VEC_PUSH(&assembler->sections, piece);
  uint32_t made = (uint32_t)assembler->sections.count - 1;
  assembler->sections.data[before].next_piece = made;
  return made;
}

// Puts a piece's contents behind what its section has. Paddings then are wrong until layout measures them
// again.
static void join_piece(AsmSection *whole, AsmSection *piece) {
  // Layout knows nothing of paddings without contents: those of the piece stay right when it begins aligned.
  bool nobits = whole->type == SHT_NOBITS;
  if (nobits)
    whole->size = (whole->size + piece->alignment - 1) & ~(piece->alignment - 1);
  uint32_t offset = (uint32_t)whole->size;
  uint32_t points = (uint32_t)whole->points.count;
  uint32_t fixups = (uint32_t)whole->fixups.count;
  piece->joined_offset = whole->size;
  piece->joined_points = points;
  if (piece->bytes.count) {
    VEC_RESERVE(&whole->bytes, piece->bytes.count);
    memcpy(whole->bytes.data + whole->bytes.count, piece->bytes.data, piece->bytes.count);
    whole->bytes.count += piece->bytes.count;
  }
  whole->size += piece->size;
  for (size_t i = 0; i < piece->fixups.count; i++) {
    Fixup fixup = piece->fixups.data[i];
    fixup.offset += offset;
    fixup.points += points;
    VEC_PUSH(&whole->fixups, fixup);
  }
  for (size_t i = 0; i < piece->points.count; i++) {
    Point point = piece->points.data[i];
    point.offset += offset;
    point.fixup += fixups;
    VEC_PUSH(&whole->points, point);
  }
  for (size_t i = 0; i < piece->requests.count; i++)
    VEC_PUSH(&whole->requests, piece->requests.data[i]);
  if (whole->alignment < piece->alignment)
    whole->alignment = piece->alignment;
  whole->has_code = whole->has_code || piece->has_code;
  whole->has_numbers = whole->has_numbers || piece->has_numbers;
  whole->has_lines = whole->has_lines || piece->has_lines;
  whole->relaxable = whole->relaxable || piece->relaxable;
  whole->joined = !nobits;
}

static void move_place(const Assembler *assembler, CodePlace *place) {
  const AsmSection *piece = &assembler->sections.data[place->section];
  if (!piece->piece_of)
    return;
  place->offset += piece->joined_offset;
  place->points += piece->joined_points;
  place->section = piece->piece_of;
}

static void move_symbols(Assembler *assembler) {
  for (SymbolId id = 1; id < assembler->symbols.count; id++) {
    AsmSymbol *symbol = symbol_at(assembler, id);
    if (symbol->state != SYMBOL_LABEL)
      continue;
    CodePlace place = {.section = symbol->section, .points = symbol->points, .offset = symbol->offset};
    move_place(assembler, &place);
    symbol->section = place.section;
    symbol->points = place.points;
    symbol->offset = place.offset;
  }
}

typedef struct OrderedRow {
  LineRow row;
  size_t number;
} OrderedRow;

static int compare_rows(const void *a, const void *b) {
  const OrderedRow *one = a;
  const OrderedRow *other = b;
  if (one->row.at.section != other->row.at.section)
    return one->row.at.section < other->row.at.section ? -1 : 1;
  if (one->row.at.offset != other->row.at.offset)
    return one->row.at.offset < other->row.at.offset ? -1 : 1;
  return one->number < other->number ? -1 : 1;
}

// The rows of a section go upwards.
static void move_rows(Assembler *assembler) {
  size_t count = assembler->line_rows.count;
  OrderedRow *rows = ARENA_ARRAY(&assembler->arena, OrderedRow, count + 1);
  for (size_t i = 0; i < count; i++) {
    move_place(assembler, &assembler->line_rows.data[i].at);
    rows[i] = (OrderedRow){assembler->line_rows.data[i], i};
  }
  qsort(rows, count, sizeof *rows, compare_rows);
  for (size_t i = 0; i < count; i++)
    assembler->line_rows.data[i] = rows[i].row;
  size_t kept = 0;
  for (size_t i = 0; i < assembler->line_sections.count; i++) {
    uint32_t whole = section_whole(assembler, assembler->line_sections.data[i]);
    size_t j = 0;
    while (j < kept && assembler->line_sections.data[j] != whole)
      j++;
    if (j == kept)
      assembler->line_sections.data[kept++] = whole;
  }
  assembler->line_sections.count = kept;
}

void subsections_join(Assembler *assembler) {
  bool any = false;
  for (uint32_t i = 1; i < assembler->sections.count; i++) {
    if (assembler->sections.data[i].piece_of)
      continue;
    for (uint32_t piece = assembler->sections.data[i].next_piece; piece;
         piece = assembler->sections.data[piece].next_piece) {
      join_piece(&assembler->sections.data[i], &assembler->sections.data[piece]);
      any = true;
    }
  }
  if (!any)
    return;
  move_symbols(assembler);
  for (size_t i = 0; i < assembler->call_frames.count; i++) {
    move_place(assembler, &assembler->call_frames.data[i].begin);
    move_place(assembler, &assembler->call_frames.data[i].end);
  }
  for (size_t i = 0; i < assembler->frame_operations.count; i++)
    move_place(assembler, &assembler->frame_operations.data[i].at);
  move_rows(assembler);
  // What is a piece is nothing by itself any more.
  for (uint32_t i = 1; i < assembler->sections.count; i++) {
    AsmSection *piece = &assembler->sections.data[i];
    if (!piece->piece_of)
      continue;
    VEC_FREE(&piece->bytes);
    VEC_FREE(&piece->fixups);
    VEC_FREE(&piece->points);
    VEC_FREE(&piece->requests);
    piece->size = 0;
  }
}
