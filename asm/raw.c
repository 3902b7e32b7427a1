// Directives that say what others leave to the assembler: instructions by their fields (.insn), relocations
// (.reloc), numbers of 16 bytes (.octa).
#include "asm/directive.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// A field that is read as a number and put at `at`.
typedef struct RawField {
  char letter;
  uint8_t at;
  uint8_t width;
} RawField;

// Letters of formats. O is the opcode's 7 bits, o those of compressed instructions.
static const RawField number_fields[] = {
    {'O', 0, 7},  {'o', 0, 2},  {'3', 12, 3}, {'f', 13, 3}, {'7', 25, 7}, {'2', 25, 2},
    {'4', 12, 4}, {'6', 10, 6}, {'c', 5, 2},  {'w', 5, 8},  {'k', 7, 6},
};
// Registers: d, s, t and r stand where rd, rs1, rs2 and rs3 do, e where rs2 does in compressed instructions;
// D and S are x8..x15 in 3 bits.
static const RawField register_fields[] = {
    {'d', 7, 5}, {'s', 15, 5}, {'t', 20, 5}, {'r', 27, 5}, {'e', 2, 5}, {'D', 2, 3}, {'S', 7, 3},
};
// Immediates as other instructions have them.
static const struct {
  char letter;
  IsaOperandKind kind;
} immediate_fields[] = {
    {'I', ISA_OPERAND_IMM12},    {'T', ISA_OPERAND_STORE12}, {'B', ISA_OPERAND_BRANCH13},
    {'U', ISA_OPERAND_UPPER20},  {'J', ISA_OPERAND_JUMP21},  {'b', ISA_OPERAND_C_BRANCH9},
    {'j', ISA_OPERAND_C_JUMP12},
};

// What is written behind a format's name, in this order. '(' stands for parentheses around the next letter. i
// is the signed immediate of 6 bits, m that of 5 bits of compressed loads and stores.
static const struct {
  const char *name;
  const char *fields;
} raw_formats[] = {
    {"r", "O37dst"}, {"r4", "O32dstr"}, {"i", "O3dsI"},   {"s", "O3tT(s"}, {"b", "O3stB"}, {"sb", "O3stB"},
    {"u", "OdU"},    {"j", "OdJ"},      {"uj", "OdJ"},    {"cr", "o4de"},  {"ci", "ofdi"}, {"ciw", "ofDw"},
    {"css", "ofek"}, {"cl", "ofDm(S"},  {"cs", "ofDm(S"}, {"ca", "o6cSD"}, {"cb", "ofSb"}, {"cj", "ofj"},
};

typedef struct RawWord {
  uint32_t word;
  unsigned count; // fields waiting for layout
  Operand waiting[2];
  IsaOperandKind kinds[2];
} RawWord;

static bool read_raw_number(Assembler *assembler, const RawField *field, uint32_t *value) {
  static const struct {
    const char *name;
    uint8_t opcode;
  } opcodes[] = {
      {"LOAD", 0x03},     {"LOAD_FP", 0x07},   {"CUSTOM_0", 0x0b}, {"MISC_MEM", 0x0f}, {"OP_IMM", 0x13},
      {"AUIPC", 0x17},    {"OP_IMM_32", 0x1b}, {"STORE", 0x23},    {"STORE_FP", 0x27}, {"CUSTOM_1", 0x2b},
      {"AMO", 0x2f},      {"OP", 0x33},        {"LUI", 0x37},      {"OP_32", 0x3b},    {"MADD", 0x43},
      {"MSUB", 0x47},     {"NMSUB", 0x4b},     {"NMADD", 0x4f},    {"OP_FP", 0x53},    {"OP_V", 0x57},
      {"CUSTOM_2", 0x5b}, {"BRANCH", 0x63},    {"JALR", 0x67},     {"JAL", 0x6f},      {"SYSTEM", 0x73},
      {"OP_VE", 0x77},    {"CUSTOM_3", 0x7b},  {"C0", 0},          {"C1", 1},          {"C2", 2}};
  skip_space(assembler);
  const char *at = assembler->cursor;
  size_t size = peek_name(assembler);
  for (size_t i = 0;
       (field->letter == 'O' || field->letter == 'o') && size && i < sizeof opcodes / sizeof *opcodes; i++) {
    if (strlen(opcodes[i].name) != size || memcmp(opcodes[i].name, at, size) != 0)
      continue;
    assembler->cursor += size;
    *value = opcodes[i].opcode;
    return true;
  }
  int64_t number = 0;
  if (!read_absolute(assembler, &number))
    return false;
  if (number < 0 || number >> field->width)
    return asm_fail(assembler, at, token_length(at), "expected an integer in the range [0, %d]",
                    (1 << field->width) - 1);
  bool whole = field->letter != 'O' || (number & 3) == 3;
  if (!whole || (field->letter == 'o' && number == 3))
    return asm_fail(assembler, at, token_length(at),
                    whole ? "opcodes of compressed instructions are 0, 1 and 2"
                          : "an opcode must end in the bits 11");
  *value = (uint32_t)number;
  return true;
}

static bool read_raw_register(Assembler *assembler, const RawField *field, uint32_t *value) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  int64_t number = 0;
  if (!read_register(assembler, ISA_CLASS_GPR, &number) &&
      !read_register(assembler, ISA_CLASS_FPR, &number) && !read_register(assembler, ISA_CLASS_VR, &number))
    return asm_fail(assembler, at, token_length(at), "expected a register");
  if (field->width == 3 && (number < 8 || number > 15))
    return asm_fail(assembler, at, token_length(at), "expected one of the registers 8..15");
  *value = (uint32_t)number & ((1U << field->width) - 1);
  return true;
}

static bool read_raw_immediate(Assembler *assembler, IsaOperandKind kind, RawWord *raw) {
  Operand operand = {0};
  if (!read_operand(assembler, kind, &operand))
    return false;
  if (operand.deferred) {
    raw->kinds[raw->count] = kind;
    raw->waiting[raw->count++] = operand;
  } else {
    raw->word = isa_operand_insert(raw->word, kind, operand.value);
  }
  return true;
}

static bool read_small_immediate(Assembler *assembler, char letter, RawWord *raw) {
  skip_space(assembler);
  const char *at = assembler->cursor;
  int64_t number = 0;
  if (!read_absolute(assembler, &number))
    return false;
  int64_t smallest = letter == 'i' ? -32 : 0;
  if (number < smallest || number > 31)
    return asm_fail(assembler, at, token_length(at), "expected an integer in the range [%" PRId64 ", 31]",
                    smallest);
  uint32_t bits = (uint32_t)number & 63;
  raw->word |= letter == 'i' ? (bits & 31) << 2 | bits >> 5 << 12 : (bits & 3) << 5 | bits >> 2 << 10;
  return true;
}

static bool read_raw_field(Assembler *assembler, char letter, RawWord *raw) {
  uint32_t value = 0;
  for (size_t i = 0; i < sizeof number_fields / sizeof *number_fields; i++) {
    if (number_fields[i].letter != letter)
      continue;
    bool good = read_raw_number(assembler, &number_fields[i], &value);
    raw->word |= value << number_fields[i].at;
    return good;
  }
  for (size_t i = 0; i < sizeof register_fields / sizeof *register_fields; i++) {
    if (register_fields[i].letter != letter)
      continue;
    bool good = read_raw_register(assembler, &register_fields[i], &value);
    raw->word |= value << register_fields[i].at;
    return good;
  }
  for (size_t i = 0; i < sizeof immediate_fields / sizeof *immediate_fields; i++)
    if (immediate_fields[i].letter == letter)
      return read_raw_immediate(assembler, immediate_fields[i].kind, raw);
  return read_small_immediate(assembler, letter, raw);
}

static bool emit_raw(Assembler *assembler, const RawWord *raw) {
  uint64_t offset = current_section(assembler)->size;
  if (!emit_word(assembler, raw->word, isa_length(raw->word)))
    return false;
  for (unsigned i = 0; i < raw->count; i++) {
    unsigned relocation = operand_relocation(raw->kinds[i], raw->waiting[i].modifier);
    add_fixup(assembler, relocation ? FIXUP_RELOCATION : FIXUP_OPERAND, raw->kinds[i], relocation, offset,
              raw->waiting[i].symbolic, raw->waiting[i].at);
  }
  return true;
}

// The fields of a format. "i" also takes "rd, imm(rs1)", and "r" a fourth register with a function of 2 bits.
static bool read_raw_fields(Assembler *assembler, const char *fields, RawWord *raw) {
  for (const char *letter = fields; *letter; letter++) {
    if (*letter == '(') {
      if (!expect_character(assembler, '(') || !read_raw_field(assembler, *++letter, raw) ||
          !expect_character(assembler, ')'))
        return false;
      continue;
    }
    if (letter > fields && !expect_character(assembler, ','))
      return false;
    const char *at = assembler->cursor;
    RawWord before = *raw;
    if (read_raw_field(assembler, *letter, raw))
      continue;
    if (strcmp(letter, "sI") != 0)
      return false;
    assembler->cursor = at;
    assembler->failure.at = NULL;
    *raw = before;
    return read_raw_fields(assembler, "I(s", raw);
  }
  return true;
}

static bool read_raw_format(Assembler *assembler, const char *name, const char *fields) {
  RawWord raw = {0};
  const char *at = assembler->cursor;
  if (!read_raw_fields(assembler, fields, &raw))
    return false;
  if (strcmp(name, "r") == 0 && accept_character(assembler, ',')) {
    assembler->cursor = at;
    raw = (RawWord){0};
    if (!read_raw_fields(assembler, "O32dstr", &raw))
      return false;
  }
  return at_statement_end(assembler) ? emit_raw(assembler, &raw)
                                     : asm_fail_here(assembler, "unexpected text after the operands");
}

// Bytes of an instruction by its first ones (RISC-V unprivileged, "Expanded Instruction-Length Encoding").
static unsigned raw_length(uint64_t value) {
  return (value & 3) != 3 ? 2 : (value & 0x1f) != 0x1f ? 4 : (value & 0x3f) == 0x1f ? 6 : 8;
}

// .insn format, fields; .insn [length, ]value
bool directive_insn(Assembler *assembler, int argument) {
  (void)argument;
  skip_space(assembler);
  const char *at = assembler->cursor;
  size_t size = peek_name(assembler);
  for (size_t i = 0; size && i < sizeof raw_formats / sizeof *raw_formats; i++) {
    if (strlen(raw_formats[i].name) != size || memcmp(raw_formats[i].name, at, size) != 0)
      continue;
    assembler->cursor += size;
    return read_raw_format(assembler, raw_formats[i].name, raw_formats[i].fields);
  }
  int64_t value = 0;
  if (!read_absolute(assembler, &value))
    return false;
  unsigned length = raw_length((uint64_t)value);
  if (accept_character(assembler, ',')) {
    int64_t given = value;
    skip_space(assembler);
    at = assembler->cursor;
    if (!read_absolute(assembler, &value))
      return false;
    length = raw_length((uint64_t)value);
    if (given != length)
      return asm_fail(assembler, at, token_length(at),
                      "these bits begin an instruction of %u bytes, not %" PRId64, length, given);
  }
  if (length < 8 && (uint64_t)value >> 8 * length)
    return asm_fail(assembler, at, token_length(at), "the value does not fit an instruction of %u bytes",
                    length);
  return length <= 4 ? emit_word(assembler, (uint32_t)value, length)
                     : append_little(assembler, (uint64_t)value, length);
}

// By the psABI's name or GNU as's common one.
static int relocation_by_name(const char *name) {
  static const struct {
    const char *name;
    const char *meant;
  } common[] = {
      {"BFD_RELOC_NONE", "R_RISCV_NONE"}, {"BFD_RELOC_32", "R_RISCV_32"}, {"BFD_RELOC_64", "R_RISCV_64"}};
  for (size_t i = 0; i < sizeof common / sizeof *common; i++)
    if (strcmp(name, common[i].name) == 0)
      name = common[i].meant;
  return isa_relocation_find(name);
}

// .reloc offset, type[, expression]
bool directive_reloc(Assembler *assembler, int argument) {
  (void)argument;
  skip_space(assembler);
  const char *at = assembler->cursor;
  Value offset = {0};
  Value value = {0};
  if (!read_expression(assembler, &offset) || !expect_character(assembler, ','))
    return false;
  skip_space(assembler);
  const char *type_at = assembler->cursor;
  size_t size = peek_name(assembler);
  int type = relocation_by_name(arena_copy_text(&assembler->arena, type_at, size));
  if (type < 0)
    return asm_fail(assembler, type_at, token_length(type_at),
                    "expected the name of a relocation, as R_RISCV_NONE");
  assembler->cursor += size;
  const char *value_at = assembler->cursor;
  if (accept_character(assembler, ',') && !read_expression(assembler, &value))
    return false;
  if (value.subtract)
    return asm_fail(assembler, value_at, token_length(value_at), "a relocation takes a symbol and a number");
  Request request = {offset, value, place_of(assembler, at), (uint8_t)type};
  VEC_PUSH(&current_section(assembler)->requests, request);
  return true;
}

// Numbers of 16 bytes, in hexadecimal beyond 64 bits.
bool directive_octa(Assembler *assembler, int argument) {
  (void)argument;
  do {
    skip_space(assembler);
    const char *at = assembler->cursor;
    uint64_t low = 0;
    uint64_t high = 0;
    if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X')) {
      const char *p = at + 2;
      for (; strchr("0123456789abcdefABCDEF", *p) && *p; p++) {
        if (high >> 60)
          return asm_fail(assembler, at, token_length(at), "the number does not fit 16 bytes");
        uint64_t digit = (uint64_t)(*p <= '9' ? *p - '0' : (*p | 32) - 'a' + 10);
        high = high << 4 | low >> 60;
        low = low << 4 | digit;
      }
      if (p == at + 2 || is_name_part(*p))
        return asm_fail(assembler, at, token_length(at), "not a number");
      assembler->cursor = p;
    } else {
      int64_t value = 0;
      if (!read_absolute(assembler, &value))
        return false;
      low = (uint64_t)value;
      high = value < 0 ? UINT64_MAX : 0;
    }
    if (!append_little(assembler, low, 8) || !append_little(assembler, high, 8))
      return false;
  } while (accept_character(assembler, ','));
  return true;
}
