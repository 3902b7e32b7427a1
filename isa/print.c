// Instructions to text.
#include "isa/isa.h"

#include <string.h>

// One instruction being written. Its text is gathered here and goes out at once: a disassembler spends most
// of its time in this file.
typedef struct Line {
  Text *out;
  IsaOp op;
  const uint8_t *kinds;
  const int64_t *values;
  const IsaPrinter *printer;
  bool decimal;
  size_t count;
  char bytes[128];
} Line;

static void flush(Line *line) {
  text_append(line->out, line->bytes, line->count);
  line->count = 0;
}

static inline void put_char(Line *line, char c) {
  if (line->count == sizeof line->bytes)
    flush(line);
  line->bytes[line->count++] = c;
}

static inline void put_string(Line *line, const char *string) {
  for (; *string; string++)
    put_char(line, *string);
}

static void put_digits(Line *line, uint64_t number, unsigned base) {
  char digits[24];
  unsigned count = 0;
  do {
    digits[count++] = "0123456789abcdef"[number % base];
    number /= base;
  } while (number);
  while (count)
    put_char(line, digits[--count]);
}

static void put_number(Line *line, int64_t value) {
  uint64_t magnitude = (uint64_t)value;
  if (value < 0) {
    put_char(line, '-');
    magnitude = 0 - magnitude;
  }
  if (line->decimal) {
    put_digits(line, magnitude, 10);
  } else {
    put_string(line, "0x");
    put_digits(line, magnitude, 16);
  }
}

static void put_fence(Line *line, int64_t value) {
  if (!value)
    put_char(line, '0');
  for (unsigned i = 0; i < 4; i++)
    if (value >> (3 - i) & 1)
      put_char(line, "iorw"[i]);
}

// vtype as vsetvli writes it; values with reserved parts as a number.
static void put_vtype(Line *line, int64_t value) {
  static const char *const lmul[8] = {"m1", "m2", "m4", "m8", NULL, "mf8", "mf4", "mf2"};
  unsigned sew = value >> 3 & 7;
  if (value >> 8 || sew > 3 || !lmul[value & 7]) {
    put_number(line, value);
    return;
  }
  put_char(line, 'e');
  put_digits(line, 8U << sew, 10);
  put_string(line, ", ");
  put_string(line, lmul[value & 7]);
  put_string(line, value >> 6 & 1 ? ", ta" : ", tu");
  put_string(line, value >> 7 & 1 ? ", ma" : ", mu");
}

static void put_csr(Line *line, int64_t value) {
  const char *name = isa_csr_name((unsigned)value);
  if (name)
    put_string(line, name);
  else
    put_number(line, value);
}

static void put_shape(Line *line, int64_t value) {
  put_char(line, '.');
  put_digits(line, 1U << (value >> 2 & 3), 10);
  put_char(line, 'x');
  put_digits(line, 1U << (value & 3), 10);
}

const char *isa_rounding_name(unsigned mode) {
  static const char *const names[8] = {"rne", "rtz", "rdn", "rup", "rmm", NULL, NULL, "dyn"};
  return mode < 8 ? names[mode] : NULL;
}

static void put_register(Line *line, IsaOperandClass class, int64_t value) {
  bool numeric = line->printer && line->printer->numeric;
  put_string(line, numeric ? isa_register_number_name(class, (unsigned)value)
                           : isa_register_name(class, (unsigned)value));
}

static void put_operand(Line *line, const IsaOperandInfo *operand, int64_t value) {
  static const char *const ordering[4] = {"", ".rl", ".aq", ".aqrl"};
  switch (operand->operand_class) {
  case ISA_CLASS_GPR:
  case ISA_CLASS_GPR8:
  case ISA_CLASS_FPR:
  case ISA_CLASS_FPR8:
  case ISA_CLASS_VR:
  case ISA_CLASS_ACC:
    put_register(line, operand->operand_class, value);
    break;
  case ISA_CLASS_SIGNED:
  case ISA_CLASS_UNSIGNED:
  case ISA_CLASS_UPPER:
  case ISA_CLASS_PCREL:
    put_number(line, value);
    break;
  case ISA_CLASS_LOG2:
  case ISA_CLASS_STEP:
    put_digits(line, (uint64_t)value, 10);
    break;
  case ISA_CLASS_CSR:
    put_csr(line, value);
    break;
  case ISA_CLASS_ROUNDING:
    put_string(line, isa_rounding_name((unsigned)value));
    break;
  case ISA_CLASS_FENCE:
    put_fence(line, value);
    break;
  case ISA_CLASS_ORDERING:
    put_string(line, ordering[value & 3]);
    break;
  case ISA_CLASS_VTYPE:
    put_vtype(line, value);
    break;
  case ISA_CLASS_MASK:
    put_string(line, "v0.t");
    break;
  case ISA_CLASS_FLOAT_CONSTANT:
    put_string(line, isa_float_constant_text((unsigned)value));
    break;
  case ISA_CLASS_SHAPE:
    put_shape(line, value);
    break;
  case ISA_CLASS_OVERWRITE:
    if (value)
      put_string(line, ".z");
    break;
  }
}

static void put_one(Line *line, unsigned i) {
  const IsaPrinter *printer = line->printer;
  IsaOperandKind kind = (IsaOperandKind)line->kinds[i];
  if (printer && printer->print_operand &&
      (!printer->targets || isa_operand(kind)->operand_class == ISA_CLASS_PCREL)) {
    flush(line);
    if (printer->print_operand(printer->context, line->out, line->op, kind, line->values[i]))
      return;
  }
  put_operand(line, isa_operand(kind), line->values[i]);
}

// Mnemonic, tab, operands, as formats.def explains the syntax.
static void put_syntax(Line *line, const char *mnemonic, const char *syntax) {
  put_string(line, mnemonic);
  for (; *syntax == '~'; syntax += 2)
    put_one(line, (unsigned)(syntax[1] - '0'));
  if (*syntax == ' ')
    syntax++;
  if (*syntax)
    put_char(line, '\t');
  for (; *syntax; syntax++) {
    if (*syntax >= '0' && *syntax <= '9') {
      put_one(line, (unsigned)(*syntax - '0'));
    } else if (*syntax == ',') {
      put_string(line, ", ");
    } else if (*syntax == '?') {
      unsigned i = (unsigned)(*++syntax - '0');
      if (line->values[i] == isa_operand_default((IsaOperandKind)line->kinds[i]))
        continue;
      put_string(line, ", ");
      put_one(line, i);
    } else {
      put_char(line, *syntax);
    }
  }
  flush(line);
}

static void put_alias(Line *line, const IsaAliasInfo *alias) {
  int64_t written[ISA_MAX_OPERANDS] = {0};
  for (unsigned i = 0; i < isa_insn_format(line->op)->operand_count; i++)
    if (alias->bindings[i].written)
      written[alias->bindings[i].value] = line->values[i];
  const int64_t *values = line->values;
  line->kinds = alias->operands;
  line->values = written;
  put_syntax(line, alias->mnemonic, alias->syntax);
  line->values = values;
}

void isa_print(Text *out, IsaOp op, const int64_t *values, const IsaPrinter *printer) {
  int64_t expanded[ISA_MAX_OPERANDS] = {0};
  const IsaAliasInfo *alias = NULL;
  if (!printer || !printer->no_aliases) {
    memcpy(expanded, values, isa_insn_format(op)->operand_count * sizeof *values);
    if (!isa_is_hint(op, values)) // hints would not come back from what they stand for
      op = isa_expand(op, expanded);
    values = expanded;
    alias = isa_alias_match(op, values);
  }
  Line line;
  line.out = out;
  line.op = op;
  line.kinds = isa_insn_format(op)->operands;
  line.values = values;
  line.printer = printer;
  line.decimal = printer && printer->decimal;
  line.count = 0;
  if (alias)
    put_alias(&line, alias);
  else
    put_syntax(&line, isa_insn(op)->mnemonic, isa_insn_format(op)->syntax);
}
