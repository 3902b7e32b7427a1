// Operands of instructions, by their class.
#include "asm/internal.h"

#include <inttypes.h>
#include <string.h>

#define RELOC(name) RELOCATION_R_RISCV_##name
static const Modifier modifiers[] = {
    {"hi", RELOC(HI20), 0, 0, 0},
    {"lo", 0, RELOC(LO12_I), RELOC(LO12_S), 0},
    {"pcrel_hi", RELOC(PCREL_HI20), 0, 0, 0},
    {"pcrel_lo", 0, RELOC(PCREL_LO12_I), RELOC(PCREL_LO12_S), 0},
    {"got_pcrel_hi", RELOC(GOT_HI20), 0, 0, 0},
    {"tprel_hi", RELOC(TPREL_HI20), 0, 0, 0},
    {"tprel_lo", 0, RELOC(TPREL_LO12_I), RELOC(TPREL_LO12_S), 0},
    {"tprel_add", 0, 0, 0, RELOC(TPREL_ADD)},
    {"tls_ie_pcrel_hi", RELOC(TLS_GOT_HI20), 0, 0, 0},
    {"tls_gd_pcrel_hi", RELOC(TLS_GD_HI20), 0, 0, 0},
};

bool read_register(Assembler *assembler, IsaOperandClass class, int64_t *number) {
  skip_space(assembler);
  size_t size = peek_name(assembler);
  if (!size)
    return false;
  IsaOperandClass file = class == ISA_CLASS_GPR8   ? ISA_CLASS_GPR
                         : class == ISA_CLASS_FPR8 ? ISA_CLASS_FPR
                                                   : class;
  if (size <= 4) {
    uint32_t name = 0;
    for (size_t i = 0; i < size; i++)
      name |= (uint32_t)(unsigned char)assembler->cursor[i] << 8 * i;
    if (short_register(assembler, name, number) != file + 1)
      return false;
    assembler->cursor += size;
    return true;
  }
  Name name = intern_find(&assembler->names, assembler->cursor, size);
  if (name == NAME_NONE)
    return false;
  const NameInfo *info = name_info(assembler, name);
  if (info->register_class != file + 1)
    return false;
  *number = info->register_number;
  assembler->cursor += size;
  return true;
}

// What a 12-bit or 20-bit part of a constant is, for %hi and %lo of what is known.
static bool modify_constant(Assembler *assembler, const Modifier *modifier, const char *at, int64_t *value) {
  if (modifier->upper == RELOC(HI20)) {
    *value = (int64_t)((uint64_t)*value + 0x800) >> 12 & 0xfffff;
    return true;
  }
  if (modifier->low == RELOC(LO12_I)) {
    *value = (int64_t)((uint64_t)*value << 52) >> 52;
    return true;
  }
  return asm_fail(assembler, at, strlen(modifier->name) + 1, "%%%s needs a symbol", modifier->name);
}

const Modifier *find_modifier(const char *text, size_t size) {
  for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers; i++)
    if (strlen(modifiers[i].name) == size && memcmp(modifiers[i].name, text, size) == 0)
      return &modifiers[i];
  return NULL;
}

bool read_modified(Assembler *assembler, const Modifier **modifier, Value *value) {
  skip_space(assembler);
  *modifier = NULL;
  const char *at = assembler->cursor;
  if (*at != '%')
    return read_expression(assembler, value);
  assembler->cursor++;
  size_t size = peek_name(assembler);
  const Modifier *found = find_modifier(assembler->cursor, size);
  if (!found)
    return asm_fail(assembler, at, size + 1, "unknown relocation operator '%.*s'", (int)size + 1, at);
  assembler->cursor += size;
  if (!expect_character(assembler, '(') || !read_expression(assembler, value) ||
      !expect_character(assembler, ')'))
    return false;
  *modifier = found;
  return true;
}

static const char *register_expected(IsaOperandClass class) {
  switch (class) {
  case ISA_CLASS_GPR:
    return "an integer register (x0..x31 or its ABI name)";
  case ISA_CLASS_GPR8:
    return "one of the integer registers x8..x15 (s0, s1, a0..a5)";
  case ISA_CLASS_FPR:
    return "a floating-point register (f0..f31 or its ABI name)";
  case ISA_CLASS_FPR8:
    return "one of the floating-point registers f8..f15 (fs0, fs1, fa0..fa5)";
  case ISA_CLASS_VR:
    return "a vector register (v0..v31)";
  default:
    return "an accumulator";
  }
}

// "an integer in the range [-2048, 2047]", a multiple when it must be one.
static const char *number_expected(Assembler *assembler, IsaOperandKind kind, const char *what) {
  int64_t smallest;
  int64_t largest;
  int64_t multiple;
  isa_operand_range(kind, &smallest, &largest, &multiple);
  if (multiple > 1)
    return arena_format(&assembler->arena,
                        "%s that is a multiple of %" PRId64 " in the range [%" PRId64 ", %" PRId64 "]", what,
                        multiple, smallest, largest);
  return arena_format(&assembler->arena, "%s in the range [%" PRId64 ", %" PRId64 "]", what, smallest,
                      largest);
}

const char *operand_expected(Assembler *assembler, IsaOperandKind kind) {
  IsaOperandClass class = isa_operand(kind)->operand_class;
  switch (class) {
  case ISA_CLASS_GPR:
  case ISA_CLASS_GPR8:
  case ISA_CLASS_FPR:
  case ISA_CLASS_FPR8:
  case ISA_CLASS_VR:
    return register_expected(class);
  case ISA_CLASS_ACC:
    return arena_format(&assembler->arena, "an accumulator (machine '%s' has acc0..acc%u)",
                        assembler->machine->name, (unsigned)assembler->machine->accumulators - 1);
  case ISA_CLASS_PCREL:
    return number_expected(assembler, kind, "a label or a distance");
  case ISA_CLASS_CSR:
    return "the name of a control and status register or an integer in the range [0, 4095]";
  case ISA_CLASS_FLOAT_CONSTANT:
    return "a constant of fli (-1.0, min, 2^-16, 2^-15, 2^-8, 2^-7, 2^-4 .. 2^4, 2^7, 2^8, 2^15, 2^16, inf, "
           "nan)";
  case ISA_CLASS_ROUNDING:
    if (kind == ISA_OPERAND_ROUNDING_RTZ)
      return "the rounding mode rtz";
    return "a rounding mode (rne, rtz, rdn, rup, rmm or dyn)";
  case ISA_CLASS_FENCE:
    return "a set of the letters i, o, r and w in this order, or 0";
  case ISA_CLASS_VTYPE:
    return "a vector type: e8|e16|e32|e64,m1|m2|m4|m8|mf2|mf4|mf8,ta|tu,ma|mu";
  case ISA_CLASS_MASK:
    return "the mask v0.t";
  case ISA_CLASS_LOG2:
    return "1, 2, 4, 8 or 16";
  case ISA_CLASS_STEP:
    return "1 or 2";
  default:
    return number_expected(assembler, kind, "an integer");
  }
}

static unsigned pcrel_relocation(IsaOperandKind kind) {
  switch (kind) {
  case ISA_OPERAND_JUMP21:
    return RELOC(JAL);
  case ISA_OPERAND_BRANCH13:
    return RELOC(BRANCH);
  case ISA_OPERAND_C_JUMP12:
    return RELOC(RVC_JUMP);
  default:
    return RELOC(RVC_BRANCH);
  }
}

// The relocation that carries an operand whose value is not known; 0: none, it must become known.
unsigned operand_relocation(IsaOperandKind kind, const Modifier *modifier) {
  IsaOperandClass class = isa_operand(kind)->operand_class;
  if (class == ISA_CLASS_PCREL)
    return pcrel_relocation(kind);
  if (!modifier)
    return 0;
  if (class == ISA_CLASS_UPPER)
    return modifier->upper;
  return kind == ISA_OPERAND_STORE12 ? modifier->store : kind == ISA_OPERAND_IMM12 ? modifier->low : 0;
}

static bool read_immediate(Assembler *assembler, IsaOperandKind kind, Operand *operand) {
  const char *at = assembler->cursor;
  if (!is_digit(*at) && *at != '-' && *at != '.' && *at != '%') {
    // The name of a register is a mistake, not a symbol.
    size_t size = peek_name(assembler);
    Name name = size ? intern_find(&assembler->names, at, size) : NAME_NONE;
    if (name != NAME_NONE && name_info(assembler, name)->register_class &&
        !name_info(assembler, name)->symbol)
      return asm_fail(assembler, at, size, "expected %s", operand_expected(assembler, kind));
  }
  Value value = {0};
  const Modifier *modifier = NULL;
  if (!read_modified(assembler, &modifier, &value))
    return false;
  size_t length = (size_t)(assembler->cursor - at);
  bool carried = modifier && operand_relocation(kind, modifier);
  if (modifier && (!carried || isa_operand(kind)->operand_class == ISA_CLASS_PCREL))
    return asm_fail(assembler, at, length, "%%%s cannot be used here: expected %s", modifier->name,
                    operand_expected(assembler, kind));
  if (value.add || value.subtract) {
    // A sum that is known is better than a promise.
    if (value.subtract)
      value_settle(assembler, &value, at);
  }
  if (value.add || value.subtract) {
    operand->deferred = true;
    operand->symbolic = value;
    operand->modifier = modifier;
    operand->value = 0;
    return true;
  }
  operand->value = value.constant;
  operand->modifier = modifier;
  if (modifier && !modify_constant(assembler, modifier, at, &operand->value))
    return false;
  if (!isa_operand_fits(kind, operand->value))
    return asm_fail(assembler, at, length, "%" PRId64 " does not fit: expected %s", operand->value,
                    operand_expected(assembler, kind));
  return true;
}

// Reads a plain word and returns its size.
static size_t read_word(Assembler *assembler, const char **word) {
  skip_space(assembler);
  *word = assembler->cursor;
  size_t size = peek_name(assembler);
  assembler->cursor += size;
  return size;
}

static bool word_is(const char *word, size_t size, const char *text) {
  return strlen(text) == size && memcmp(word, text, size) == 0;
}

static bool read_csr(Assembler *assembler, IsaOperandKind kind, Operand *operand) {
  size_t size = peek_name(assembler);
  int number = size ? isa_csr_find(assembler->cursor, size) : -1;
  if (number < 0)
    return read_immediate(assembler, kind, operand);
  assembler->cursor += size;
  operand->value = number;
  return true;
}

static bool read_rounding(Assembler *assembler, Operand *operand) {
  const char *word;
  size_t size = read_word(assembler, &word);
  for (unsigned mode = 0; size && mode < 8; mode++) {
    const char *name = isa_rounding_name(mode);
    if (name && word_is(word, size, name)) {
      operand->value = mode;
      return true;
    }
  }
  assembler->cursor = word;
  return false;
}

// A constant of fli: a number, min, inf or nan.
static bool read_float_constant(Assembler *assembler, Operand *operand) {
  const char *p = assembler->cursor;
  while (is_name_part(*p) || *p == '.' ||
         ((*p == '+' || *p == '-') && (p == assembler->cursor || strchr("eEpP", p[-1]))))
    p++;
  operand->value = isa_float_constant_find(assembler->cursor, (size_t)(p - assembler->cursor));
  if (operand->value < 0)
    return false;
  assembler->cursor = p;
  return true;
}

static bool read_fence(Assembler *assembler, Operand *operand) {
  const char *p = assembler->cursor;
  operand->value = 0;
  if (*p == '0' && !is_name_part(p[1])) {
    assembler->cursor++;
    return true;
  }
  static const char letters[] = "iorw";
  const char *from = letters;
  while (*p && strchr(from, *p)) {
    const char *letter = strchr(from, *p++);
    operand->value |= INT64_C(8) >> (letter - letters);
    from = letter + 1;
    if (!*from)
      break;
  }
  if (!operand->value || is_name_part(*p))
    return false;
  assembler->cursor = p;
  return true;
}

static const char *const widths[] = {"e8", "e16", "e32", "e64"};
static const char *const groups[] = {"m1", "m2", "m4", "m8", NULL, "mf8", "mf4", "mf2"};
static const char *const tails[] = {"tu", "ta"};
static const char *const masks[] = {"mu", "ma"};

static int find_word(const char *const *words, int count, const char *word, size_t size) {
  for (int i = 0; i < count; i++)
    if (words[i] && word_is(word, size, words[i]))
      return i;
  return -1;
}

// e32,m1,ta,ma in the layout of vtype (RISC-V "V" 1.0, section 3.4), or its number.
static bool read_vtype(Assembler *assembler, IsaOperandKind kind, Operand *operand) {
  const char *word;
  size_t size = read_word(assembler, &word);
  int width = find_word(widths, 4, word, size);
  if (width < 0) {
    assembler->cursor = word;
    return size ? false : read_immediate(assembler, kind, operand);
  }
  operand->value = (int64_t)width << 3;
  static const struct {
    const char *const *words;
    int count;
    int shift;
  } parts[] = {{groups, 8, 0}, {tails, 2, 6}, {masks, 2, 7}};
  for (size_t i = 0; i < 3; i++) {
    const char *before = assembler->cursor;
    if (!accept_character(assembler, ','))
      return i == 3 || asm_fail(assembler, before, 1, "expected %s", operand_expected(assembler, kind));
    size = read_word(assembler, &word);
    int found = find_word(parts[i].words, parts[i].count, word, size);
    if (found < 0)
      return asm_fail(assembler, word, token_length(word), "expected %s", operand_expected(assembler, kind));
    operand->value |= (int64_t)found << parts[i].shift;
  }
  return true;
}

static bool read_mask(Assembler *assembler, Operand *operand) {
  const char *word;
  size_t size = read_word(assembler, &word);
  operand->value = 0;
  if (word_is(word, size, "v0.t"))
    return true;
  assembler->cursor = word;
  return false;
}

// A register must also be one that the field can hold (x8..x15, even groups).
static bool read_register_operand(Assembler *assembler, IsaOperandKind kind, Operand *operand) {
  const char *at = assembler->cursor;
  IsaOperandClass class = isa_operand(kind)->operand_class;
  if (!read_register(assembler, class, &operand->value))
    return asm_fail(assembler, at, token_length(at), "expected %s", operand_expected(assembler, kind));
  size_t length = (size_t)(assembler->cursor - at);
  if (class == ISA_CLASS_ACC && (uint64_t)operand->value >= assembler->machine->accumulators)
    return asm_fail(assembler, at, length,
                    "machine '%s' has no acc%" PRId64 ": its accumulators are acc0..acc%u",
                    assembler->machine->name, operand->value, (unsigned)assembler->machine->accumulators - 1);
  if (!isa_operand_fits(kind, operand->value))
    return asm_fail(assembler, at, length, "'%.*s' cannot be used here: expected %s%s", (int)length, at,
                    operand_expected(assembler, kind),
                    class == ISA_CLASS_VR ? ", aligned to the group that the instruction moves" : "");
  return true;
}

bool read_operand(Assembler *assembler, IsaOperandKind kind, Operand *operand) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  operand->at = at;
  operand->deferred = false;
  operand->modifier = NULL;
  bool good = false;
  switch (isa_operand(kind)->operand_class) {
  case ISA_CLASS_GPR:
  case ISA_CLASS_GPR8:
  case ISA_CLASS_FPR:
  case ISA_CLASS_FPR8:
  case ISA_CLASS_VR:
  case ISA_CLASS_ACC:
    return read_register_operand(assembler, kind, operand);
  case ISA_CLASS_CSR:
    return read_csr(assembler, kind, operand);
  case ISA_CLASS_ROUNDING:
    good = read_rounding(assembler, operand) && isa_operand_fits(kind, operand->value);
    break;
  case ISA_CLASS_FLOAT_CONSTANT:
    good = read_float_constant(assembler, operand);
    break;
  case ISA_CLASS_FENCE:
    good = read_fence(assembler, operand);
    break;
  case ISA_CLASS_VTYPE:
    good = read_vtype(assembler, kind, operand);
    break;
  case ISA_CLASS_MASK:
    good = read_mask(assembler, operand);
    break;
  default:
    return read_immediate(assembler, kind, operand);
  }
  return good || asm_fail(assembler, at, token_length(at), "expected %s", operand_expected(assembler, kind));
}

// ".4x2": rows and columns of a group of accumulators, as log2(R) * 4 + log2(C).
static bool shape_suffix(const char **text, const char *end, int64_t *value) {
  const char *p = *text;
  static const char sizes[] = "124";
  if (end - p < 4 || p[0] != '.' || p[2] != 'x' || (end - p > 4 && is_name_part(p[4]) && p[4] != '.'))
    return false;
  const char *rows = memchr(sizes, p[1], 3);
  const char *columns = memchr(sizes, p[3], 3);
  if (!rows || !columns)
    return false;
  *value = (rows - sizes) * 4 + (columns - sizes);
  *text += 4;
  return true;
}

bool operand_suffix(IsaOperandKind kind, const char **text, const char *end, int64_t *value) {
  static const char *const orderings[] = {".aqrl", ".aq", ".rl"};
  static const uint8_t ordering_values[] = {3, 2, 1};
  size_t size = (size_t)(end - *text);
  *value = isa_operand_default(kind);
  switch (isa_operand(kind)->operand_class) {
  case ISA_CLASS_SHAPE:
    return shape_suffix(text, end, value);
  case ISA_CLASS_OVERWRITE:
    if (!word_is(*text, size, ".z"))
      return false;
    *value = 1;
    break;
  case ISA_CLASS_ORDERING:
    for (unsigned i = 0; i < 3; i++) {
      if (word_is(*text, size, orderings[i])) {
        *value = ordering_values[i];
        *text = end;
        return true;
      }
    }
    return false;
  default:
    return false;
  }
  *text = end;
  return true;
}
