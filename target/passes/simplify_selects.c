// Selections between values that have much in common become an operation with a selected or zero operand,
// which is one instruction of Zicond instead of three: select(c, x + y, x) is x + select(c, y, 0). Constants
// that differ by a power of two need none. Requires: SSA form before legalization. Provides: the same.
#include "target/internal.h"

static bool is_zero(const Function *f, IrValue v) {
  return ir_is_const(f, v) && ir_insn(f, v)->imm == 0;
}

// Whether a condition is made as 0 or 1 anyway; equality is tested by the instruction that selects.
static bool is_made(const Function *f, IrValue condition) {
  const IrInsn *insn = ir_insn(f, condition);
  return insn->op != IR_ICMP || (insn->aux != IR_EQ && insn->aux != IR_NE);
}

// select(c, power of two, 0) is c, shifted; IR_NONE: it is something else.
static IrValue shifted_condition(Builder *b, IrType type, IrValue condition, IrValue bit) {
  const Function *f = b->f;
  uint64_t x = ir_is_const(f, bit) ? (uint64_t)zero_extend(ir_insn(f, bit)->imm, type) : 0;
  if (!x || (x & (x - 1)) || !is_made(f, condition))
    return IR_NONE;
  IrValue one = build1(b, IR_ZEXT, type, condition);
  return build2(b, IR_SHL, type, one, build_const(b, type, (unsigned)__builtin_ctzll(x)));
}

// select(c, other op y, other), or the other way round (`turned`); IR_NONE: it is not of this kind.
static IrValue common_operand(Builder *b, IrType type, IrValue condition, IrValue operation, IrValue other,
                              bool turned) {
  const Function *f = b->f;
  const IrInsn *insn = ir_insn(f, operation);
  if (insn->block == IR_NONE || !is_identity((IrOp)insn->op, 0) || insn->type != type)
    return IR_NONE;
  IrOp op = (IrOp)insn->op;
  IrValue x = insn->operands[0], y = insn->operands[1];
  if (y == other && (ir_ops[op].flags & IR_COMMUTES)) {
    y = x;
    x = other;
  }
  if (x != other || is_zero(f, y))
    return IR_NONE;
  IrValue zero = build_const(b, type, 0);
  IrValue selected = turned ? IR_NONE : shifted_condition(b, type, condition, y);
  if (selected == IR_NONE)
    selected = turned ? build_select(b, type, condition, zero, y) : build_select(b, type, condition, y, zero);
  IrValue operands[2] = {x, selected};
  return build(b, op, type, 2, operands);
}

// One of the constants, and the difference to the other one where that is chosen: the one that fits an
// addition.
static IrValue selected_difference(Builder *b, IrType type, IrValue condition, int64_t x, int64_t y) {
  enum { LEAST = -2048, MOST = 2047 };
  bool turned = (y < LEAST || y > MOST) && x >= LEAST && x <= MOST;
  int64_t base = turned ? x : y, other = turned ? y : x;
  IrValue difference = build_const(b, type, (int64_t)((uint64_t)other - (uint64_t)base));
  IrValue zero = build_const(b, type, 0);
  IrValue selected = turned ? build_select(b, type, condition, zero, difference)
                            : build_select(b, type, condition, difference, zero);
  return build2(b, IR_ADD, type, selected, build_const(b, type, base));
}

static IrValue between_constants(Builder *b, IrType type, IrValue condition, int64_t x, int64_t y) {
  uint64_t difference = (uint64_t)zero_extend((int64_t)((uint64_t)x - (uint64_t)y), type);
  uint64_t opposite = (uint64_t)zero_extend((int64_t)((uint64_t)y - (uint64_t)x), type);
  bool up = (difference & (difference - 1)) == 0, down = (opposite & (opposite - 1)) == 0;
  if (!up && !down)
    return type < IR_I32 ? IR_NONE : selected_difference(b, type, condition, x, y);
  IrValue bit = build1(b, IR_ZEXT, type, condition);
  unsigned shift = (unsigned)__builtin_ctzll(up ? difference : opposite);
  bit = build2(b, IR_SHL, type, bit, build_const(b, type, shift));
  return up ? build2(b, IR_ADD, type, bit, build_const(b, type, y))
            : build2(b, IR_SUB, type, build_const(b, type, y), bit);
}

static IrValue simpler_selection(const Target *target, Builder *b, IrValue v) {
  (void)target;
  const Function *f = b->f;
  const IrInsn *insn = ir_insn(f, v);
  if (insn->op != IR_SELECT || insn->type < IR_I8 || insn->type > IR_I64)
    return IR_NONE;
  IrType type = insn->type;
  IrValue condition = insn->operands[0], x = insn->operands[1], y = insn->operands[2];
  if (is_zero(f, x) || is_zero(f, y))
    return is_zero(f, y) ? shifted_condition(b, type, condition, x) : IR_NONE;
  if (ir_is_const(f, x) && ir_is_const(f, y) && ir_insn(f, x)->imm != ir_insn(f, y)->imm)
    return between_constants(b, type, condition, ir_insn(f, x)->imm, ir_insn(f, y)->imm);
  IrValue result = common_operand(b, type, condition, x, y, false);
  return result != IR_NONE ? result : common_operand(b, type, condition, y, x, true);
}

bool simplify_selects(Target *target, Function *f) {
  if (target->extensions &
      ISA_EXTENSION_BIT(
          ISA_EXT_ZICOND)) // else selections become branches, which have none of this to pay for
    rewrite_values(target, f, simpler_selection);
  return true;
}
