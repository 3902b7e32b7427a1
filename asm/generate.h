// What the assembler makes itself once sizes are settled: call frame information (frames.c) and line tables
// (lines.c).
#ifndef KILN_ASM_GENERATE_H
#define KILN_ASM_GENERATE_H

#include "asm/internal.h"

// The position where the next byte goes.
CodePlace code_here(const Assembler *assembler);
// After layout: the offset of a place in its section.
uint64_t code_offset(const Assembler *assembler, const CodePlace *place);
// After layout: whether the distance between two places of one section is certain. In a section that the
// linker may change that takes paddings for uncertain as well, as other assemblers do.
bool code_distance_is_fixed(const Assembler *assembler, const CodePlace *from, const CodePlace *to);
// After layout: a nameless label there.
SymbolId code_label(Assembler *assembler, const CodePlace *place);

// Appends to the current section. They return false when an object would grow beyond its limit.
bool put_unsigned(Assembler *assembler, uint64_t value); // ULEB128
bool put_signed(Assembler *assembler, int64_t value);    // SLEB128
// An address or a distance of `size` bytes.
bool put_value(Assembler *assembler, unsigned size, Value value, TextPlace place);
// `size` zero bytes with a relocation of this type.
bool put_relocated(Assembler *assembler, unsigned size, unsigned relocation, Value value, TextPlace place);
// Another relocation at `back` bytes before the end.
void put_relocation(Assembler *assembler, unsigned back, unsigned relocation, Value value, TextPlace place);

unsigned encode_unsigned(uint64_t value, uint8_t *bytes); // ULEB128; at most 10 bytes
unsigned encode_signed(int64_t value, uint8_t *bytes);

#endif
