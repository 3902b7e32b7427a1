// What C libraries' headers put in the place of functions: inline assembly that is one floating-point
// instruction, for sqrt, fabs or fma, and the question before fmin and fmax whether a number is a signaling
// NaN. They become the operations that they are for, so that what knows operations knows them.
#include "target/import/import.h"

#include <string.h>

typedef struct KnownText {
  const char *name; // without the type
  IrOp op;
  unsigned operands;
} KnownText;

static const KnownText known_texts[] = {
    {"fadd", IR_FADD, 2},   {"fsub", IR_FSUB, 2}, {"fmul", IR_FMUL, 2}, {"fdiv", IR_FDIV, 2},
    {"fsqrt", IR_FSQRT, 1}, {"fmin", IR_FMIN, 2}, {"fmax", IR_FMAX, 2}, {"fsgnj", IR_FCOPYSIGN, 2},
    {"fabs", IR_FABS, 1},   {"fneg", IR_FNEG, 1}, {"fmadd", IR_FMA, 3},
};

static IrType type_of_suffix(char letter) {
  return letter == 's' ? IR_FLOAT : letter == 'd' ? IR_DOUBLE : letter == 'h' ? IR_HALF : IR_VOID;
}

// Whether the text is the name with its type, then the result and the operands in their order and nothing
// else.
static bool text_is(const char *text, size_t size, const KnownText *known, IrType type) {
  size_t length = strlen(known->name), at = length + 2;
  if (size < at || memcmp(text, known->name, length) != 0 || text[length] != '.' ||
      type_of_suffix(text[length + 1]) != type)
    return false;
  for (unsigned operand = 0; operand <= known->operands; operand++) {
    size_t begin = at;
    while (at < size && (text[at] == ' ' || text[at] == '\t'))
      at++;
    if ((operand == 0 && at == begin) || at + 2 > size || text[at] != '$' ||
        text[at + 1] != (char)('0' + operand))
      return false;
    at += 2;
    if (operand < known->operands && (at == size || text[at++] != ','))
      return false;
  }
  return at == size;
}

static const KnownText *known_assembly(LLVMValueRef call) {
  static const char constraints[] = "=f,f,f,f";
  LLVMValueRef callee = LLVMGetCalledValue(call);
  size_t size = 0, length = 0;
  const char *text = LLVMGetInlineAsmAsmString(callee, &size);
  const char *codes = LLVMGetInlineAsmConstraintString(callee, &length);
  IrType type = scalar_type(LLVMTypeOf(call));
  for (size_t i = 0; i < sizeof known_texts / sizeof *known_texts; i++) {
    const KnownText *known = &known_texts[i];
    bool same = ir_is_float(type) && text_is(text, size, known, type) && length == 2 + 2 * known->operands &&
                memcmp(codes, constraints, length) == 0 && LLVMGetNumArgOperands(call) == known->operands;
    for (unsigned k = 0; same && k < known->operands; k++)
      same = scalar_type(LLVMTypeOf(LLVMGetOperand(call, k))) == type;
    if (same)
      return known;
  }
  return NULL;
}

// `volatile` keeps assembly in its place for effects that are not told. All that such an instruction has
// beside its result are the exception flags; it counts where other assembly of the function might look at
// them.
static bool may_move(LLVMValueRef call) {
  LLVMValueRef function = LLVMGetBasicBlockParent(LLVMGetInstructionParent(call));
  if (!LLVMGetInlineAsmHasSideEffects(LLVMGetCalledValue(call)))
    return true;
  if (!LLVMGetFirstUse(call))
    return false;
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b; b = LLVMGetNextBasicBlock(b))
    for (LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = LLVMGetNextInstruction(i))
      if (LLVMGetInstructionOpcode(i) == LLVMCall && LLVMIsAInlineAsm(LLVMGetCalledValue(i)) &&
          !known_assembly(i))
        return false;
  return true;
}

bool import_known_asm(Importer *imp, LLVMValueRef call) {
  const KnownText *known = known_assembly(call);
  if (!known || !may_move(call))
    return false;
  IrValue operands[3];
  for (unsigned k = 0; k < known->operands; k++)
    operands[k] = operand(imp, LLVMGetOperand(call, k));
  set_value(imp, call, build(&imp->b, known->op, scalar_type(LLVMTypeOf(call)), known->operands, operands));
  return true;
}

// Signaling NaNs have a 0 in the first bit of the mantissa, and one elsewhere in it: with that bit turned,
// and without the sign, they alone are above all others.
bool import_is_signaling(Importer *imp, LLVMValueRef call, LLVMValueRef callee) {
  size_t size = 0;
  const char *name = LLVMGetValueName2(callee, &size);
  bool wide = size == 13 && memcmp(name, "__issignaling", size) == 0;
  if (!wide && !(size == 14 && memcmp(name, "__issignalingf", size) == 0))
    return false;
  IrType type = wide ? IR_DOUBLE : IR_FLOAT, bits = wide ? IR_I64 : IR_I32;
  if (LLVMGetNumArgOperands(call) != 1 || scalar_type(LLVMTypeOf(LLVMGetOperand(call, 0))) != type ||
      scalar_type(LLVMTypeOf(call)) != IR_I32)
    return false;
  const uint64_t all = wide ? INT64_MAX : INT32_MAX;
  const unsigned mantissa = wide ? 52 : 23;
  const uint64_t quiet = UINT64_C(1) << (mantissa - 1);
  const uint64_t limit = (all >> mantissa << mantissa) | quiet; // infinity, turned
  IrValue x = build1(&imp->b, IR_BITCAST, bits, operand(imp, LLVMGetOperand(call, 0)));
  IrValue turned = build2(&imp->b, IR_XOR, bits, x, build_const(&imp->b, bits, (int64_t)quiet));
  IrValue number = build2(&imp->b, IR_AND, bits, turned, build_const(&imp->b, bits, (int64_t)all));
  IrValue above = build_compare(&imp->b, IR_ICMP, IR_UGT, number, build_const(&imp->b, bits, (int64_t)limit));
  set_value(imp, call, build1(&imp->b, IR_ZEXT, IR_I32, above));
  return true;
}
