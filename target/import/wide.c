// Integers of 65 to 128 bits: two scalars, the low 64 bits and the rest. Operations work on both halves
// extended to 64 bits; the rest of the result is cut to its width again.
#include "target/import/import.h"

#include <string.h>

typedef struct Wide {
  IrValue low;
  IrValue high;
} Wide;

__extension__ typedef unsigned __int128 Wide128;

bool is_wide(LLVMTypeRef type) {
  if (LLVMGetTypeKind(type) != LLVMIntegerTypeKind)
    return false;
  unsigned bits = LLVMGetIntTypeWidth(type);
  return bits > 64 && bits <= 128;
}

// LLVM's interface gives no words of wide constants; their text is "i128 -12".
void wide_constant(LLVMValueRef constant, uint64_t words[2]) {
  char *text = LLVMPrintValueToString(constant);
  const char *at = strchr(text, ' ');
  Wide128 value = 0;
  bool negative = at && at[1] == '-';
  for (at = at ? at + 1 + negative : ""; *at >= '0' && *at <= '9'; at++)
    value = value * 10 + (unsigned)(*at - '0');
  if (negative)
    value = 0 - value;
  LLVMDisposeMessage(text);
  words[0] = (uint64_t)value;
  words[1] = (uint64_t)(value >> 64);
}

// --- halves -----------------------------------------------------------------------------------------------

static IrValue number(Importer *imp, int64_t value) {
  return build_const(&imp->b, IR_I64, value);
}

static IrValue op2(Importer *imp, IrOp op, IrValue x, IrValue y) {
  return build2(&imp->b, op, IR_I64, x, y);
}

static IrValue compare(Importer *imp, IrPredicate predicate, IrValue x, IrValue y) {
  const IrInsn *a = ir_insn(imp->f, x), *b = ir_insn(imp->f, y);
  int64_t result = 0;
  if (a->op == IR_CONST && b->op == IR_CONST &&
      fold_constant(IR_ICMP, IR_I1, predicate, IR_I64, a->imm, b->imm, &result))
    return build_const(&imp->b, IR_I1, result);
  return build_compare(&imp->b, IR_ICMP, predicate, x, y);
}

static IrValue widened(Importer *imp, IrOp extend, IrValue x) {
  return ir_type(imp->f, x) == IR_I64 ? x : build1(&imp->b, extend, IR_I64, x);
}

// An operand of any integer type, extended to 128 bits.
static Wide wide_operand(Importer *imp, LLVMValueRef value, IrOp extend) {
  uint32_t count = 0;
  const IrValue *parts = operand_parts(imp, value, &count);
  Wide w = {parts[0], count > 1 ? parts[1] : IR_NONE};
  if (count > 1) {
    w.high = widened(imp, extend, w.high);
    return w;
  }
  w.low = widened(imp, extend, w.low);
  w.high = extend == IR_SEXT ? op2(imp, IR_ASHR, w.low, number(imp, 63)) : number(imp, 0);
  return w;
}

static uint32_t wide_parts(Importer *imp, LLVMTypeRef type, Wide w, IrValue parts[2]) {
  unsigned bits = LLVMGetIntTypeWidth(type);
  if (bits <= 64) {
    parts[0] = bits == 64 ? w.low : build1(&imp->b, IR_TRUNC, (IrType)bits, w.low);
    return 1;
  }
  parts[0] = w.low;
  parts[1] = bits == 128 ? w.high : build1(&imp->b, IR_TRUNC, (IrType)(bits - 64), w.high);
  return 2;
}

static void set_wide(Importer *imp, LLVMValueRef instruction, Wide w) {
  IrValue parts[2];
  uint32_t count = wide_parts(imp, LLVMTypeOf(instruction), w, parts);
  set_parts(imp, instruction, parts, count);
}

static Wide wide_select(Importer *imp, IrValue condition, Wide x, Wide y) {
  return (Wide){build_select(&imp->b, IR_I64, condition, x.low, y.low),
                build_select(&imp->b, IR_I64, condition, x.high, y.high)};
}

// --- arithmetic -------------------------------------------------------------------------------------------

static Wide add(Importer *imp, Wide x, Wide y) {
  IrValue low = op2(imp, IR_ADD, x.low, y.low);
  IrValue carry = build1(&imp->b, IR_ZEXT, IR_I64, compare(imp, IR_ULT, low, y.low));
  return (Wide){low, op2(imp, IR_ADD, op2(imp, IR_ADD, x.high, y.high), carry)};
}

static Wide subtract(Importer *imp, Wide x, Wide y) {
  IrValue borrow = build1(&imp->b, IR_ZEXT, IR_I64, compare(imp, IR_ULT, x.low, y.low));
  return (Wide){op2(imp, IR_SUB, x.low, y.low), op2(imp, IR_SUB, op2(imp, IR_SUB, x.high, y.high), borrow)};
}

// Whether the high half is only the sign of the low one.
static bool is_sign(const Importer *imp, Wide w) {
  const IrInsn *high = ir_insn(imp->f, w.high);
  return high->op == IR_ASHR && high->operands[0] == w.low && ir_is_const(imp->f, high->operands[1]) &&
         ir_insn(imp->f, high->operands[1])->imm == 63;
}

static Wide multiply(Importer *imp, Wide x, Wide y) {
  IrValue low = op2(imp, IR_MUL, x.low, y.low);
  if (is_sign(imp, x) && is_sign(imp, y))
    return (Wide){low, op2(imp, IR_MULHS, x.low, y.low)};
  IrValue high = op2(imp, IR_MULHU, x.low, y.low);
  high = op2(imp, IR_ADD, high, op2(imp, IR_MUL, x.low, y.high));
  return (Wide){low, op2(imp, IR_ADD, high, op2(imp, IR_MUL, x.high, y.low))};
}

static Wide each_half(Importer *imp, IrOp op, Wide x, Wide y) {
  return (Wide){op2(imp, op, x.low, y.low), op2(imp, op, x.high, y.high)};
}

static Wide shift_by(Importer *imp, IrOp op, Wide x, unsigned n) {
  IrValue filler = op == IR_ASHR ? op2(imp, IR_ASHR, x.high, number(imp, 63)) : number(imp, 0);
  if (n == 0)
    return x;
  if (n > 127) // poison
    return (Wide){filler, filler};
  IrValue rest = number(imp, n & 63), other = number(imp, 64 - (n & 63));
  if (op == IR_SHL) {
    if (n >= 64)
      return (Wide){number(imp, 0), op2(imp, IR_SHL, x.low, rest)};
    IrValue high = op2(imp, IR_OR, op2(imp, IR_SHL, x.high, rest), op2(imp, IR_LSHR, x.low, other));
    return (Wide){op2(imp, IR_SHL, x.low, rest), high};
  }
  if (n >= 64)
    return (Wide){op2(imp, op, x.high, rest), filler};
  IrValue low = op2(imp, IR_OR, op2(imp, IR_LSHR, x.low, rest), op2(imp, IR_SHL, x.high, other));
  return (Wide){low, op2(imp, op, x.high, rest)};
}

// What crosses the halves moves by one and then by 63 - n, so that no shift is by the full width.
static Wide shift(Importer *imp, IrOp op, Wide x, IrValue amount) {
  if (ir_is_const(imp->f, amount)) {
    uint64_t n = (uint64_t)ir_insn(imp->f, amount)->imm;
    return shift_by(imp, op, x, n > 127 ? 128 : (unsigned)n);
  }
  IrValue n = op2(imp, IR_AND, amount, number(imp, 63)), one = number(imp, 1);
  IrValue inverse = op2(imp, IR_AND, op2(imp, IR_XOR, amount, number(imp, -1)), number(imp, 63));
  IrValue far = compare(imp, IR_NE, op2(imp, IR_AND, amount, number(imp, 64)), number(imp, 0));
  if (op == IR_SHL) {
    IrValue low = op2(imp, IR_SHL, x.low, n);
    IrValue cross = op2(imp, IR_LSHR, op2(imp, IR_LSHR, x.low, one), inverse);
    Wide near = {low, op2(imp, IR_OR, op2(imp, IR_SHL, x.high, n), cross)};
    return wide_select(imp, far, (Wide){number(imp, 0), low}, near);
  }
  IrValue filler = op == IR_ASHR ? op2(imp, IR_ASHR, x.high, number(imp, 63)) : number(imp, 0);
  IrValue high = op2(imp, op, x.high, n);
  IrValue cross = op2(imp, IR_SHL, op2(imp, IR_SHL, x.high, one), inverse);
  Wide near = {op2(imp, IR_OR, op2(imp, IR_LSHR, x.low, n), cross), high};
  return wide_select(imp, far, (Wide){high, filler}, near);
}

static Wide divide(Importer *imp, const char *function, Wide x, Wide y) {
  IrValue arguments[4] = {x.low, x.high, y.low, y.high}, results[2];
  build_wide_call(imp, function, 4, arguments, results);
  return (Wide){results[0], results[1]};
}

void import_wide_binary(Importer *imp, LLVMValueRef instruction, IrOp op) {
  bool is_signed = op == IR_SDIV || op == IR_SREM || op == IR_ASHR;
  IrOp extend = is_signed ? IR_SEXT : IR_ZEXT;
  Wide x = wide_operand(imp, LLVMGetOperand(instruction, 0), extend);
  Wide y = wide_operand(imp, LLVMGetOperand(instruction, 1), extend), r;
  switch (op) {
  case IR_ADD:
    r = add(imp, x, y);
    break;
  case IR_SUB:
    r = subtract(imp, x, y);
    break;
  case IR_MUL:
    r = multiply(imp, x, y);
    break;
  case IR_SHL:
  case IR_LSHR:
  case IR_ASHR:
    r = shift(imp, op, x, y.low);
    break;
  case IR_UDIV:
    r = divide(imp, "__udivti3", x, y);
    break;
  case IR_SDIV:
    r = divide(imp, "__divti3", x, y);
    break;
  case IR_UREM:
    r = divide(imp, "__umodti3", x, y);
    break;
  case IR_SREM:
    r = divide(imp, "__modti3", x, y);
    break;
  default:
    r = each_half(imp, op, x, y);
  }
  set_wide(imp, instruction, r);
}

// --- comparisons ------------------------------------------------------------------------------------------

static IrPredicate unsigned_predicate(IrPredicate p) {
  return p == IR_SLT ? IR_ULT : p == IR_SLE ? IR_ULE : p == IR_SGT ? IR_UGT : p == IR_SGE ? IR_UGE : p;
}

static IrPredicate strict_predicate(IrPredicate p) {
  return p == IR_SLE ? IR_SLT : p == IR_SGE ? IR_SGT : p == IR_ULE ? IR_ULT : p == IR_UGE ? IR_UGT : p;
}

static IrValue wide_compare(Importer *imp, IrPredicate p, Wide x, Wide y) {
  if (p == IR_EQ || p == IR_NE) {
    Wide difference = each_half(imp, IR_XOR, x, y);
    return compare(imp, p, op2(imp, IR_OR, difference.low, difference.high), number(imp, 0));
  }
  IrValue low = compare(imp, unsigned_predicate(p), x.low, y.low);
  IrValue high = compare(imp, strict_predicate(p), x.high, y.high);
  return build_select(&imp->b, IR_I1, compare(imp, IR_EQ, x.high, y.high), low, high);
}

void import_wide_compare(Importer *imp, LLVMValueRef instruction, IrPredicate predicate) {
  bool is_signed = predicate >= IR_SLT && predicate <= IR_SGE;
  IrOp extend = is_signed ? IR_SEXT : IR_ZEXT;
  Wide x = wide_operand(imp, LLVMGetOperand(instruction, 0), extend);
  Wide y = wide_operand(imp, LLVMGetOperand(instruction, 1), extend);
  set_value(imp, instruction, wide_compare(imp, predicate, x, y));
}

IrValue import_wide_case(Importer *imp, LLVMValueRef instruction) {
  Wide x = wide_operand(imp, LLVMGetOperand(instruction, 0), IR_SEXT);
  IrValue result = number(imp, 0);
  for (unsigned i = 1; i < LLVMGetNumSuccessors(instruction); i++) {
    uint64_t words[2];
    wide_constant(LLVMGetSwitchCaseValue(instruction, i), words);
    Wide y = {number(imp, (int64_t)words[0]), number(imp, (int64_t)words[1])};
    result = build_select(&imp->b, IR_I64, wide_compare(imp, IR_EQ, x, y), number(imp, i), result);
  }
  return result;
}

// --- conversions ------------------------------------------------------------------------------------------

static void from_float(Importer *imp, LLVMValueRef instruction, IrType from, bool is_signed) {
  const char *name = from == IR_DOUBLE ? (is_signed ? "__fixdfti" : "__fixunsdfti")
                                       : (is_signed ? "__fixsfti" : "__fixunssfti");
  IrValue x = operand(imp, LLVMGetOperand(instruction, 0)), results[2];
  if (from < IR_FLOAT)
    x = build1(&imp->b, IR_FEXT, IR_FLOAT, x);
  build_wide_call(imp, name, 1, &x, results);
  set_wide(imp, instruction, (Wide){results[0], results[1]});
}

static void to_float(Importer *imp, LLVMValueRef instruction, IrType to, bool is_signed) {
  if (to < IR_FLOAT) { // by way of float it would be rounded twice
    refuse(imp, instruction, "conversion of integers wider than 64 bits to this type is not supported");
    return;
  }
  const char *name = to == IR_DOUBLE ? (is_signed ? "__floattidf" : "__floatuntidf")
                                     : (is_signed ? "__floattisf" : "__floatuntisf");
  Wide w = wide_operand(imp, LLVMGetOperand(instruction, 0), is_signed ? IR_SEXT : IR_ZEXT);
  IrValue halves[2] = {w.low, w.high};
  set_value(imp, instruction, build_library_call(imp, name, to, 2, halves));
}

void import_wide_cast(Importer *imp, LLVMValueRef instruction, LLVMOpcode opcode) {
  LLVMValueRef x = LLVMGetOperand(instruction, 0);
  IrType from = scalar_type(LLVMTypeOf(x)), to = scalar_type(LLVMTypeOf(instruction));
  bool from_wide = is_wide(LLVMTypeOf(x)), to_wide = is_wide(LLVMTypeOf(instruction));
  bool is_signed = opcode == LLVMSExt || opcode == LLVMFPToSI || opcode == LLVMSIToFP;
  bool integers = (from_wide || (from != IR_VOID && !ir_is_float(from))) &&
                  (to_wide || (to != IR_VOID && !ir_is_float(to)));
  if (integers && LLVMGetTypeKind(LLVMTypeOf(instruction)) == LLVMPointerTypeKind)
    set_value(imp, instruction, operand(imp, x));
  else if (integers)
    set_wide(imp, instruction, wide_operand(imp, x, is_signed ? IR_SEXT : IR_ZEXT));
  else if ((opcode == LLVMFPToSI || opcode == LLVMFPToUI) && ir_is_float(from))
    from_float(imp, instruction, from, is_signed);
  else if ((opcode == LLVMSIToFP || opcode == LLVMUIToFP) && ir_is_float(to))
    to_float(imp, instruction, to, is_signed);
  else
    refuse(imp, instruction, "this conversion of integers wider than 64 bits is not supported");
}

// --- intrinsics -------------------------------------------------------------------------------------------

static Wide count_leading(Importer *imp, Wide x, unsigned bits) {
  IrValue high = build1(&imp->b, IR_CTLZ, IR_I64, x.high);
  IrValue low = op2(imp, IR_ADD, build1(&imp->b, IR_CTLZ, IR_I64, x.low), number(imp, 64));
  IrValue none = compare(imp, IR_EQ, x.high, number(imp, 0));
  IrValue n = build_select(&imp->b, IR_I64, none, low, high);
  return (Wide){op2(imp, IR_SUB, n, number(imp, 128 - (int64_t)bits)), number(imp, 0)};
}

// `x` has a bit set behind its own, so that a zero counts them all.
static Wide count_trailing(Importer *imp, Wide x, unsigned bits) {
  if (bits < 128)
    x.high = op2(imp, IR_OR, x.high, number(imp, (int64_t)(UINT64_C(1) << (bits - 64))));
  IrValue high = op2(imp, IR_ADD, build1(&imp->b, IR_CTTZ, IR_I64, x.high), number(imp, 64));
  IrValue none = compare(imp, IR_EQ, x.low, number(imp, 0));
  return (Wide){build_select(&imp->b, IR_I64, none, high, build1(&imp->b, IR_CTTZ, IR_I64, x.low)),
                number(imp, 0)};
}

static Wide funnel(Importer *imp, IrOp op, Wide a, Wide b, uint64_t n) {
  if (n == 0)
    return op == IR_SHL ? a : b;
  unsigned left = op == IR_SHL ? (unsigned)n : 128 - (unsigned)n;
  return each_half(imp, IR_OR, shift_by(imp, IR_SHL, a, left), shift_by(imp, IR_LSHR, b, 128 - left));
}

static Wide negated(Importer *imp, Wide x) {
  return subtract(imp, (Wide){number(imp, 0), number(imp, 0)}, x);
}

// Sum or difference, and whether it overflows; 128 bits only.
static void set_overflow(Importer *imp, LLVMValueRef call, IrOp op, bool is_signed, Wide x, Wide y) {
  Wide r = op == IR_ADD ? add(imp, x, y) : subtract(imp, x, y);
  IrValue overflow;
  if (is_signed) {
    Wide zero = {number(imp, 0), number(imp, 0)};
    IrValue down = wide_compare(imp, IR_SLT, r, x);
    IrValue expected =
        op == IR_ADD ? compare(imp, IR_SLT, y.high, number(imp, 0)) : wide_compare(imp, IR_SGT, y, zero);
    overflow = build2(&imp->b, IR_XOR, IR_I1, down, expected);
  } else {
    overflow = op == IR_ADD ? wide_compare(imp, IR_ULT, r, x) : wide_compare(imp, IR_ULT, x, y);
  }
  IrValue parts[3] = {r.low, r.high, overflow};
  set_parts(imp, call, parts, 3);
}

typedef enum WideAction {
  WIDE_FIRST,
  WIDE_SMAX,
  WIDE_SMIN,
  WIDE_UMAX,
  WIDE_UMIN,
  WIDE_ABS,
  WIDE_CTPOP,
  WIDE_CTLZ,
  WIDE_CTTZ,
  WIDE_BSWAP,
  WIDE_FSHL,
  WIDE_FSHR,
  WIDE_SADD,
  WIDE_UADD,
  WIDE_SSUB,
  WIDE_USUB,
} WideAction;

static const struct {
  const char *name;
  WideAction action;
  bool whole; // only for 128 bits
} wide_intrinsics[] = {
    {"llvm.expect", WIDE_FIRST, false},
    {"llvm.ssa.copy", WIDE_FIRST, false},
    {"llvm.smax", WIDE_SMAX, false},
    {"llvm.smin", WIDE_SMIN, false},
    {"llvm.umax", WIDE_UMAX, false},
    {"llvm.umin", WIDE_UMIN, false},
    {"llvm.abs", WIDE_ABS, false},
    {"llvm.ctpop", WIDE_CTPOP, false},
    {"llvm.ctlz", WIDE_CTLZ, false},
    {"llvm.cttz", WIDE_CTTZ, false},
    {"llvm.bswap", WIDE_BSWAP, true},
    {"llvm.fshl", WIDE_FSHL, true},
    {"llvm.fshr", WIDE_FSHR, true},
    {"llvm.sadd.with.overflow", WIDE_SADD, true},
    {"llvm.uadd.with.overflow", WIDE_UADD, true},
    {"llvm.ssub.with.overflow", WIDE_SSUB, true},
    {"llvm.usub.with.overflow", WIDE_USUB, true},
};

bool import_wide_intrinsic(Importer *imp, LLVMValueRef call, const char *name) {
  size_t row = 0, rows = sizeof wide_intrinsics / sizeof *wide_intrinsics;
  while (row < rows && strcmp(wide_intrinsics[row].name, name) != 0)
    row++;
  LLVMTypeRef type = LLVMTypeOf(LLVMGetOperand(call, 0));
  unsigned bits = is_wide(type) ? LLVMGetIntTypeWidth(type) : 0;
  if (row == rows || !bits || (wide_intrinsics[row].whole && bits != 128))
    return false;
  WideAction action = wide_intrinsics[row].action;
  bool is_signed = action == WIDE_SMAX || action == WIDE_SMIN || action == WIDE_ABS;
  IrOp extend = is_signed ? IR_SEXT : IR_ZEXT;
  Wide x = wide_operand(imp, LLVMGetOperand(call, 0), extend), y = x, r = x;
  if (LLVMGetNumArgOperands(call) > 1)
    y = wide_operand(imp, LLVMGetOperand(call, 1), extend);
  switch (action) {
  case WIDE_FIRST:
    break;
  case WIDE_SMAX:
    r = wide_select(imp, wide_compare(imp, IR_SGT, x, y), x, y);
    break;
  case WIDE_SMIN:
    r = wide_select(imp, wide_compare(imp, IR_SLT, x, y), x, y);
    break;
  case WIDE_UMAX:
    r = wide_select(imp, wide_compare(imp, IR_UGT, x, y), x, y);
    break;
  case WIDE_UMIN:
    r = wide_select(imp, wide_compare(imp, IR_ULT, x, y), x, y);
    break;
  case WIDE_ABS:
    r = wide_select(imp, compare(imp, IR_SLT, x.high, number(imp, 0)), negated(imp, x), x);
    break;
  case WIDE_CTPOP:
    r.low =
        op2(imp, IR_ADD, build1(&imp->b, IR_CTPOP, IR_I64, x.low), build1(&imp->b, IR_CTPOP, IR_I64, x.high));
    r.high = number(imp, 0);
    break;
  case WIDE_CTLZ:
    r = count_leading(imp, x, bits);
    break;
  case WIDE_CTTZ:
    r = count_trailing(imp, x, bits);
    break;
  case WIDE_BSWAP:
    r.low = build1(&imp->b, IR_BSWAP, IR_I64, x.high);
    r.high = build1(&imp->b, IR_BSWAP, IR_I64, x.low);
    break;
  case WIDE_FSHL:
  case WIDE_FSHR: {
    uint64_t words[2];
    if (!LLVMIsAConstantInt(LLVMGetOperand(call, 2)))
      return false;
    wide_constant(LLVMGetOperand(call, 2), words);
    r = funnel(imp, action == WIDE_FSHL ? IR_SHL : IR_LSHR, x, y, words[0] & 127);
    break;
  }
  case WIDE_SADD:
  case WIDE_UADD:
  case WIDE_SSUB:
  case WIDE_USUB:
    set_overflow(imp, call, action == WIDE_SADD || action == WIDE_UADD ? IR_ADD : IR_SUB,
                 action == WIDE_SADD || action == WIDE_SSUB, x, y);
    return true;
  }
  set_wide(imp, call, r);
  return true;
}
