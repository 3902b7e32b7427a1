// Quad precision: a pair of halves in integer registers, computed by the run-time library.
#include "target/import/import.h"

#include <string.h>

bool is_quad(LLVMTypeRef type) {
  return LLVMGetTypeKind(type) == LLVMFP128TypeKind;
}

void quad_constant(LLVMValueRef constant, uint64_t words[2]) {
  LLVMContextRef context = LLVMGetTypeContext(LLVMTypeOf(constant));
  wide_constant(LLVMConstBitCast(constant, LLVMIntTypeInContext(context, 128)), words);
}

static IrValue number(Importer *imp, IrType type, int64_t value) {
  return build_const(&imp->b, type, value);
}

// Appends the halves of an operand, or its one scalar.
static uint32_t add_operand(Importer *imp, LLVMValueRef value, IrValue *to) {
  uint32_t count = 0;
  const IrValue *parts = operand_parts(imp, value, &count);
  for (uint32_t i = 0; i < count && i < 2; i++)
    to[i] = parts[i];
  return count < 2 ? count : 2;
}

// Calls a function on the first operands of an instruction; the result is quad.
static void call_for_quad(Importer *imp, LLVMValueRef instruction, const char *name, unsigned operands) {
  IrValue x[6], results[2];
  uint32_t count = 0;
  for (unsigned i = 0; i < operands; i++)
    count += add_operand(imp, LLVMGetOperand(instruction, i), x + count);
  build_wide_call(imp, name, count, x, results);
  set_parts(imp, instruction, results, 2);
}

void import_quad_binary(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode) {
  const char *name = opcode == LLVMFAdd   ? "__addtf3"
                     : opcode == LLVMFSub ? "__subtf3"
                     : opcode == LLVMFMul ? "__multf3"
                     : opcode == LLVMFDiv ? "__divtf3"
                                          : "fmodl";
  call_for_quad(imp, instruction, name, 2);
}

// A change of the sign bit alone.
static void set_sign(Importer *imp, LLVMValueRef instruction, IrOp op, int64_t mask) {
  IrValue parts[2] = {0};
  add_operand(imp, LLVMGetOperand(instruction, 0), parts);
  parts[1] = build2(&imp->b, op, IR_I64, parts[1], number(imp, IR_I64, mask));
  set_parts(imp, instruction, parts, 2);
}

void import_quad_negation(Importer *imp, LLVMValueRef instruction) {
  set_sign(imp, instruction, IR_XOR, INT64_MIN);
}

static IrValue compare_by(Importer *imp, const char *name, IrPredicate predicate, const IrValue *x) {
  return build_compare(&imp->b, IR_ICMP, predicate, build_library_call(imp, name, IR_I32, 4, x),
                       number(imp, IR_I32, 0));
}

// The library's functions give a number to compare with zero, chosen so that a NaN makes the ordered ones
// false (libgcc, "Soft float library routines").
void import_quad_compare(Importer *imp, LLVMValueRef instruction, IrPredicate predicate) {
  static const struct {
    uint8_t predicate;
    const char *name;
    uint8_t against;
  } rows[] = {
      {IR_OEQ, "__eqtf2", IR_EQ},    {IR_UNE, "__netf2", IR_NE},    {IR_OLT, "__lttf2", IR_SLT},
      {IR_OLE, "__letf2", IR_SLE},   {IR_OGT, "__gttf2", IR_SGT},   {IR_OGE, "__getf2", IR_SGE},
      {IR_UNO, "__unordtf2", IR_NE}, {IR_ORD, "__unordtf2", IR_EQ}, {IR_FULT, "__getf2", IR_SLT},
      {IR_FULE, "__gttf2", IR_SLE},  {IR_FUGT, "__letf2", IR_SGT},  {IR_FUGE, "__lttf2", IR_SGE},
  };
  IrValue x[4] = {0};
  uint32_t count = add_operand(imp, LLVMGetOperand(instruction, 0), x);
  add_operand(imp, LLVMGetOperand(instruction, 1), x + count);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (rows[i].predicate == predicate) {
      set_value(imp, instruction, compare_by(imp, rows[i].name, (IrPredicate)rows[i].against, x));
      return;
    }
  bool equal = predicate == IR_UEQ; // or unordered; else ordered and different
  IrValue a = compare_by(imp, "__unordtf2", equal ? IR_NE : IR_EQ, x);
  IrValue b = compare_by(imp, "__eqtf2", equal ? IR_EQ : IR_NE, x);
  set_value(imp, instruction, build2(&imp->b, equal ? IR_OR : IR_AND, IR_I1, a, b));
}

static void from_integer(Importer *imp, LLVMValueRef instruction, bool is_signed) {
  LLVMTypeRef type = LLVMTypeOf(LLVMGetOperand(instruction, 0));
  if (is_wide(type)) {
    if (LLVMGetIntTypeWidth(type) == 128)
      call_for_quad(imp, instruction, is_signed ? "__floattitf" : "__floatuntitf", 1);
    else
      refuse(imp, instruction, "this conversion to quad precision is not supported");
    return;
  }
  IrValue x = operand_at(imp, instruction, 0), results[2];
  IrType from = ir_type(imp->f, x), to = from <= IR_I32 ? IR_I32 : IR_I64;
  if (from < to)
    x = build1(&imp->b, is_signed ? IR_SEXT : IR_ZEXT, to, x);
  const char *name = to == IR_I32 ? (is_signed ? "__floatsitf" : "__floatunsitf")
                                  : (is_signed ? "__floatditf" : "__floatunditf");
  build_wide_call(imp, name, 1, &x, results);
  set_parts(imp, instruction, results, 2);
}

static void to_integer(Importer *imp, LLVMValueRef instruction, bool is_signed) {
  LLVMTypeRef type = LLVMTypeOf(instruction);
  if (is_wide(type)) {
    if (LLVMGetIntTypeWidth(type) == 128)
      call_for_quad(imp, instruction, is_signed ? "__fixtfti" : "__fixunstfti", 1);
    else
      refuse(imp, instruction, "this conversion from quad precision is not supported");
    return;
  }
  IrType to = scalar_type(type), computed = to <= IR_I32 ? IR_I32 : IR_I64;
  const char *name = computed == IR_I32 ? (is_signed ? "__fixtfsi" : "__fixunstfsi")
                                        : (is_signed ? "__fixtfdi" : "__fixunstfdi");
  IrValue x[2] = {0};
  add_operand(imp, LLVMGetOperand(instruction, 0), x);
  IrValue v = build_library_call(imp, name, computed, 2, x);
  set_value(imp, instruction, to < computed ? build1(&imp->b, IR_TRUNC, to, v) : v);
}

static void from_float(Importer *imp, LLVMValueRef instruction) {
  IrValue x = operand_at(imp, instruction, 0), results[2];
  if (ir_type(imp->f, x) < IR_FLOAT)
    x = build1(&imp->b, IR_FEXT, IR_FLOAT, x);
  build_wide_call(imp, ir_type(imp->f, x) == IR_DOUBLE ? "__extenddftf2" : "__extendsftf2", 1, &x, results);
  set_parts(imp, instruction, results, 2);
}

static void to_float(Importer *imp, LLVMValueRef instruction) {
  IrType to = scalar_type(LLVMTypeOf(instruction));
  if (!ir_is_float(to) || to < IR_FLOAT) { // by way of float it would be rounded twice
    refuse(imp, instruction, "this conversion from quad precision is not supported");
    return;
  }
  IrValue x[2] = {0};
  add_operand(imp, LLVMGetOperand(instruction, 0), x);
  set_value(imp, instruction,
            build_library_call(imp, to == IR_DOUBLE ? "__trunctfdf2" : "__trunctfsf2", to, 2, x));
}

void import_quad_cast(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode) {
  IrValue parts[2] = {0};
  switch (opcode) {
  case LLVMFPExt:
    from_float(imp, instruction);
    break;
  case LLVMFPTrunc:
    to_float(imp, instruction);
    break;
  case LLVMFPToSI:
  case LLVMFPToUI:
    to_integer(imp, instruction, opcode == LLVMFPToSI);
    break;
  case LLVMSIToFP:
  case LLVMUIToFP:
    from_integer(imp, instruction, opcode == LLVMSIToFP);
    break;
  default: // bits
    if (add_operand(imp, LLVMGetOperand(instruction, 0), parts) == 2)
      set_parts(imp, instruction, parts, 2);
    else
      refuse(imp, instruction, "this conversion of quad precision is not supported");
  }
}

static void copy_sign(Importer *imp, LLVMValueRef call) {
  IrValue x[2] = {0}, y[2] = {0};
  Builder *b = &imp->b;
  add_operand(imp, LLVMGetOperand(call, 0), x);
  add_operand(imp, LLVMGetOperand(call, 1), y);
  x[1] = build2(b, IR_OR, IR_I64, build2(b, IR_AND, IR_I64, x[1], number(imp, IR_I64, INT64_MAX)),
                build2(b, IR_AND, IR_I64, y[1], number(imp, IR_I64, INT64_MIN)));
  set_parts(imp, call, x, 2);
}

bool import_quad_intrinsic(Importer *imp, LLVMValueRef call, const char *name) {
  static const struct {
    const char *name;
    const char *function;
  } rows[] = {
      {"llvm.sqrt", "sqrtl"},
      {"llvm.floor", "floorl"},
      {"llvm.ceil", "ceill"},
      {"llvm.trunc", "truncl"},
      {"llvm.round", "roundl"},
      {"llvm.rint", "rintl"},
      {"llvm.nearbyint", "nearbyintl"},
      {"llvm.sin", "sinl"},
      {"llvm.cos", "cosl"},
      {"llvm.exp", "expl"},
      {"llvm.exp2", "exp2l"},
      {"llvm.log", "logl"},
      {"llvm.log2", "log2l"},
      {"llvm.log10", "log10l"},
      {"llvm.pow", "powl"},
      {"llvm.minnum", "fminl"},
      {"llvm.maxnum", "fmaxl"},
      {"llvm.powi", "__powitf2"},
      {"llvm.ldexp", "ldexpl"},
      {"llvm.fma", "fmal"},
  };
  if (!is_quad(LLVMTypeOf(call)))
    return false;
  if (strcmp(name, "llvm.fabs") == 0) {
    set_sign(imp, call, IR_AND, INT64_MAX);
    return true;
  }
  if (strcmp(name, "llvm.copysign") == 0) {
    copy_sign(imp, call);
    return true;
  }
  if (strcmp(name, "llvm.fmuladd") == 0) {
    IrValue x[4], product[2], sum[2];
    uint32_t count = add_operand(imp, LLVMGetOperand(call, 0), x);
    count += add_operand(imp, LLVMGetOperand(call, 1), x + count);
    build_wide_call(imp, "__multf3", count, x, product);
    memcpy(x, product, sizeof product);
    add_operand(imp, LLVMGetOperand(call, 2), x + 2);
    build_wide_call(imp, "__addtf3", 4, x, sum);
    set_parts(imp, call, sum, 2);
    return true;
  }
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (strcmp(rows[i].name, name) == 0) {
      call_for_quad(imp, call, rows[i].function, LLVMGetNumArgOperands(call));
      return true;
    }
  return false;
}
