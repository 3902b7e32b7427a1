// The tables behind isa.h, and the packing of operands into instruction words.
#include "isa/isa.h"

#include <assert.h>

// Within this file the kinds of operand go by the names they have in the tables.
enum {
#define OPERAND(id, class, role, reserved, ...) id = ISA_OPERAND_##id,
#include "isa/operands.def"
#undef OPERAND
};

const IsaInsnInfo isa_insn_rows[] = {
#define INSN(id, mnemonic, extension, match, mask, format, sched, flags)                                     \
  {mnemonic, match, mask, ISA_EXT_##extension, ISA_FORMAT_##format, ISA_SCHED_##sched, flags},
#include "isa/insns.def"
#undef INSN
};

const IsaOperandInfo isa_operand_rows[] = {
#define P(at, width, to) {at, width, to}
#define OPERAND(id, class, role, reserved, ...)                                                              \
  {#id, ISA_CLASS_##class, ISA_ROLE_##role, reserved, {__VA_ARGS__}},
#include "isa/operands.def"
#undef OPERAND
#undef P
};

// The number of kinds in a list, which may be empty.
#define KIND_COUNT(...) (sizeof((const uint8_t[]){0, __VA_ARGS__}) - 1)

const IsaFormatInfo isa_format_rows[] = {
#define FORMAT(id, syntax, ...) {syntax, KIND_COUNT(__VA_ARGS__), {__VA_ARGS__}},
#include "isa/formats.def"
#undef FORMAT
};

const IsaSchedInfo isa_sched_rows[] = {
#define SCHED(id, unit, latency, busy) {#id, ISA_UNIT_##unit, ISA_BUSY_##busy, offsetof(Machine, latency)},
#include "isa/sched.def"
#undef SCHED
};

#define KINDS(...) __VA_ARGS__
#define W(n) {true, n}
#define K(value) {false, value}

static const IsaAliasInfo aliases[] = {
#define ALIAS(mnemonic, syntax, written, op, ...)                                                            \
  {mnemonic, syntax, KIND_COUNT(KINDS written), {KINDS written}, ISA_##op, false, {__VA_ARGS__}},
#define ALIAS_INPUT(mnemonic, syntax, written, op, ...)                                                      \
  {mnemonic, syntax, KIND_COUNT(KINDS written), {KINDS written}, ISA_##op, true, {__VA_ARGS__}},
#include "isa/aliases.def"
#undef ALIAS
#undef ALIAS_INPUT
};

static const IsaExpansion expansions[] = {
#define EXPANSION(compressed, op, ...) {ISA_##compressed, ISA_##op, false, {__VA_ARGS__}},
#define EXPANSION_ONLY(compressed, op, ...) {ISA_##compressed, ISA_##op, true, {__VA_ARGS__}},
#include "isa/expansions.def"
#undef EXPANSION
#undef EXPANSION_ONLY
};

// The rows of one instruction stand together in both tables; here is one more than the number of the last of
// them. A row's number is counted by an enumerator named after its line.
#define PASTE2(a, b) a##b
#define PASTE(a, b) PASTE2(a, b)
enum {
#define ALIAS(...) PASTE(ALIAS_AT_, __LINE__),
#define ALIAS_INPUT(...) PASTE(ALIAS_AT_, __LINE__),
#include "isa/aliases.def"
#undef ALIAS
#undef ALIAS_INPUT
};
enum {
#define EXPANSION(...) PASTE(EXPANSION_AT_, __LINE__),
#define EXPANSION_ONLY(...) PASTE(EXPANSION_AT_, __LINE__),
#include "isa/expansions.def"
#undef EXPANSION
#undef EXPANSION_ONLY
};

// Later rows of the same instruction override earlier ones on purpose.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
static const uint16_t alias_end[ISA_OP_COUNT] = {
#define ALIAS(mnemonic, syntax, written, op, ...) [ISA_##op] = PASTE(ALIAS_AT_, __LINE__) + 1,
#define ALIAS_INPUT(mnemonic, syntax, written, op, ...) [ISA_##op] = PASTE(ALIAS_AT_, __LINE__) + 1,
#include "isa/aliases.def"
#undef ALIAS
#undef ALIAS_INPUT
};
static const uint16_t expansion_end[ISA_OP_COUNT] = {
// by compressed instruction
#define EXPANSION(compressed, op, ...) [ISA_##compressed] = PASTE(EXPANSION_AT_, __LINE__) + 1,
#define EXPANSION_ONLY(compressed, op, ...) [ISA_##compressed] = PASTE(EXPANSION_AT_, __LINE__) + 1,
#include "isa/expansions.def"
#undef EXPANSION
#undef EXPANSION_ONLY
};
static const uint16_t compression_end[ISA_OP_COUNT] = {
// by what they stand for
#define EXPANSION(compressed, op, ...) [ISA_##op] = PASTE(EXPANSION_AT_, __LINE__) + 1,
#define EXPANSION_ONLY(compressed, op, ...) [ISA_##op] = PASTE(EXPANSION_AT_, __LINE__) + 1,
#include "isa/expansions.def"
#undef EXPANSION
#undef EXPANSION_ONLY
};
#pragma GCC diagnostic pop

const char *isa_unit_name(IsaUnit unit) {
  static const char *const names[ISA_UNIT_COUNT] = {
      [ISA_UNIT_ALU] = "ALU",     [ISA_UNIT_MUL] = "MUL",   [ISA_UNIT_DIV] = "DIV",
      [ISA_UNIT_FPU] = "FPU",     [ISA_UNIT_BRANCH] = "BR", [ISA_UNIT_LOAD] = "load",
      [ISA_UNIT_STORE] = "store", [ISA_UNIT_VALU] = "VALU", [ISA_UNIT_TILE] = "TILE",
      [ISA_UNIT_DRAIN] = "DRAIN", [ISA_UNIT_DMA] = "DMA",
  };
  return names[unit];
}

// The bits of the field values of each kind of operand.
static const uint32_t field_bits[] = {
#define P(at, width, to) (uint32_t)(((UINT64_C(1) << (width)) - 1) << (to))
#define UNITE(a, b, c, d, e, f, g, h, ...) (a) | (b) | (c) | (d) | (e) | (f) | (g) | (h)
#define OPERAND(id, class, role, reserved, ...) UNITE(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0, 0),
#include "isa/operands.def"
#undef OPERAND
};

// The values that fit a kind of operand, where they are all multiples of a power of two in a range.
typedef struct ValueRange {
  int64_t smallest;
  uint64_t span;  // largest - smallest, but for the multiples
  uint32_t below; // bits that are zero
  bool known;
} ValueRange;
static const ValueRange value_ranges[] = {
#define WIDTH(bits) ((bits) ? 32 - __builtin_clz((bits) | 1) : 0)
#define SMALLEST(class, bits)                                                                                \
  ((class) == ISA_CLASS_SIGNED || (class) == ISA_CLASS_PCREL ? -(INT64_C(1) << WIDTH(bits) >> 1)             \
   : (class) == ISA_CLASS_GPR8 || (class) == ISA_CLASS_FPR8  ? 8                                             \
                                                             : (class) == ISA_CLASS_STEP)
#define RANGE(class, reserved, bits)                                                                         \
  {SMALLEST(class, bits), (UINT64_C(1) << WIDTH(bits)) - 1, ((bits) & -(bits)) - 1,                          \
   (class) != ISA_CLASS_UPPER && (class) != ISA_CLASS_LOG2 && (reserved) == 0}
#define OPERAND(id, class, role, reserved, ...)                                                              \
  RANGE(ISA_CLASS_##class, reserved, (UNITE(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0, 0))),
#include "isa/operands.def"
#undef OPERAND
#undef RANGE
#undef SMALLEST
#undef WIDTH
#undef UNITE
#undef P
};

// Operand values. A field value is the bits as they stand in the word, put together; a value is what is
// written.

static unsigned field_width(const IsaOperandInfo *operand) {
  uint32_t bits = field_bits[operand - isa_operand_rows];
  return bits ? 32U - (unsigned)__builtin_clz(bits) : 0;
}

// The lowest bit that the pieces hold: values are multiples of its weight.
static unsigned field_scale(const IsaOperandInfo *operand) {
  uint32_t bits = field_bits[operand - isa_operand_rows];
  return bits ? (unsigned)__builtin_ctz(bits) : 0;
}

static int64_t sign_extend(uint64_t value, unsigned width) {
  unsigned above = (64 - width) & 63;
  return (int64_t)(value << above) >> above;
}

static inline int64_t value_of_field(const IsaOperandInfo *operand, uint32_t field, unsigned width) {
  switch (operand->operand_class) {
  case ISA_CLASS_GPR8:
  case ISA_CLASS_FPR8:
    return 8 + (int64_t)field;
  case ISA_CLASS_SIGNED:
  case ISA_CLASS_PCREL:
    return sign_extend(field, width);
  case ISA_CLASS_UPPER: // narrower ones (c.lui) are extended to the 20 bits of lui
    return sign_extend(field, width) & 0xfffff;
  case ISA_CLASS_LOG2:
    return INT64_C(1) << field;
  case ISA_CLASS_STEP:
    return field + 1;
  default:
    return field;
  }
}

// The field value that stands for `value`, or -1.
static int64_t field_of_value(const IsaOperandInfo *operand, int64_t value) {
  unsigned width = field_width(operand);
  uint32_t field_mask = (uint32_t)((UINT64_C(1) << width) - 1);
  int64_t field;
  switch (operand->operand_class) {
  case ISA_CLASS_LOG2:
    if (value < 1 || value > 16 || (value & (value - 1)))
      return -1;
    field = __builtin_ctzll((uint64_t)value);
    break;
  case ISA_CLASS_GPR8:
  case ISA_CLASS_FPR8:
    field = (int64_t)((uint64_t)value - 8); // any int64_t may be asked about
    break;
  case ISA_CLASS_STEP:
    field = (int64_t)((uint64_t)value - 1);
    break;
  default:
    field = value & field_mask;
  }
  if (field < 0 || field > (int64_t)field_mask || value_of_field(operand, (uint32_t)field, width) != value)
    return -1;
  return field;
}

static uint32_t gather_field(uint32_t word, const IsaOperandInfo *operand) {
  uint32_t field = 0;
  for (const IsaPiece *piece = operand->pieces; piece->width; piece++)
    field |= (word >> piece->at & ((UINT32_C(1) << piece->width) - 1)) << piece->to;
  return field;
}

int64_t isa_operand_extract(uint32_t word, IsaOperandKind kind) {
  const IsaOperandInfo *operand = isa_operand(kind);
  uint32_t field = 0;
  unsigned width = 0;
  for (const IsaPiece *piece = operand->pieces; piece->width; piece++) {
    field |= (word >> piece->at & ((UINT32_C(1) << piece->width) - 1)) << piece->to;
    if (piece->to + piece->width > width)
      width = piece->to + piece->width;
  }
  return value_of_field(operand, field, width);
}

bool isa_word_operand_valid(uint32_t word, IsaOperandKind kind) {
  const IsaOperandInfo *operand = isa_operand(kind);
  if (!operand->reserved && operand->operand_class != ISA_CLASS_LOG2)
    return true;
  uint32_t field = gather_field(word, operand);
  if (operand->operand_class == ISA_CLASS_LOG2)
    return field <= 4;
  return field >= 32 || !(operand->reserved >> field & 1);
}

bool isa_operand_fits(IsaOperandKind kind, int64_t value) {
  const ValueRange *range = &value_ranges[kind];
  if (range->known)
    return (uint64_t)value - (uint64_t)range->smallest <= range->span && !((uint64_t)value & range->below);
  const IsaOperandInfo *operand = isa_operand(kind);
  int64_t field = field_of_value(operand, value);
  if (field < 0 || field & ((INT64_C(1) << field_scale(operand)) - 1))
    return false;
  return field >= 32 || !(operand->reserved >> field & 1);
}

// The bits that stand for a value that fits, with anything above them.
static inline uint64_t bits_of_value(const IsaOperandInfo *operand, int64_t value) {
  switch (operand->operand_class) {
  case ISA_CLASS_LOG2:
    return (uint64_t)__builtin_ctzll((uint64_t)value);
  case ISA_CLASS_GPR8:
  case ISA_CLASS_FPR8:
    return (uint64_t)value - 8;
  case ISA_CLASS_STEP:
    return (uint64_t)value - 1;
  default:
    return (uint64_t)value;
  }
}

uint32_t isa_operand_insert(uint32_t word, IsaOperandKind kind, int64_t value) {
  const IsaOperandInfo *operand = isa_operand(kind);
  assert(isa_operand_fits(kind, value));
  uint32_t field = (uint32_t)bits_of_value(operand, value);
  for (const IsaPiece *piece = operand->pieces; piece->width; piece++) {
    uint32_t piece_mask = (UINT32_C(1) << piece->width) - 1;
    word = (word & ~(piece_mask << piece->at)) | (field >> piece->to & piece_mask) << piece->at;
  }
  return word;
}

void isa_operand_range(IsaOperandKind kind, int64_t *smallest, int64_t *largest, int64_t *multiple) {
  const IsaOperandInfo *operand = isa_operand(kind);
  unsigned width = field_width(operand);
  *multiple = INT64_C(1) << field_scale(operand);
  *smallest = 0;
  *largest = (INT64_C(1) << width) - *multiple;
  switch (operand->operand_class) {
  case ISA_CLASS_SIGNED:
  case ISA_CLASS_PCREL:
    *smallest = -(INT64_C(1) << (width - 1));
    *largest = (INT64_C(1) << (width - 1)) - *multiple;
    break;
  case ISA_CLASS_UPPER:
    *largest = 0xfffff;
    break;
  case ISA_CLASS_GPR8:
  case ISA_CLASS_FPR8:
    *smallest = 8;
    *largest = 15;
    break;
  case ISA_CLASS_LOG2:
    *smallest = 1;
    *largest = 16;
    break;
  case ISA_CLASS_STEP:
    *smallest = 1;
    *largest = 2;
    break;
  default:
    break;
  }
  while (*smallest < *largest && !isa_operand_fits(kind, *smallest))
    *smallest += *multiple;
  while (*smallest < *largest && !isa_operand_fits(kind, *largest))
    *largest -= *multiple;
}

int64_t isa_operand_default(IsaOperandKind kind) {
  switch (isa_operand(kind)->operand_class) {
  case ISA_CLASS_ROUNDING:
    return kind == ISA_OPERAND_ROUNDING_EXACT ? 0 : 7; // rne, dyn
  case ISA_CLASS_MASK:
    return 1; // unmasked
  default:
    return 0;
  }
}

IsaOp isa_opposite_branch(IsaOp op) {
  switch (op) {
  case ISA_BEQ:
    return ISA_BNE;
  case ISA_BNE:
    return ISA_BEQ;
  case ISA_BLT:
    return ISA_BGE;
  case ISA_BGE:
    return ISA_BLT;
  case ISA_BLTU:
    return ISA_BGEU;
  default:
    assert(op == ISA_BGEU);
    return ISA_BLTU;
  }
}

uint32_t isa_encode(IsaOp op, const int64_t *values) {
  const IsaFormatInfo *format = isa_insn_format(op);
  uint32_t word = isa_insn(op)->match; // zeros where operands go
  for (unsigned i = 0; i < format->operand_count; i++) {
    const IsaOperandInfo *operand = isa_operand((IsaOperandKind)format->operands[i]);
    assert(isa_operand_fits((IsaOperandKind)format->operands[i], values[i]));
    uint32_t field = (uint32_t)bits_of_value(operand, values[i]);
    for (const IsaPiece *piece = operand->pieces; piece->width; piece++)
      word |= (field >> piece->to & ((UINT32_C(1) << piece->width) - 1)) << piece->at;
  }
  return word;
}

void isa_extract_operands(IsaOp op, uint32_t word, int64_t *values) {
  const IsaFormatInfo *format = isa_insn_format(op);
  for (unsigned i = 0; i < format->operand_count; i++)
    values[i] = isa_operand_extract(word, (IsaOperandKind)format->operands[i]);
}

size_t isa_alias_count(void) {
  return sizeof aliases / sizeof aliases[0];
}

const IsaAliasInfo *isa_alias(size_t i) {
  return &aliases[i];
}

// Whether `values`, operands of `format`, can be written through `bindings` with the kinds `written`; then
// they are collected in `found`. What is fixed is looked at first: it rules out most.
static bool match_bindings(const IsaBinding *bindings, const IsaFormatInfo *format, const int64_t *values,
                           const uint8_t *written, unsigned written_count, int64_t *found) {
  uint32_t seen = 0;
  for (unsigned i = 0; i < format->operand_count; i++)
    if (!bindings[i].written && values[i] != bindings[i].value)
      return false;
  for (unsigned i = 0; i < format->operand_count; i++) {
    if (!bindings[i].written)
      continue;
    int64_t slot = bindings[i].value;
    if (seen >> slot & 1) {
      if (values[i] != found[slot])
        return false;
    } else {
      if (written[slot] != format->operands[i] && !isa_operand_fits((IsaOperandKind)written[slot], values[i]))
        return false;
      seen |= UINT32_C(1) << slot;
      found[slot] = values[i];
    }
  }
  return seen == (UINT32_C(1) << written_count) - 1;
}

const IsaAliasInfo *isa_alias_match(IsaOp op, const int64_t *values) {
  size_t end = alias_end[op];
  size_t start = end;
  while (start > 0 && aliases[start - 1].op == op)
    start--;
  int64_t found[ISA_MAX_OPERANDS];
  for (size_t i = start; i < end; i++)
    if (!aliases[i].input_only && match_bindings(aliases[i].bindings, isa_insn_format(op), values,
                                                 aliases[i].operands, aliases[i].operand_count, found))
      return &aliases[i];
  return NULL;
}

static void apply_bindings(const IsaBinding *bindings, unsigned count, const int64_t *written,
                           int64_t *values) {
  for (unsigned i = 0; i < count; i++)
    values[i] = bindings[i].written ? written[bindings[i].value] : bindings[i].value;
}

size_t isa_expansion_count(void) {
  return sizeof expansions / sizeof *expansions;
}

const IsaExpansion *isa_expansion(size_t i) {
  return &expansions[i];
}

IsaOp isa_expand(IsaOp op, int64_t *values) {
  if (!expansion_end[op])
    return op;
  const IsaExpansion *expansion = &expansions[expansion_end[op] - 1];
  int64_t written[ISA_MAX_OPERANDS];
  for (unsigned i = 0; i < isa_insn_format(op)->operand_count; i++)
    written[i] = values[i];
  apply_bindings(expansion->bindings, isa_insn_format((IsaOp)expansion->op)->operand_count, written, values);
  return (IsaOp)expansion->op;
}

bool isa_is_hint(IsaOp op, const int64_t *values) {
  const IsaFormatInfo *format = isa_insn_format(op);
  if (!expansion_end[op])
    return false;
  if (op == ISA_C_ADDI && values[1] == 0)
    return true;
  for (unsigned i = 0; i < format->operand_count; i++) {
    const IsaOperandInfo *operand = isa_operand((IsaOperandKind)format->operands[i]);
    bool written = operand->role == ISA_ROLE_DEF || operand->role == ISA_ROLE_BOTH;
    if (values[i] == 0 &&
        ((written && operand->operand_class == ISA_CLASS_GPR) || format->operands[i] == ISA_OPERAND_C_SHAMT))
      return true;
  }
  return false;
}

IsaOp isa_compress(IsaOp op, const int64_t *values, IsaExtensions extensions, int64_t *compressed) {
  size_t end = compression_end[op];
  size_t start = end;
  while (start > 0 && expansions[start - 1].op == op)
    start--;
  for (size_t i = start; i < end; i++) {
    IsaOp to = (IsaOp)expansions[i].compressed;
    const IsaFormatInfo *format = isa_insn_format(to);
    if (!expansions[i].expand_only &&
        match_bindings(expansions[i].bindings, isa_insn_format(op), values, format->operands,
                       format->operand_count, compressed) &&
        isa_missing_extension(to, extensions) == ISA_EXTENSION_COUNT && !isa_is_hint(to, compressed))
      return to;
  }
  return ISA_INVALID;
}
