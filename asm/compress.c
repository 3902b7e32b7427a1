// Words of instructions to the compressed ones that stand for them. isa_compress does the same with operands;
// here each row of the table of expansions becomes a rule about the bits of words, since an assembler asks
// for every instruction.
#include "asm/internal.h"

#include <assert.h>
#include <string.h>

enum { MOST_REFUSED = 4, MOST_MOVES = 10, WORD_BITS = 32 };

// Bits of the word that a rule wants to be anything but a value.
typedef struct Refused {
  uint32_t mask;
  uint32_t value;
} Refused;

// Bits that go from one word to the other by a distance.
typedef struct Move {
  uint32_t mask;  // in the word
  uint32_t right; // to be rotated
} Move;

typedef struct Rule {
  uint16_t compressed; // IsaOp
  bool enabled;
  uint8_t refused_count;
  uint8_t move_count;
  uint8_t same[2]; // positions of two registers that must be one; equal: none must
  uint32_t mask;   // bits that are fixed
  uint32_t value;  // and as what
  uint32_t signs;  // bits that must all be alike
  uint32_t match;  // of the compressed instruction
  Refused refused[MOST_REFUSED];
  Move moves[MOST_MOVES];
} Rule;

struct Compressor {
  uint32_t generation;         // of the extensions that `enabled` was set for
  uint8_t first[ISA_OP_COUNT]; // rule + 1
  uint8_t end[ISA_OP_COUNT];   // behind the last
  Rule *rules;                 // one for each row of the table
};

// Where a value's bit is in a word of the kind's instructions; -1: it has no place there.
static int bit_place(const IsaOperandInfo *operand, unsigned bit) {
  for (const IsaPiece *piece = operand->pieces; piece->width; piece++)
    if (bit >= piece->to && bit < (unsigned)piece->to + piece->width)
      return piece->at + (int)(bit - piece->to);
  return -1;
}

static unsigned value_width(const IsaOperandInfo *operand) {
  unsigned width = 0;
  for (const IsaPiece *piece = operand->pieces; piece->width; piece++)
    if ((unsigned)piece->to + piece->width > width)
      width = (unsigned)piece->to + piece->width;
  return width;
}

// The bits of a field value in a word of the kind's instructions.
static uint32_t place_field(const IsaOperandInfo *operand, uint32_t field) {
  uint32_t word = 0;
  for (const IsaPiece *piece = operand->pieces; piece->width; piece++)
    word |= (field >> piece->to & ((UINT32_C(1) << piece->width) - 1)) << piece->at;
  return word;
}

static void fix(Rule *rule, uint32_t mask, uint32_t value) {
  rule->mask |= mask;
  rule->value |= value;
}

static void refuse(Rule *rule, uint32_t mask, uint32_t value) {
  for (unsigned i = 0; i < rule->refused_count; i++)
    if (rule->refused[i].mask == mask && rule->refused[i].value == value)
      return;
  rule->refused[rule->refused_count++] = (Refused){mask, value};
}

static void move_bit(Rule *rule, int from, int to) {
  uint32_t right = (uint32_t)(from - to) % WORD_BITS;
  unsigned i = 0;
  while (i < rule->move_count && rule->moves[i].right != right)
    i++;
  if (i == rule->move_count)
    rule->moves[rule->move_count++].right = right;
  rule->moves[i].mask |= UINT32_C(1) << from;
}

// The operand `to` of the compressed instruction holds what `from` holds in the whole one.
static void bind(Rule *rule, const IsaOperandInfo *from, const IsaOperandInfo *to) {
  unsigned width = value_width(from);
  unsigned held = value_width(to);
  bool extends = to->operand_class == ISA_CLASS_SIGNED || to->operand_class == ISA_CLASS_PCREL ||
                 to->operand_class == ISA_CLASS_UPPER;
  bool eight = to->operand_class == ISA_CLASS_GPR8 || to->operand_class == ISA_CLASS_FPR8;
  uint32_t field = 0; // in the whole word
  for (unsigned bit = 0; bit < width; bit++) {
    int at = bit_place(from, bit);
    int place = bit < held ? bit_place(to, bit) : -1;
    if (at < 0)
      continue;
    uint32_t mask = UINT32_C(1) << at;
    if (place >= 0) {
      move_bit(rule, at, place);
      field |= mask;
    }
    // x8 .. x15 differ in 3 bits.
    if (extends && bit + 1 >= held)
      rule->signs |= mask;
    else if (place < 0)
      fix(rule, mask, eight && bit == held ? mask : 0);
  }
  for (unsigned value = 0; value < WORD_BITS; value++)
    if (to->reserved >> value & 1)
      refuse(rule, field, place_field(from, value));
  // Hints: see isa_compress.
  bool written = to->role == ISA_ROLE_DEF || to->role == ISA_ROLE_BOTH;
  bool shift = to == isa_operand(ISA_OPERAND_C_SHAMT);
  if ((written && to->operand_class == ISA_CLASS_GPR) || shift)
    refuse(rule, field, 0);
}

static void make_rule(Rule *rule, const IsaExpansion *expansion) {
  const IsaFormatInfo *whole = isa_insn_format((IsaOp)expansion->op);
  const IsaFormatInfo *compressed = isa_insn_format((IsaOp)expansion->compressed);
  int8_t seen[ISA_MAX_OPERANDS]; // position of what a written operand was bound to
  memset(seen, -1, sizeof seen);
  rule->compressed = expansion->compressed;
  rule->match = isa_insn((IsaOp)expansion->compressed)->match;
  for (unsigned i = 0; i < whole->operand_count; i++) {
    IsaOperandKind kind = (IsaOperandKind)whole->operands[i];
    const IsaOperandInfo *from = isa_operand(kind);
    int64_t value = expansion->bindings[i].value;
    if (!expansion->bindings[i].written) {
      fix(rule, place_field(from, UINT32_MAX), isa_operand_insert(0, kind, value));
    } else if (seen[value] < 0) {
      seen[value] = (int8_t)from->pieces[0].at;
      bind(rule, from, isa_operand((IsaOperandKind)compressed->operands[value]));
    } else {
      rule->same[0] = (uint8_t)seen[value];
      rule->same[1] = from->pieces[0].at;
    }
  }
}

void compressor_start(Assembler *assembler) {
  struct Compressor *compressor = ARENA_NEW(&assembler->arena, struct Compressor);
  size_t count = isa_expansion_count();
  assert(count < UINT8_MAX); // rules are numbered in a byte
  assembler->compressor = compressor;
  compressor->rules = ARENA_ARRAY(&assembler->arena, Rule, count);
  for (size_t i = 0; i < count; i++) {
    const IsaExpansion *expansion = isa_expansion(i);
    make_rule(&compressor->rules[i], expansion);
    if (!compressor->first[expansion->op])
      compressor->first[expansion->op] = (uint8_t)(i + 1);
    compressor->end[expansion->op] = (uint8_t)(i + 1);
  }
}

static void enable_rules(const Assembler *assembler, struct Compressor *compressor) {
  compressor->generation = assembler->generation;
  for (size_t i = 0; i < isa_expansion_count(); i++) {
    const IsaExpansion *row = isa_expansion(i);
    compressor->rules[i].enabled =
        !row->expand_only &&
        isa_missing_extension((IsaOp)row->compressed, assembler->extensions) == ISA_EXTENSION_COUNT;
  }
}

static bool rule_fits(const Rule *rule, uint32_t word) {
  uint32_t signs = word & rule->signs;
  if ((word & rule->mask) != rule->value || (signs && signs != rule->signs) ||
      ((word >> rule->same[0] ^ word >> rule->same[1]) & 31) || !rule->enabled)
    return false;
  for (unsigned i = 0; i < rule->refused_count; i++)
    if ((word & rule->refused[i].mask) == rule->refused[i].value)
      return false;
  return true;
}

IsaOp compress(Assembler *assembler, IsaOp op, uint32_t *word) {
  struct Compressor *compressor = assembler->compressor;
  if (!compressor->first[op] || !compression_enabled(assembler))
    return op;
  if (compressor->generation != assembler->generation)
    enable_rules(assembler, compressor);
  for (unsigned i = compressor->first[op] - 1U; i < compressor->end[op]; i++) {
    const Rule *rule = &compressor->rules[i];
    if (!rule_fits(rule, *word))
      continue;
    uint32_t shorter = rule->match;
    for (unsigned m = 0; m < rule->move_count; m++) {
      uint32_t bits = *word & rule->moves[m].mask;
      uint32_t right = rule->moves[m].right;
      shorter |= bits >> right | bits << (-right % WORD_BITS);
    }
    *word = shorter;
    return (IsaOp)rule->compressed;
  }
  return op;
}
