// Numbers that stay in fewer bits than their type has: C computes with int what is kept in narrower
// variables, and extends them at each use.
#include "target/tensor/raise/raise.h"

typedef struct Follower {
  const Function *f;
  unsigned bits;
  uint32_t count;
  IrValue seen[32]; // assumed to fit: they do if all that they are made of does
} Follower;

static bool fits(Follower *w, IrValue v) {
  const IrInsn *insn = ir_insn(w->f, v);
  const IrValue *x = ir_operands_const(w->f, insn);
  if (ir_is_float(insn->type) || ir_type_bits(insn->type) <= w->bits)
    return !ir_is_float(insn->type);
  if (insn->op == IR_CONST)
    return insn->imm >= -(INT64_C(1) << (w->bits - 1)) && insn->imm < INT64_C(1) << (w->bits - 1);
  if (insn->op == IR_SEXT)
    return ir_type_bits(ir_type(w->f, x[0])) <= w->bits;
  if (insn->op == IR_ZEXT)
    return ir_type_bits(ir_type(w->f, x[0])) < w->bits;
  if (insn->op == IR_ASHR && ir_is_const(w->f, x[1]))
    return ir_insn(w->f, x[1])->imm + w->bits >= ir_type_bits(insn->type);
  if (insn->op != IR_PHI && insn->op != IR_SMAX && insn->op != IR_SMIN && insn->op != IR_SELECT)
    return false;
  for (uint32_t i = 0; i < w->count; i++)
    if (w->seen[i] == v)
      return true;
  if (w->count == sizeof w->seen / sizeof *w->seen)
    return false;
  w->seen[w->count++] = v;
  for (uint32_t i = insn->op == IR_SELECT; i < insn->operand_count; i++)
    if (!fits(w, x[i]))
      return false;
  return true;
}

bool value_fits(const Function *f, IrValue v, unsigned bits) {
  Follower w = {.f = f, .bits = bits};
  return bits > 0 && fits(&w, v);
}

IrValue unextended_value(const Function *f, IrValue v) {
  const IrInsn *insn = ir_insn(f, v);
  if (insn->op != IR_ASHR || !ir_is_const(f, insn->operands[1]))
    return v;
  int64_t by = ir_insn(f, insn->operands[1])->imm, bits = ir_type_bits(insn->type);
  const IrInsn *shift = ir_insn(f, insn->operands[0]);
  bool extends = shift->op == IR_SHL && ir_is_const(f, shift->operands[1]) && by > 0 && by < bits &&
                 ir_insn(f, shift->operands[1])->imm == by;
  return extends && value_fits(f, shift->operands[0], (unsigned)(bits - by)) ? shift->operands[0] : v;
}
