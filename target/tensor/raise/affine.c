// Comparisons and look-ups in the numbers of a region: quantities and affine expressions.
#include "target/tensor/nest.h"

bool quantities_equal(Quantity x, Quantity y) {
  return x.value == y.value && (x.value != IR_NONE || x.constant == y.constant);
}

bool quantity_looks_negative(const Function *f, Quantity x) {
  if (x.value == IR_NONE)
    return x.constant < 0;
  const IrInsn *insn = ir_insn(f, x.value);
  return insn->op == IR_MUL && ir_is_const(f, insn->operands[1]) && ir_insn(f, insn->operands[1])->imm < 0;
}

bool quantity_is_zero(Quantity x) {
  return x.value == IR_NONE && x.constant == 0;
}

bool affine_has(const Affine *affine, uint32_t iterator) {
  for (uint32_t i = 0; i < affine->count; i++)
    if (affine->terms[i].iterator == iterator)
      return true;
  return false;
}

Quantity affine_coefficient(const Affine *affine, uint32_t iterator) {
  for (uint32_t i = 0; i < affine->count; i++)
    if (affine->terms[i].iterator == iterator)
      return affine->terms[i].coefficient;
  return (Quantity){IR_NONE, 0};
}

bool affines_equal(const Affine *x, const Affine *y) {
  if (x->constant != y->constant || x->invariant != y->invariant || x->count != y->count)
    return false;
  for (uint32_t i = 0; i < x->count; i++)
    if (x->terms[i].iterator != y->terms[i].iterator ||
        !quantities_equal(x->terms[i].coefficient, y->terms[i].coefficient))
      return false;
  return true;
}

// --- whole sums -------------------------------------------------------------------------------------------

enum { MOST_DEPTH = 12 };

// The same value, or the same number extended again.
static bool is_same_number(const Function *f, IrValue x, IrValue y) {
  const IrInsn *a = ir_insn(f, x), *b = ir_insn(f, y);
  return x == y || ((a->op == IR_SEXT || a->op == IR_ZEXT) && a->op == b->op && a->type == b->type &&
                    a->operands[0] == b->operands[0]);
}

static void add_summand(const Function *f, WholeSum *sum, IrValue x, int64_t multiple, unsigned depth) {
  const IrInsn *insn = ir_insn(f, x);
  IrValue first = insn->operand_count ? ir_operand(f, x, 0) : IR_NONE;
  IrValue second = insn->operand_count == 2 ? ir_operand(f, x, 1) : IR_NONE;
  bool constant = second != IR_NONE && ir_is_const(f, second) && depth < MOST_DEPTH;
  int64_t number = constant ? ir_insn(f, second)->imm : 0;
  if (ir_is_const(f, x)) {
    sum->constant += (int64_t)((uint64_t)multiple * (uint64_t)insn->imm);
  } else if ((insn->op == IR_ADD || insn->op == IR_SUB) && depth < MOST_DEPTH) {
    add_summand(f, sum, first, multiple, depth + 1);
    add_summand(f, sum, second, insn->op == IR_ADD ? multiple : -multiple, depth + 1);
  } else if (insn->op == IR_MUL && constant) {
    add_summand(f, sum, first, (int64_t)((uint64_t)multiple * (uint64_t)number), depth + 1);
  } else if (insn->op == IR_SHL && constant && number >= 0 && number < 32) {
    add_summand(f, sum, first, (int64_t)((uint64_t)multiple << number), depth + 1);
  } else {
    uint32_t i = 0;
    while (i < sum->count && i < SUM_VALUES && !is_same_number(f, sum->values[i], x))
      i++;
    if (i < SUM_VALUES && i == sum->count) {
      sum->values[i] = x;
      sum->multiples[i] = 0;
    }
    if (i < SUM_VALUES)
      sum->multiples[i] += multiple;
    sum->count = i >= sum->count ? i + 1 : sum->count;
  }
}

void whole_sum_add(const Function *f, WholeSum *sum, IrValue x, int64_t multiple) {
  add_summand(f, sum, x, multiple, 0);
}

bool whole_sum_is_zero(const WholeSum *sum) {
  bool zero = sum->constant == 0;
  for (uint32_t i = 0; i < sum->count; i++)
    zero = zero && i < SUM_VALUES && sum->multiples[i] == 0;
  return zero;
}
