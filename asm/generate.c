// Appending to sections after layout, and LEB128.
#include "asm/generate.h"

CodePlace code_here(const Assembler *assembler) {
  const AsmSection *section = &assembler->sections.data[assembler->position.current];
  return (CodePlace){.section = assembler->position.current,
                     .points = (uint32_t)section->points.count,
                     .offset = section->size};
}

uint64_t code_offset(const Assembler *assembler, const CodePlace *place) {
  const AsmSection *section = &assembler->sections.data[place->section];
  return place->offset + (section->shift ? (uint64_t)section->shift[place->points] : 0);
}

bool code_distance_is_fixed(const Assembler *assembler, const CodePlace *from, const CodePlace *to) {
  const AsmSection *section = &assembler->sections.data[from->section];
  return !section->movable || section->movable[from->points] == section->movable[to->points];
}

SymbolId code_label(Assembler *assembler, const CodePlace *place) {
  AsmSymbol symbol = {.name = NAME_NONE,
                      .state = SYMBOL_LABEL,
                      .section = place->section,
                      .points = place->points,
                      .offset = code_offset(assembler, place)};
  VEC_PUSH(&assembler->symbols, symbol);
  return (SymbolId)assembler->symbols.count - 1;
}

unsigned encode_unsigned(uint64_t value, uint8_t *bytes) {
  unsigned count = 0;
  do {
    bytes[count] = (uint8_t)(value & 0x7f);
    value >>= 7;
    if (value)
      bytes[count] |= 0x80;
    count++;
  } while (value);
  return count;
}

unsigned encode_signed(int64_t value, uint8_t *bytes) {
  unsigned count = 0;
  for (bool more = true; more; count++) {
    uint8_t byte = (uint8_t)(value & 0x7f);
    value >>= 7;
    more = value != (byte & 0x40 ? -1 : 0);
    bytes[count] = more ? byte | 0x80 : byte;
  }
  return count;
}

bool put_unsigned(Assembler *assembler, uint64_t value) {
  uint8_t bytes[10];
  return append_bytes(assembler, bytes, encode_unsigned(value, bytes));
}

bool put_signed(Assembler *assembler, int64_t value) {
  uint8_t bytes[10];
  return append_bytes(assembler, bytes, encode_signed(value, bytes));
}

static void push_fixup(Assembler *assembler, FixupKind kind, unsigned operand, unsigned relocation,
                       uint64_t offset, Value value, TextPlace place) {
  AsmSection *section = current_section(assembler);
  Fixup fixup = {.offset = (uint32_t)offset,
                 .points = (uint32_t)section->points.count,
                 .place = place,
                 .value = value,
                 .kind = (uint8_t)kind,
                 .operand = (uint8_t)operand,
                 .relocation = (uint8_t)relocation};
  VEC_PUSH(&section->fixups, fixup);
}

bool put_value(Assembler *assembler, unsigned size, Value value, TextPlace place) {
  push_fixup(assembler, FIXUP_DATA, size, 0, current_section(assembler)->size, value, place);
  return append_little(assembler, 0, size);
}

void put_relocation(Assembler *assembler, unsigned back, unsigned relocation, Value value, TextPlace place) {
  push_fixup(assembler, FIXUP_MARK, 0, relocation, current_section(assembler)->size - back, value, place);
}

bool put_relocated(Assembler *assembler, unsigned size, unsigned relocation, Value value, TextPlace place) {
  push_fixup(assembler, FIXUP_MARK, 0, relocation, current_section(assembler)->size, value, place);
  return append_little(assembler, 0, size);
}
