// Assumptions that need no test: the branches that lead to a nest tell that they hold, or the number of lanes
// does, which is tested first.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

// --- by what is known of extents --------------------------------------------------------------------------

// What a value is at least.
typedef struct Least {
  IrValue value;
  Wide least;
} Least;

// Goes from a multiple, or a sum with a constant, to what that is of, and from a number that was made no less
// than another one to the number. False: the value is something else.
static bool look_into(const Function *f, Least *least) {
  const IrInsn *insn = ir_insn(f, least->value);
  WholeSum sum = {0};
  if (insn->op == IR_SMAX && ir_is_const(f, insn->operands[1])) {
    bool passes = ir_insn(f, insn->operands[1])->imm < least->least;
    least->value = insn->operands[0];
    return passes;
  }
  whole_sum_add(f, &sum, least->value, 1);
  if (sum.count != 1 || sum.multiples[0] <= 0 || sum.values[0] == least->value)
    return false;
  enum { STEPS = 24 };
  Range all = range_of_bits(64), of = value_range(f, NULL, sum.values[0], STEPS);
  Wide scale = sum.multiples[0];
  bool wraps = of.low * scale + sum.constant < all.low || of.high * scale + sum.constant > all.high;
  if (wraps && (scale != 1 || sum.constant < 0))
    return false;
  Wide rest = least->least - sum.constant;
  least->value = sum.values[0];
  least->least = rest > 0 ? (rest + sum.multiples[0] - 1) / sum.multiples[0] : rest / sum.multiples[0];
  return true;
}

// Whether x >= 0 follows from the number of lanes that is asked for.
static bool is_natural_extent(const Mapper *m, IrValue x) {
  const Region *region = m->region;
  const Function *f = region->function;
  for (size_t i = 0; i < region->loops.count; i++) {
    IrValue extent = region->iterators.data[region->loops.data[i].iterator].extent.value;
    if (!m->chosen[i] || extent == IR_NONE)
      continue;
    Least least = {extent, LEAST_LANES};
    do {
      WholeSum apart = {0};
      whole_sum_add(f, &apart, x, 1);
      whole_sum_add(f, &apart, least.value, -1);
      bool constant = apart.count <= SUM_VALUES;
      for (uint32_t v = 0; v < apart.count && constant; v++)
        constant = apart.multiples[v] == 0;
      // Not more than the other number, it does not wrap.
      if (constant && apart.constant <= 0 && least.least + apart.constant >= 0)
        return true;
    } while (look_into(f, &least));
  }
  return false;
}

// --- by branches ------------------------------------------------------------------------------------------

// Whether a summand is a value, or an integer of 32 bits extended with its sign.
static bool is_number_of(const Function *f, IrValue summand, IrValue v) {
  const IrInsn *insn = ir_insn(f, summand), *other = ir_insn(f, v);
  return summand == v ||
         (insn->op == IR_SEXT && (insn->operands[0] == v || (other->op == IR_SEXT && other->type == IR_I64 &&
                                                             insn->operands[0] == other->operands[0])));
}

// Takes sign times a side of a signed comparison away from the sum, if that has it.
static void take_away(const Function *f, WholeSum *sum, IrValue v, int64_t sign) {
  if (ir_is_const(f, v)) {
    sum->constant -= sign * ir_insn(f, v)->imm;
    return;
  }
  for (uint32_t i = 0; i < sum->count; i++)
    if (is_number_of(f, sum->values[i], v)) {
      sum->multiples[i] -= sign;
      return;
    }
  sum->count = SUM_VALUES + 1; // it has not
}

// Whether x >= 0 follows from a comparison that holds, or does not.
static bool follows(const Function *f, IrValue x, const IrInsn *comparison, bool holds) {
  WholeSum rest = {0};
  IrPredicate predicate = (IrPredicate)comparison->aux;
  bool less = predicate == IR_SLT || predicate == IR_SLE,
       greater = predicate == IR_SGT || predicate == IR_SGE;
  bool equal = predicate == IR_SLE || predicate == IR_SGE;
  IrType type = ir_type(f, comparison->operands[0]);
  if ((!less && !greater) || (type != IR_I32 && type != IR_I64))
    return false;
  if (!holds) {
    less = !less;
    equal = !equal;
  }
  // What is known: larger - smaller - !equal >= 0, all as numbers. x is more than that by what is left.
  IrValue larger = comparison->operands[less ? 1 : 0], smaller = comparison->operands[less ? 0 : 1];
  whole_sum_add(f, &rest, x, 1);
  if (rest.count <= SUM_VALUES)
    take_away(f, &rest, larger, 1);
  if (rest.count <= SUM_VALUES)
    take_away(f, &rest, smaller, -1);
  rest.constant += !equal;
  bool constant = rest.count <= SUM_VALUES;
  for (uint32_t i = 0; i < rest.count && constant; i++)
    constant = rest.multiples[i] == 0;
  // Of 64 bits the larger number less one that is not negative does not wrap.
  int64_t most = INT32_MAX;
  if (type == IR_I64) {
    int64_t number = ir_is_const(f, smaller) ? ir_insn(f, smaller)->imm : -1;
    constant = constant && number >= 0;
    most = number < INT32_MAX ? number + !equal : INT32_MAX;
  }
  return constant && rest.constant >= 0 && rest.constant <= most;
}

// Whether x >= 0 follows from a branch on the only way to the block.
static bool branches_tell(const Function *f, uint32_t block, IrValue x) {
  enum { FAR = 8 };
  for (unsigned i = 0; i < FAR && f->blocks.data[block].pred_count == 1; i++) {
    uint32_t before = f->blocks.data[block].preds[0];
    const IrBlock *b = &f->blocks.data[before];
    const IrInsn *end = ir_insn(f, b->insns[b->count - 1]);
    const IrInsn *condition = end->op == IR_CONDBR ? ir_insn(f, end->operands[0]) : NULL;
    if (condition && condition->op == IR_ICMP && b->succs[0] != b->succs[1] &&
        follows(f, x, condition, b->succs[0] == block))
      return true;
    block = before;
  }
  return false;
}

bool drop_implied(Mapper *m) {
  const Function *f = m->region->function;
  size_t kept = 0;
  bool by_lanes = false;
  for (size_t i = 0; i < m->region->assumptions.count; i++) {
    IrValue assumption = m->region->assumptions.data[i];
    const IrInsn *insn = ir_insn(f, assumption);
    bool natural = insn->op == IR_ICMP && insn->aux == IR_SGE && ir_is_const(f, insn->operands[1]) &&
                   ir_insn(f, insn->operands[1])->imm == 0;
    if (natural && branches_tell(f, m->region->before, insn->operands[0]))
      continue;
    if (natural && is_natural_extent(m, insn->operands[0]))
      by_lanes = true;
    else
      m->region->assumptions.data[kept++] = assumption;
  }
  m->region->assumptions.count = kept;
  return by_lanes;
}
