// Appends instructions to a block. What can be computed now is.
#include "target/internal.h"

static int64_t shifted(IrOp op, unsigned bits, int64_t x, uint64_t amount) {
  if (amount >= bits)
    return 0; // the result is poison
  if (op == IR_SHL)
    return (int64_t)((uint64_t)x << amount);
  return op == IR_LSHR ? (int64_t)((uint64_t)zero_extend(x, bits) >> amount) : x >> amount;
}

static bool compared(IrPredicate predicate, unsigned bits, int64_t x, int64_t y) {
  uint64_t ux = (uint64_t)zero_extend(x, bits), uy = (uint64_t)zero_extend(y, bits);
  switch (predicate) {
  case IR_EQ:
    return x == y;
  case IR_NE:
    return x != y;
  case IR_SLT:
    return x < y;
  case IR_SLE:
    return x <= y;
  case IR_SGT:
    return x > y;
  case IR_SGE:
    return x >= y;
  case IR_ULT:
    return ux < uy;
  case IR_ULE:
    return ux <= uy;
  case IR_UGT:
    return ux > uy;
  default:
    return ux >= uy;
  }
}

// Constants are held sign-extended from their type.
bool fold_constant(IrOp op, IrType type, unsigned aux, IrType operand_type, int64_t x, int64_t y,
                   int64_t *result) {
  unsigned bits = ir_type_bits(operand_type);
  int64_t r = 0;
  switch (op) {
  case IR_ADD:
    r = (int64_t)((uint64_t)x + (uint64_t)y);
    break;
  case IR_SUB:
    r = (int64_t)((uint64_t)x - (uint64_t)y);
    break;
  case IR_MUL:
    r = (int64_t)((uint64_t)x * (uint64_t)y);
    break;
  case IR_AND:
    r = x & y;
    break;
  case IR_OR:
    r = x | y;
    break;
  case IR_XOR:
    r = x ^ y;
    break;
  case IR_SHL:
  case IR_LSHR:
  case IR_ASHR:
    r = shifted(op, bits, x, (uint64_t)zero_extend(y, bits));
    break;
  case IR_SMIN:
    r = x < y ? x : y;
    break;
  case IR_SMAX:
    r = x > y ? x : y;
    break;
  case IR_ICMP:
    r = compared((IrPredicate)aux, bits, x, y);
    break;
  case IR_TRUNC:
  case IR_SEXT:
    r = x;
    break;
  case IR_ZEXT:
    r = zero_extend(x, bits);
    break;
  default:
    return false;
  }
  *result = sign_extend(r, ir_type_bits(type));
  return true;
}

IrValue build(Builder *b, IrOp op, IrType type, uint32_t count, const IrValue *operands) {
  IrValue v = ir_add(b->f, op, type, count, operands);
  ir_insert(b->f, b->block, v);
  return v;
}

IrValue build_const(Builder *b, IrType type, int64_t value) {
  if (ir_is_float(type))
    return ir_leaf(b->f, IR_FCONST, type, zero_extend(value, ir_float_bits(type)));
  return ir_leaf(b->f, IR_CONST, type, sign_extend(value, type));
}

IrValue build1(Builder *b, IrOp op, IrType type, IrValue x) {
  const IrInsn *insn = ir_insn(b->f, x);
  int64_t result = 0;
  if (insn->op == IR_CONST && fold_constant(op, type, 0, insn->type, insn->imm, 0, &result))
    return build_const(b, type, result);
  if (op == IR_BITCAST && (insn->op == IR_CONST || insn->op == IR_FCONST) && type < IR_FIRST_VECTOR)
    return build_const(b, type, insn->imm);
  return build(b, op, type, 1, &x);
}

bool is_identity(IrOp op, int64_t constant) {
  switch (op) {
  case IR_ADD:
  case IR_SUB:
  case IR_OR:
  case IR_XOR:
  case IR_SHL:
  case IR_LSHR:
  case IR_ASHR:
    return constant == 0;
  case IR_AND:
    return constant == -1;
  default:
    return false;
  }
}

IrValue build2(Builder *b, IrOp op, IrType type, IrValue x, IrValue y) {
  const Function *f = b->f;
  int64_t result = 0;
  if (ir_is_const(f, x) && !ir_is_const(f, y) && (ir_ops[op].flags & IR_COMMUTES)) {
    IrValue swap = x;
    x = y;
    y = swap;
  }
  if (ir_is_const(f, y)) {
    int64_t constant = ir_insn(f, y)->imm;
    if (ir_is_const(f, x) && fold_constant(op, type, 0, type, ir_insn(f, x)->imm, constant, &result))
      return build_const(b, type, result);
    const IrInsn *left = ir_insn(f, x);
    if (op == IR_ADD && left->op == IR_SYMBOL) {
      int64_t addend = ir_addend_of(left) + constant;
      if (constant == (int32_t)constant && addend == (int32_t)addend)
        return ir_leaf(b->f, IR_SYMBOL, type, ir_symbol_imm(ir_symbol_of(left), (int32_t)addend));
    }
    if (is_identity(op, constant))
      return x;
    if (op == IR_MUL && constant == 1)
      return x;
    if ((op == IR_MUL || op == IR_AND) && constant == 0)
      return build_const(b, type, 0);
    if (op == IR_MUL && constant > 0 && (constant & (constant - 1)) == 0)
      return build2(b, IR_SHL, type, x, build_const(b, type, __builtin_ctzll((uint64_t)constant)));
  }
  IrValue operands[2] = {x, y};
  return build(b, op, type, 2, operands);
}

IrValue build_compare(Builder *b, IrOp op, IrPredicate predicate, IrValue x, IrValue y) {
  IrValue operands[2] = {x, y};
  IrValue v = build(b, op, IR_I1, 2, operands);
  ir_insn(b->f, v)->aux = (uint8_t)predicate;
  return v;
}

IrValue build_select(Builder *b, IrType type, IrValue condition, IrValue x, IrValue y) {
  if (x == y)
    return x;
  if (ir_is_const(b->f, condition))
    return ir_insn(b->f, condition)->imm ? x : y;
  IrValue operands[3] = {condition, x, y};
  return build(b, IR_SELECT, type, 3, operands);
}

IrValue build_load(Builder *b, IrType type, IrValue address) {
  IrValue v = build(b, IR_LOAD, type, 1, &address);
  ir_insn(b->f, v)->aux = (uint8_t)ir_type_bits(type);
  return v;
}

IrValue build_store(Builder *b, IrValue value, IrValue address) {
  IrValue operands[2] = {value, address};
  IrType type = ir_type(b->f, value);
  IrValue v = build(b, IR_STORE, IR_VOID, 2, operands);
  ir_insn(b->f, v)->aux = (uint8_t)ir_type_bits(type);
  return v;
}
