// Inline assembly: what its constraints ask for. The text goes out as it is, with the operands filled in.
#include "target/import/import.h"
#include "target/ir/vector.h"

#include <ctype.h>
#include <string.h>

typedef struct Constraints {
  Importer *imp;
  LLVMValueRef call;
  AsmCall *assembly;
  VEC(AsmOperand) operands;
  VEC(IrValue) inputs;
  unsigned argument; // next one of the call
  bool failed;
} Constraints;

static void reject(Constraints *c, const char *what, const char *code, size_t size) {
  if (!c->failed)
    refuse(c->imp, c->call, "inline assembly: %s '%.*s' is not supported", what, (int)size, code);
  c->failed = true;
}

static int find_register(const char *name, size_t size) {
  int reg = isa_register_find(ISA_CLASS_GPR, name, size);
  if (reg >= 0)
    return reg;
  reg = isa_register_find(ISA_CLASS_FPR, name, size);
  if (reg >= 0)
    return MIR_FIRST_FPR + reg;
  reg = isa_register_find(ISA_CLASS_VR, name, size);
  return reg >= 0 ? MIR_FIRST_VR + reg : -1;
}

// "~{name}"
static void read_clobber(Constraints *c, const char *code, size_t size) {
  static const char *const ignored[] = {"memory", "cc",    "dirflag", "fflags", "frm",
                                        "fcsr",   "vtype", "vl",      "vxsat",  "vxrm"};
  const char *name = code + 2;
  size_t length = size - 3;
  for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
    if (strlen(ignored[i]) == length && memcmp(ignored[i], name, length) == 0)
      return;
  int reg = find_register(name, length);
  if (reg < 0) {
    reject(c, "the clobber", code, size);
    return;
  }
  if (reg >= MIR_FIRST_VR)
    c->assembly->vector_clobbers |= UINT32_C(1) << (reg - MIR_FIRST_VR);
  else
    c->assembly->clobbers |= UINT64_C(1) << reg;
  c->imp->f->has_calls |= reg == REG_RA; // so that it is saved
}

// Whether a number may stand for a constraint's letter.
static bool letter_takes(char letter, int64_t value) {
  switch (letter) {
  case 'I':
    return value >= -2048 && value <= 2047;
  case 'J':
    return value == 0;
  case 'K':
    return value >= 0 && value <= 31;
  default:
    return strchr("inX", letter) != NULL;
  }
}

// The operand as a constant, where one of the letters allows it.
static bool as_immediate(Constraints *c, AsmOperand *o, const char *code, size_t size, LLVMValueRef value) {
  SymbolId symbol = IR_NONE;
  int64_t addend = 0;
  IrType type = scalar_type(LLVMTypeOf(value));
  if (type == IR_VOID || ir_is_float(type) || !LLVMIsConstant(value) ||
      !constant_address(c->imp, value, &symbol, &addend))
    return false;
  for (size_t i = 0; i < size; i++) {
    bool fits = symbol == IR_NONE ? letter_takes(code[i], addend) : strchr("isSX", code[i]) != NULL;
    if (!fits)
      continue;
    *o = (AsmOperand){.kind = ASM_IMMEDIATE, .reg = -1, .tied = -1, .symbol = symbol, .imm = addend};
    return true;
  }
  return false;
}

// The class of register that the letters name; -1: none. "cr" and "cf" are those of compressed instructions.
// "vr" and "vd" are vector registers, of the second all but v0.
static int class_of(const char *code, size_t size, bool *compressed) {
  *compressed = size >= 3 && code[0] == '^' && code[1] == 'c';
  if (*compressed)
    return code[2] == 'r' ? ASM_GPR : code[2] == 'f' ? ASM_FPR : -1;
  if (size == 3 && code[0] == '^' && code[1] == 'v')
    return code[2] == 'r' ? ASM_VR : code[2] == 'd' ? ASM_VR_NOT_V0 : -1;
  if (code[0] == '^')
    return -1;
  for (size_t i = 0; i < size; i++)
    if (code[i] == 'r' || code[i] == 'X' || code[i] == 'p')
      return 0;
  return memchr(code, 'f', size) ? 1 : -1;
}

static bool register_operand(AsmOperand *o, const char *code, size_t size) {
  bool mask = size == 3 && memcmp(code, "^vm", 3) == 0; // v0
  int class = -1;
  if (code[0] == '{' || mask) {
    int reg = mask ? MIR_FIRST_VR : find_register(code + 1, size - 2);
    o->reg = (int16_t)reg;
    class = reg < 0 ? -1 : reg < MIR_FIRST_FPR ? ASM_GPR : reg < MIR_FIRST_VR ? ASM_FPR : ASM_VR;
  } else {
    class = class_of(code, size, &o->compressed);
  }
  o->class = (uint8_t)class;
  return class >= 0 && ir_is_vector(o->type) == (class >= ASM_VR);
}

// The type of an operand's register; IR_VOID: it has none.
static IrType operand_type(const Constraints *c, LLVMTypeRef type) {
  const char *reason = NULL;
  if (is_vector_type(type))
    return lanes_parts(c->imp, type) == 1 ? lanes_type(c->imp, type, &reason) : IR_VOID;
  return scalar_type(type);
}

static void read_output(Constraints *c, const char *code, size_t size, IrType type) {
  AsmOperand o = {.kind = ASM_OUTPUT, .reg = -1, .tied = -1, .type = type};
  const char *whole = code;
  bool indirect = false;
  for (; size && strchr("=&*%", *code); code++, size--) {
    o.early |= *code == '&';
    indirect |= *code == '*';
  }
  if (indirect) {
    bool address = size && (memchr(code, 'm', size) || memchr(code, 'A', size) || memchr(code, 'o', size));
    if (!address) {
      reject(c, "the constraint", whole, size + (size_t)(code - whole));
      return;
    }
    o = (AsmOperand){.kind = ASM_MEMORY, .reg = -1, .tied = -1, .type = IR_I64};
    VEC_PUSH(&c->inputs, operand(c->imp, LLVMGetOperand(c->call, c->argument++)));
  } else if (type == IR_VOID || !size || !register_operand(&o, code, size)) {
    reject(c, "the constraint", whole, size + (size_t)(code - whole));
    return;
  }
  VEC_PUSH(&c->operands, o);
}

static void read_input(Constraints *c, const char *code, size_t size) {
  AsmOperand o = {.kind = ASM_INPUT, .reg = -1, .tied = -1};
  const char *whole = code;
  size_t length = size;
  for (; size && strchr("*%&", *code); code++)
    size--;
  if (c->argument >= LLVMGetNumArgOperands(c->call) || !size) {
    reject(c, "the constraint", whole, length);
    return;
  }
  LLVMValueRef value = LLVMGetOperand(c->call, c->argument++);
  o.type = operand_type(c, LLVMTypeOf(value));
  bool memory = *code != '{' && *code != '^' && !isdigit((unsigned char)*code) && !memchr(code, 'r', size) &&
                !memchr(code, 'f', size) &&
                (memchr(code, 'm', size) || memchr(code, 'A', size) || memchr(code, 'o', size));
  if (*code != '{' && *code != '^' && as_immediate(c, &o, code, size, value)) {
    VEC_PUSH(&c->operands, o);
    return;
  }
  if (memory && LLVMGetTypeKind(LLVMTypeOf(value)) == LLVMPointerTypeKind) {
    o.kind = ASM_MEMORY;
    o.type = IR_I64;
  } else if (isdigit((unsigned char)*code) && o.type != IR_VOID) {
    o.tied = (int16_t)strtoul(code, NULL, 10);
    if ((size_t)o.tied >= c->operands.count || c->operands.data[o.tied].kind != ASM_OUTPUT) {
      reject(c, "the constraint", whole, length);
      return;
    }
    o.class = c->operands.data[o.tied].class;
    if (ir_is_vector(o.type) != (o.class >= ASM_VR))
      reject(c, "the constraint", whole, length);
  } else if (o.type == IR_VOID || !register_operand(&o, code, size)) {
    reject(c, "the constraint", whole, length);
    return;
  }
  VEC_PUSH(&c->inputs, operand(c->imp, value));
  VEC_PUSH(&c->operands, o);
}

// The types of the results, in order.
static uint32_t result_types(Importer *imp, LLVMValueRef call, LeafList *leaves) {
  const char *reason = NULL;
  LLVMTypeRef type = LLVMTypeOf(call);
  if (LLVMGetTypeKind(type) != LLVMVoidTypeKind && !flatten(imp, type, 0, leaves, &reason)) {
    refuse(imp, call, "%s", reason);
    return UINT32_MAX;
  }
  for (size_t i = 0; i < leaves->count; i++)
    if (leaves->data[i].part) {
      refuse(imp, call, "inline assembly: vectors of more than eight registers are not supported");
      return UINT32_MAX;
    }
  return (uint32_t)leaves->count;
}

static void read_constraints(Constraints *c, const char *text, size_t size, const LeafList *results) {
  uint32_t result = 0;
  for (size_t at = 0; at < size && !c->failed;) {
    size_t length = 0;
    for (bool inside = false; at + length < size && (inside || text[at + length] != ','); length++)
      inside = text[at + length] == '{' || (inside && text[at + length] != '}');
    const char *code = text + at;
    if (memchr(code, '|', length) || *code == '!')
      reject(c, "the constraint", code, length);
    else if (length >= 3 && code[0] == '~' && code[1] == '{')
      read_clobber(c, code, length);
    else if (*code == '=')
      read_output(c, code, length,
                  memchr(code, '*', length) || result >= results->count ? IR_VOID
                                                                        : results->data[result++].type);
    else
      read_input(c, code, length);
    at += length + 1;
  }
}

// A value goes into the class of its register as bits where it is of the other one.
static IrValue fit_class(Importer *imp, const AsmOperand *o, IrValue v) {
  IrType type = ir_type(imp->f, v);
  if (o->kind == ASM_MEMORY || o->class >= ASM_VR || ir_is_float(type) == (o->class != 0))
    return v;
  if (ir_is_float(type))
    return build1(&imp->b, IR_BITCAST, (IrType)ir_type_bits(type), v);
  if (type != IR_I32 && type != IR_I64)
    v = build1(&imp->b, IR_ZEXT, type < IR_I32 ? IR_I32 : IR_I64, v);
  return build1(&imp->b, IR_BITCAST, type <= IR_I32 ? IR_FLOAT : IR_DOUBLE, v);
}

static IrType type_in_class(const AsmOperand *o) {
  if (o->class >= ASM_VR || ir_is_float(o->type) == (o->class != 0))
    return o->type;
  return ir_is_float(o->type) ? (IrType)ir_type_bits(o->type) : o->type <= IR_I32 ? IR_FLOAT : IR_DOUBLE;
}

static void finish(Constraints *c) {
  Importer *imp = c->imp;
  AsmCall *assembly = c->assembly;
  assembly->count = (uint32_t)c->operands.count;
  assembly->operands = ARENA_ARRAY(&imp->f->arena, AsmOperand, c->operands.count);
  uint32_t input = 0;
  IrType first = IR_VOID;
  for (uint32_t i = 0; i < assembly->count; i++) {
    AsmOperand *o = &assembly->operands[i];
    *o = c->operands.data[i];
    if (o->kind == ASM_OUTPUT && first == IR_VOID)
      first = type_in_class(o);
    if (o->kind == ASM_INPUT || o->kind == ASM_MEMORY) {
      c->inputs.data[input] = fit_class(imp, o, c->inputs.data[input]);
      input++;
    }
  }
  IrValue v = build(&imp->b, IR_ASM, first, input, c->inputs.data);
  ir_insn(imp->f, v)->imm = (int64_t)imp->f->asms.count;
  VEC_PUSH(&imp->f->asms, assembly);
  VEC(IrValue) parts = {0};
  for (uint32_t i = 0; i < assembly->count; i++) {
    const AsmOperand *o = &assembly->operands[i];
    if (o->kind != ASM_OUTPUT)
      continue;
    IrValue part = v;
    if (parts.count) {
      part = build(&imp->b, IR_RESULT, type_in_class(o), 1, &v);
      ir_insn(imp->f, part)->imm = (int64_t)parts.count;
    }
    VEC_PUSH(&parts, part);
  }
  uint32_t count = 0;
  for (uint32_t i = 0; i < assembly->count; i++) {
    const AsmOperand *o = &assembly->operands[i];
    if (o->kind != ASM_OUTPUT)
      continue;
    if (type_in_class(o) != o->type)
      parts.data[count] =
          build1(&imp->b, ir_is_float(o->type) || ir_type_bits(o->type) >= IR_I32 ? IR_BITCAST : IR_TRUNC,
                 o->type, parts.data[count]);
    count++;
  }
  set_parts(imp, c->call, parts.data, count);
  VEC_FREE(&parts);
}

void import_asm(Importer *imp, LLVMValueRef call, LLVMValueRef callee) {
  size_t size = 0, length = 0;
  const char *text = LLVMGetInlineAsmAsmString(callee, &size);
  const char *codes = LLVMGetInlineAsmConstraintString(callee, &length);
  Constraints c = {.imp = imp, .call = call, .assembly = ARENA_NEW(&imp->f->arena, AsmCall)};
  c.assembly->text = arena_copy_text(&imp->f->arena, text, size);
  LeafList results = {0};
  if (result_types(imp, call, &results) != UINT32_MAX) {
    read_constraints(&c, codes, length, &results);
    if (!c.failed)
      finish(&c);
  }
  imp->target->has_assembly |= size > 0;
  VEC_FREE(&results);
  VEC_FREE(&c.operands);
  VEC_FREE(&c.inputs);
}
