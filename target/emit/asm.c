// The text of inline assembly with its operands filled in.
#include "target/emit/emit.h"

#include <ctype.h>
#include <string.h>

static void print_asm_operand(Text *out, const Target *target, const AsmCall *a, unsigned number,
                              char modifier) {
  const AsmOperand *o = &a->operands[number];
  int reg = o->tied >= 0 ? a->operands[o->tied].reg : o->reg;
  const char *name = o->kind == ASM_IMMEDIATE ? NULL : mir_register_name((Reg)reg);
  if (modifier == 'i') {
    text_append_string(out, o->kind == ASM_IMMEDIATE ? "i" : "");
  } else if (modifier == 'N') {
    text_format(out, "%d", reg % 32);
  } else if (o->kind == ASM_MEMORY) {
    text_format(out, "0(%s)", name);
  } else if (o->kind != ASM_IMMEDIATE) {
    text_append_string(out, name);
  } else if (o->symbol != IR_NONE) {
    MirAddress address = {o->symbol, o->imm};
    print_symbol(out, target, &address);
  } else if (modifier == 'z' && o->imm == 0) {
    text_append_string(out, "zero");
  } else {
    text_format(out, "%lld", (long long)o->imm);
  }
}

// "$0", "${0:z}", "${:uid}", "$$". Returns where the text goes on.
static const char *print_reference(Text *out, const Target *target, const AsmCall *a, const char *at,
                                   unsigned unique) {
  bool braces = *at == '{';
  at += braces;
  if (braces && strncmp(at, ":uid}", 5) == 0) {
    text_format(out, "%u", unique);
    return at + 5;
  }
  if (!isdigit((unsigned char)*at)) {
    text_append_char(out, '$');
    if (braces)
      text_append_char(out, '{');
    return *at == '$' ? at + 1 : at;
  }
  char *end = NULL;
  unsigned long number = strtoul(at, &end, 10);
  char modifier = 0;
  if (braces && *end == ':') {
    modifier = end[1];
    end += 2;
  }
  if (braces && *end == '}')
    end++;
  if (number < a->count)
    print_asm_operand(out, target, a, (unsigned)number, modifier);
  return end;
}

void print_asm(Text *out, const Target *target, const AsmCall *a, unsigned unique) {
  if (!*a->text)
    return;
  text_append_char(out, '\t');
  for (const char *at = a->text; *at;)
    if (*at == '$')
      at = print_reference(out, target, a, at + 1, unique);
    else
      text_append_char(out, *at++);
  text_append_char(out, '\n');
}

// No statement is known to be longer than the address of something.
unsigned asm_size_limit(const AsmCall *a) {
  enum { STATEMENT_BYTES = 8 };
  unsigned statements = *a->text != 0;
  for (const char *c = a->text; *c; c++)
    statements += *c == '\n' || *c == ';';
  return statements * STATEMENT_BYTES;
}
