// Words to instructions.
#include "isa/isa.h"

#include "support/arena.h"

#include <stdlib.h>
#include <string.h>

// A bucket holds the rows that a word with the same bucket bits may be, those with more mask bits first.
//   32-bit words: opcode (bits 6..2), funct3 (14..12) and funct6 (31..26): 14 bits.
//   16-bit words: quadrant (1..0) and bits 15..10: 8 bits, behind the former.
enum { WIDE_BUCKETS = 1 << 14, BUCKETS = WIDE_BUCKETS + (1 << 8) };

static unsigned bucket_of(uint32_t word) {
  if ((word & 3) == 3)
    return (word >> 2 & 0x1f) | (word >> 12 & 7) << 5 | (word >> 26) << 8;
  return WIDE_BUCKETS + ((word & 3) | (word >> 10 & 0x3f) << 2);
}

static uint32_t bucket_bits(unsigned bucket) {
  return bucket < WIDE_BUCKETS ? UINT32_C(0xfc00707f) : UINT32_C(0xfc03);
}

typedef struct Order {
  uint16_t op;
  uint8_t bits;
} Order;

static int compare_order(const void *a, const void *b) {
  const Order *left = a;
  const Order *right = b;
  if (left->bits != right->bits)
    return left->bits > right->bits ? -1 : 1;
  return left->op < right->op ? -1 : left->op > right->op;
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

// Calls for each bucket of the row: counts (entries NULL) or enters it.
static void enter(uint16_t op, uint32_t *fill, IsaDecoderEntry *entries) {
  const IsaInsnInfo *insn = isa_insn((IsaOp)op);
  IsaDecoderEntry entry = {insn->match, insn->mask, op, has_reserved((IsaOp)op)};
  unsigned base = bucket_of(insn->match);
  uint32_t free_bits = bucket_bits(base) & ~insn->mask;
  // All subsets of the free bits, by counting through them.
  uint32_t subset = 0;
  do {
    unsigned bucket = bucket_of((insn->match & bucket_bits(base)) | subset);
    if (entries)
      entries[fill[bucket]] = entry;
    fill[bucket]++;
    subset = (subset - free_bits) & free_bits;
  } while (subset);
}

void isa_decoder_start(IsaDecoder *decoder, IsaExtensions extensions) {
  Order *order = checked_malloc(ISA_OP_COUNT * sizeof *order);
  size_t count = 0;
  for (unsigned op = 0; op < ISA_OP_COUNT; op++)
    if (isa_missing_extension((IsaOp)op, extensions) == ISA_EXTENSION_COUNT)
      order[count++] = (Order){(uint16_t)op, (uint8_t)__builtin_popcount(isa_insn((IsaOp)op)->mask)};
  if (count)
    qsort(order, count, sizeof *order, compare_order);

  uint32_t *fill = checked_malloc(BUCKETS * sizeof *fill);
  memset(fill, 0, BUCKETS * sizeof *fill);
  for (size_t i = 0; i < count; i++)
    enter(order[i].op, fill, NULL);
  decoder->extensions = extensions;
  decoder->first = checked_malloc(BUCKETS * sizeof *decoder->first);
  uint32_t total = 0;
  for (unsigned bucket = 0; bucket < BUCKETS; bucket++) {
    decoder->first[bucket] = total;
    total += fill[bucket] + 1;
    fill[bucket] = decoder->first[bucket];
  }
  decoder->entries = checked_malloc(total * sizeof *decoder->entries);
  for (size_t i = 0; i < count; i++)
    enter(order[i].op, fill, decoder->entries);
  for (unsigned bucket = 0; bucket < BUCKETS; bucket++)
    decoder->entries[fill[bucket]] = (IsaDecoderEntry){.op = ISA_INVALID};
  free(fill);
  free(order);
}

void isa_decoder_free(IsaDecoder *decoder) {
  free(decoder->first);
  free(decoder->entries);
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
  const IsaDecoderEntry *entry = &decoder->entries[decoder->first[bucket_of(word)]];
  for (;; entry++) { // the last entry of a list matches every word
    if ((word & entry->mask) == entry->match && (!entry->check || operands_valid((IsaOp)entry->op, word)))
      return (IsaOp)entry->op;
  }
}
