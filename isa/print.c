// Instructions to text.
#include "isa/isa.h"

#include <inttypes.h>
#include <string.h>

static void print_number(Text *out, int64_t value, bool decimal) {
  char digits[24];
  char *next = digits + sizeof digits;
  uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  unsigned base = decimal ? 10 : 16;
  do {
    *--next = "0123456789abcdef"[magnitude % base];
    magnitude /= base;
  } while (magnitude);
  if (!decimal) {
    *--next = 'x';
    *--next = '0';
  }
  if (value < 0)
    *--next = '-';
  text_append(out, next, (size_t)(digits + sizeof digits - next));
}

static void print_fence(Text *out, int64_t value) {
  if (!value)
    text_append_char(out, '0');
  for (unsigned i = 0; i < 4; i++)
    if (value >> (3 - i) & 1)
      text_append_char(out, "iorw"[i]);
}

// vtype as vsetvli writes it; values with reserved parts as a number.
static void print_vtype(Text *out, int64_t value, bool decimal) {
  static const char *const lmul[8] = {"m1", "m2", "m4", "m8", NULL, "mf8", "mf4", "mf2"};
  unsigned sew = value >> 3 & 7;
  if (value >> 8 || sew > 3 || !lmul[value & 7]) {
    print_number(out, value, decimal);
    return;
  }
  text_format(out, "e%u, %s, %s, %s", 8U << sew, lmul[value & 7], value >> 6 & 1 ? "ta" : "tu",
              value >> 7 & 1 ? "ma" : "mu");
}

static void print_csr(Text *out, int64_t value, bool decimal) {
  const char *name = isa_csr_name((unsigned)value);
  if (name)
    text_append_string(out, name);
  else
    print_number(out, value, decimal);
}

const char *isa_rounding_name(unsigned mode) {
  static const char *const names[8] = {"rne", "rtz", "rdn", "rup", "rmm", NULL, NULL, "dyn"};
  return mode < 8 ? names[mode] : NULL;
}

static void print_operand(Text *out, const IsaOperandInfo *operand, int64_t value, bool decimal) {
  static const char *const ordering[4] = {"", ".rl", ".aq", ".aqrl"};
  switch (operand->operand_class) {
  case ISA_CLASS_GPR:
  case ISA_CLASS_GPR8:
  case ISA_CLASS_FPR:
  case ISA_CLASS_FPR8:
  case ISA_CLASS_VR:
  case ISA_CLASS_ACC:
    text_append_string(out, isa_register_name(operand->operand_class, (unsigned)value));
    break;
  case ISA_CLASS_SIGNED:
  case ISA_CLASS_UNSIGNED:
  case ISA_CLASS_UPPER:
  case ISA_CLASS_PCREL:
    print_number(out, value, decimal);
    break;
  case ISA_CLASS_LOG2:
  case ISA_CLASS_STEP:
    print_number(out, value, true);
    break;
  case ISA_CLASS_CSR:
    print_csr(out, value, decimal);
    break;
  case ISA_CLASS_ROUNDING:
    text_append_string(out, isa_rounding_name((unsigned)value));
    break;
  case ISA_CLASS_FENCE:
    print_fence(out, value);
    break;
  case ISA_CLASS_ORDERING:
    text_append_string(out, ordering[value & 3]);
    break;
  case ISA_CLASS_VTYPE:
    print_vtype(out, value, decimal);
    break;
  case ISA_CLASS_MASK:
    text_append_string(out, "v0.t");
    break;
  case ISA_CLASS_SHAPE:
    text_format(out, ".%dx%d", 1 << (value >> 2 & 3), 1 << (value & 3));
    break;
  case ISA_CLASS_OVERWRITE:
    if (value)
      text_append_string(out, ".z");
    break;
  }
}

typedef struct Line {
  Text *out;
  IsaOp op;
  const uint8_t *kinds;
  const int64_t *values;
  const IsaPrinter *printer;
} Line;

static void print_one(const Line *line, unsigned i) {
  const IsaPrinter *printer = line->printer;
  IsaOperandKind kind = (IsaOperandKind)line->kinds[i];
  if (printer && printer->print_operand &&
      printer->print_operand(printer->context, line->out, line->op, kind, line->values[i]))
    return;
  print_operand(line->out, isa_operand(kind), line->values[i], printer && printer->decimal);
}

// Mnemonic, tab, operands, as formats.def explains the syntax.
static void print_syntax(const Line *line, const char *mnemonic, const char *syntax) {
  text_append_string(line->out, mnemonic);
  for (; *syntax == '~'; syntax += 2)
    print_one(line, (unsigned)(syntax[1] - '0'));
  if (*syntax == ' ')
    syntax++;
  if (*syntax)
    text_append_char(line->out, '\t');
  for (; *syntax; syntax++) {
    if (*syntax >= '0' && *syntax <= '9') {
      print_one(line, (unsigned)(*syntax - '0'));
    } else if (*syntax == ',') {
      text_append(line->out, ", ", 2);
    } else if (*syntax == '?') {
      unsigned i = (unsigned)(*++syntax - '0');
      if (line->values[i] == isa_operand_default((IsaOperandKind)line->kinds[i]))
        continue;
      text_append(line->out, ", ", 2);
      print_one(line, i);
    } else {
      text_append_char(line->out, *syntax);
    }
  }
}

static void print_alias(Line line, const IsaAliasInfo *alias) {
  int64_t written[ISA_MAX_OPERANDS] = {0};
  for (unsigned i = 0; i < isa_insn_format(line.op)->operand_count; i++)
    if (alias->bindings[i].written)
      written[alias->bindings[i].value] = line.values[i];
  line.kinds = alias->operands;
  line.values = written;
  print_syntax(&line, alias->mnemonic, alias->syntax);
}

void isa_print(Text *out, IsaOp op, const int64_t *values, const IsaPrinter *printer) {
  int64_t expanded[ISA_MAX_OPERANDS] = {0};
  const IsaAliasInfo *alias = NULL;
  if (!printer || !printer->no_aliases) {
    memcpy(expanded, values, isa_insn_format(op)->operand_count * sizeof *values);
    op = isa_expand(op, expanded);
    values = expanded;
    alias = isa_alias_match(op, values);
  }
  const IsaFormatInfo *format = isa_insn_format(op);
  Line line = {out, op, format->operands, values, printer};
  if (alias)
    print_alias(line, alias);
  else
    print_syntax(&line, isa_insn(op)->mnemonic, format->syntax);
}
