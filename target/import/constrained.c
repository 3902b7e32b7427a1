// Floating-point operations that depend on the rounding mode and raise exceptions where they stand: the plain
// operation between two texts of assembly that are empty, which hold it in its place.
#include "target/import/import.h"

#include <string.h>

static IrValue barrier(Importer *imp, IrValue v) {
  Function *f = imp->f;
  IrType type = ir_type(f, v);
  AsmCall *assembly = ARENA_NEW(&f->arena, AsmCall);
  assembly->text = "";
  assembly->count = 2;
  assembly->operands = ARENA_ARRAY(&f->arena, AsmOperand, 2);
  assembly->operands[0] =
      (AsmOperand){.kind = ASM_OUTPUT, .class = ir_is_float(type), .reg = -1, .tied = -1, .type = type};
  assembly->operands[1] = assembly->operands[0];
  assembly->operands[1].kind = ASM_INPUT;
  assembly->operands[1].tied = 0;
  IrValue result = build(&imp->b, IR_ASM, type, 1, &v);
  ir_insn(f, result)->imm = (int64_t)f->asms.count;
  VEC_PUSH(&f->asms, assembly);
  return result;
}

static const struct {
  const char *name;
  IrOp op;
  uint8_t operands;
} operations[] = {
    {"fadd", IR_FADD, 2},      {"fsub", IR_FSUB, 2},    {"fmul", IR_FMUL, 2},    {"fdiv", IR_FDIV, 2},
    {"fma", IR_FMA, 3},        {"sqrt", IR_FSQRT, 1},   {"minnum", IR_FMIN, 2},  {"maxnum", IR_FMAX, 2},
    {"fptosi", IR_FTOSI, 1},   {"fptoui", IR_FTOUI, 1}, {"sitofp", IR_SITOF, 1}, {"uitofp", IR_UITOF, 1},
    {"fptrunc", IR_FTRUNC, 1}, {"fpext", IR_FEXT, 1},
};

// The metadata text in operand `i`, such as "oeq".
static bool predicate_at(LLVMValueRef call, unsigned i, IrPredicate *predicate) {
  static const char *const names[] = {"oeq", "ogt", "oge", "olt", "ole", "one", "ord",
                                      "uno", "ueq", "ugt", "uge", "ult", "ule", "une"};
  unsigned size = 0;
  const char *text = LLVMGetMDString(LLVMGetOperand(call, i), &size);
  for (size_t k = 0; text && k < sizeof names / sizeof *names; k++)
    if (strlen(names[k]) == size && memcmp(names[k], text, size) == 0) {
      *predicate = (IrPredicate)(IR_OEQ + k);
      return true;
    }
  return false;
}

static void compare(Importer *imp, LLVMValueRef call) {
  IrPredicate predicate = IR_OEQ;
  if (!predicate_at(call, 2, &predicate)) {
    refuse(imp, call, "this comparison is not supported");
    return;
  }
  IrValue x = barrier(imp, operand_at(imp, call, 0)), y = operand_at(imp, call, 1);
  set_value(imp, call, barrier(imp, build_compare(&imp->b, IR_FCMP, predicate, x, y)));
}

// The library's functions are calls, which stay where they are.
static bool by_library(Importer *imp, LLVMValueRef call, const char *name, IrType result) {
  static const char *const names[] = {
      "frem",  "acos",  "asin",      "atan", "atan2", "ceil",   "cos",    "cosh",    "exp",       "exp2",
      "floor", "log",   "log10",     "log2", "lrint", "llrint", "lround", "llround", "nearbyint", "pow",
      "rint",  "round", "roundeven", "sin",  "sinh",  "tan",    "tanh",   "trunc",   "ldexp"};
  bool known = false;
  for (size_t i = 0; i < sizeof names / sizeof *names && !known; i++)
    known = strcmp(names[i], name) == 0;
  IrType type = scalar_type(LLVMTypeOf(LLVMGetOperand(call, 0)));
  if (!known || (type != IR_FLOAT && type != IR_DOUBLE))
    return false;
  IrValue x[2];
  bool two = strcmp(name, "frem") == 0 || strcmp(name, "pow") == 0 || strcmp(name, "atan2") == 0 ||
             strcmp(name, "ldexp") == 0;
  for (unsigned i = 0; i < 1U + two; i++)
    x[i] = operand_at(imp, call, i);
  const char *function = strcmp(name, "frem") == 0 ? "fmod" : name;
  char *spelled = arena_format(&imp->f->arena, "%s%s", function, type == IR_FLOAT ? "f" : "");
  set_value(imp, call, build_library_call(imp, spelled, result, 1U + two, x));
  return true;
}

bool import_constrained(Importer *imp, LLVMValueRef call, const char *name) {
  static const char prefix[] = "llvm.experimental.constrained.";
  if (strncmp(name, prefix, sizeof prefix - 1) != 0)
    return false;
  name += sizeof prefix - 1;
  IrType result = scalar_type(LLVMTypeOf(call)), from = scalar_type(LLVMTypeOf(LLVMGetOperand(call, 0)));
  bool bfloat = result == IR_BFLOAT || from == IR_BFLOAT;
  if (result == IR_VOID || from == IR_VOID || bfloat) {
    refuse(imp, call, "the intrinsic '%s%s' on this type is not supported", prefix, name);
    return true;
  }
  if (strcmp(name, "fcmp") == 0 || strcmp(name, "fcmps") == 0) {
    compare(imp, call);
    return true;
  }
  bool muladd = strcmp(name, "fmuladd") == 0;
  for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
    if (strcmp(operations[i].name, muladd ? "fma" : name) != 0)
      continue;
    IrValue x[3] = {operand_at(imp, call, 0)};
    for (unsigned k = 1; k < operations[i].operands; k++)
      x[k] = operand_at(imp, call, k);
    x[0] = barrier(imp, x[0]);
    IrValue v = build(&imp->b, operations[i].op, result, operations[i].operands, x);
    set_value(imp, call, barrier(imp, v));
    return true;
  }
  if (!by_library(imp, call, name, result))
    refuse(imp, call, "the intrinsic '%s%s' is not supported", prefix, name);
  return true;
}
