// Words to instructions.
#include "isa/isa.h"

#include "support/arena.h"

#include <stdlib.h>
#include <string.h>

// A bucket holds the rows that a word with the same bucket bits may be, those with more mask bits first.
// Which bits these are differs, so that crowded opcodes have many buckets and the others one, and a decoder
// is made quickly:
//   32-bit words: opcode (bits 6..2) and funct3 (14..12) choose a group. A crowded group has a bucket for
//   each funct6 (31..26). 16-bit words: quadrant (1..0) and funct3 (15..13) choose a group, which has a
//   bucket for each value of bits 12..10.
enum { WIDE_GROUPS = 1 << 8, GROUPS = WIDE_GROUPS + (1 << 5), CROWDED = 4 };

static unsigned group_of(uint32_t word) {
  if ((word & 3) == 3)
    return (word >> 2 & 0x1f) | (word >> 12 & 7) << 5;
  return WIDE_GROUPS + ((word & 3) | (word >> 13 & 7) << 2);
}

static unsigned bucket_of(const IsaDecoderGroup *group, uint32_t word) {
  return group->first + (word >> group->shift & group->mask);
}

// The next subset of `bits` behind `subset`; 0 behind the last.
static uint32_t next_subset(uint32_t subset, uint32_t bits) {
  return (subset - bits) & bits;
}

// Whether a word that matches may still hold an operand that is none.
static bool has_reserved(IsaOp op) {
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++) {
    const IsaOperandInfo *operand = isa_operand((IsaOperandKind)format->operands[i]);
    if (operand->reserved || operand->operand_class == ISA_CLASS_LOG2)
      return true;
  }
  return false;
}

// The rows of the extensions, those with more mask bits first. Returns how many there are.
static size_t order_rows(IsaExtensions extensions, uint16_t *order) {
  enum { MOST_BITS = 32 };
  size_t place[MOST_BITS + 2] = {0}; // where the rows with so many bits begin
  for (unsigned op = 0; op < ISA_OP_COUNT; op++)
    if (isa_missing_extension((IsaOp)op, extensions) == ISA_EXTENSION_COUNT)
      place[MOST_BITS - __builtin_popcount(isa_insn((IsaOp)op)->mask) + 1]++;
  for (unsigned i = 0; i <= MOST_BITS; i++)
    place[i + 1] += place[i];
  for (unsigned op = 0; op < ISA_OP_COUNT; op++)
    if (isa_missing_extension((IsaOp)op, extensions) == ISA_EXTENSION_COUNT)
      order[place[MOST_BITS - __builtin_popcount(isa_insn((IsaOp)op)->mask)]++] = (uint16_t)op;
  return place[MOST_BITS + 1];
}

// Goes through the groups that a row's words fall into, as subsets of its free group bits: from 0 until it is
// 0 again.
static uint32_t next_group(const IsaInsnInfo *insn, uint32_t subset) {
  uint32_t bits = (insn->match & 3) == 3 ? UINT32_C(0x707f) : UINT32_C(0xe003);
  return next_subset(subset, bits & ~insn->mask);
}

// How many buckets the groups have together.
static uint32_t lay_out_groups(IsaDecoderGroup *groups, const uint16_t *order, size_t count) {
  uint16_t rows[GROUPS] = {0};
  for (size_t i = 0; i < count; i++) {
    const IsaInsnInfo *insn = isa_insn((IsaOp)order[i]);
    uint32_t subset = 0;
    do {
      rows[group_of(insn->match | subset)]++;
      subset = next_group(insn, subset);
    } while (subset);
  }
  uint32_t buckets = 0;
  for (unsigned i = 0; i < GROUPS; i++) {
    groups[i] = (IsaDecoderGroup){.first = buckets};
    if (i >= WIDE_GROUPS)
      groups[i] = (IsaDecoderGroup){.first = buckets, .shift = 10, .mask = 7};
    else if (rows[i] > CROWDED)
      groups[i] = (IsaDecoderGroup){.first = buckets, .shift = 26, .mask = 0x3f};
    buckets += groups[i].mask + 1U;
  }
  return buckets;
}

// Visits each bucket of a row: counts in `fill` and, when the lists are there, enters it.
static void enter(const IsaDecoder *decoder, uint16_t op, uint32_t *fill) {
  const IsaInsnInfo *insn = isa_insn((IsaOp)op);
  IsaDecoderEntry entry = {insn->match, insn->mask, op, has_reserved((IsaOp)op)};
  uint32_t group_subset = 0;
  do {
    const IsaDecoderGroup *group = &decoder->groups[group_of(insn->match | group_subset)];
    uint32_t free_bits = (uint32_t)group->mask << group->shift & ~insn->mask;
    uint32_t subset = 0;
    do {
      uint32_t bucket = bucket_of(group, insn->match | subset);
      if (decoder->entries)
        decoder->entries[fill[bucket]] = entry;
      fill[bucket]++;
      subset = next_subset(subset, free_bits);
    } while (subset);
    group_subset = next_group(insn, group_subset);
  } while (group_subset);
}

void isa_decoder_start(IsaDecoder *decoder, IsaExtensions extensions) {
  uint16_t *order = checked_malloc(ISA_OP_COUNT * sizeof *order);
  size_t count = order_rows(extensions, order);
  *decoder = (IsaDecoder){.extensions = extensions};
  decoder->groups = checked_malloc(GROUPS * sizeof *decoder->groups);
  uint32_t buckets = lay_out_groups(decoder->groups, order, count);
  uint32_t *fill = checked_malloc(buckets * sizeof *fill);
  memset(fill, 0, buckets * sizeof *fill);
  for (size_t i = 0; i < count; i++)
    enter(decoder, order[i], fill);
  decoder->first = checked_malloc(buckets * sizeof *decoder->first);
  uint32_t total = 0;
  for (uint32_t bucket = 0; bucket < buckets; bucket++) {
    decoder->first[bucket] = total;
    total += fill[bucket] + 1;
    fill[bucket] = decoder->first[bucket];
  }
  decoder->entries = checked_malloc(total * sizeof *decoder->entries);
  for (size_t i = 0; i < count; i++)
    enter(decoder, order[i], fill);
  for (uint32_t bucket = 0; bucket < buckets; bucket++)
    decoder->entries[fill[bucket]] = (IsaDecoderEntry){.op = ISA_INVALID};
  free(fill);
  free(order);
}

void isa_decoder_free(IsaDecoder *decoder) {
  free(decoder->groups);
  free(decoder->first);
  free(decoder->entries);
  decoder->groups = NULL;
  decoder->first = NULL;
  decoder->entries = NULL;
}

static bool operands_valid(IsaOp op, uint32_t word) {
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++)
    if (!isa_word_operand_valid(word, (IsaOperandKind)format->operands[i]))
      return false;
  return true;
}

IsaOp isa_decode(const IsaDecoder *decoder, uint32_t word) {
  if ((word & 3) != 3)
    word &= 0xffff;
  const IsaDecoderGroup *group = &decoder->groups[group_of(word)];
  const IsaDecoderEntry *entry = &decoder->entries[decoder->first[bucket_of(group, word)]];
  for (;; entry++) { // the last entry of a list matches every word
    if ((word & entry->mask) == entry->match && (!entry->check || operands_valid((IsaOp)entry->op, word)))
      return (IsaOp)entry->op;
  }
}
