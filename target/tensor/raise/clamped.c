// Loops from the greater of two numbers to the lesser of two others, as those over the taps of a window that
// lie within an image: for each tap, under guards. So is the branch that passes by such a loop where it has
// no iterations.
#include "target/tensor/raise/raise.h"

enum { MOST_ITERATIONS = 64 };

enum { MOST_STEPS = 6, FAR = 1 << 24 };

// The number that a value is but for extensions and constants that are added, which are in *offset. *natural:
// it must not be negative, since what widens it takes it for a number without sign.
static IrValue without_offset(const Raise *r, IrValue v, int64_t *offset, bool *natural) {
  *offset = 0;
  *natural = false;
  for (unsigned steps = 0; steps < MOST_STEPS; steps++) {
    const IrInsn *insn = ir_insn(r->f, v);
    bool sum = insn->op == IR_ADD && ir_is_const(r->f, insn->operands[1]);
    if (!sum && insn->op != IR_SEXT && insn->op != IR_ZEXT)
      break;
    int64_t constant = sum ? ir_insn(r->f, insn->operands[1])->imm : 0;
    if (constant > FAR || constant < -FAR)
      break;
    *natural = *natural || insn->op == IR_ZEXT;
    *offset += constant;
    v = insn->operands[0];
  }
  return v;
}

// Far enough from the ends of 32 bits for what is added.
static bool is_near(Raise *r, const Poly *x) {
  Range range = x ? poly_range(r, x) : (Range){INT64_MIN, INT64_MAX};
  return range.low >= INT32_MIN / 2 && range.high <= INT32_MAX / 2;
}

// `op`: IR_SMAX or IR_SMIN, which are the same as IR_UMAX and IR_UMIN of numbers that are not negative. What
// is none of these has no constant.
static bool read_end(Raise *r, IrValue v, IrOp op, ClampedEnd *end) {
  int64_t offset = 0;
  bool natural = false;
  IrValue inner = without_offset(r, v, &offset, &natural);
  const IrInsn insn = *ir_insn(r->f, inner);
  *end = (ClampedEnd){op == IR_SMAX ? INT64_MIN : INT64_MAX, NULL};
  if (insn.op == IR_CONST) {
    end->constant = insn.imm + offset;
    return true;
  }
  bool is_unsigned = insn.op == (op == IR_SMIN ? IR_UMIN : IR_UMAX);
  if ((insn.op == op || is_unsigned) && ir_is_const(r->f, insn.operands[1]) && insn.block != IR_NONE) {
    int64_t constant = ir_insn(r->f, insn.operands[1])->imm;
    const Poly *x = evolution_in(r, insn.operands[0], insn.block);
    if (!is_near(r, x) || (constant < 0 && (natural || is_unsigned)) ||
        (is_unsigned && poly_range(r, x).low < 0) || constant > INT32_MAX / 2 || constant < INT32_MIN / 2)
      return false;
    end->constant = constant + offset;
    end->changing = poly_add(r->arena, x, poly_constant(r->arena, offset), 1);
    return true;
  }
  uint32_t block = ir_insn(r->f, v)->block;
  end->changing = evolution_in(r, v, block);
  return end->changing && poly_has_iterators(end->changing) && is_near(r, end->changing);
}

static bool same_end(const ClampedEnd *x, const ClampedEnd *y) {
  bool constant = !x->changing && !y->changing;
  return x->constant == y->constant &&
         (constant || (x->changing && y->changing && poly_equal(x->changing, y->changing)));
}

// The counter that the loop's test looks at, as it is or when one has been added; IR_NONE: another one. It is
// less than *bound + *more in all iterations.
static IrValue counter_of(const Raise *r, const RaisedLoop *loop, IrValue *bound, int64_t *more) {
  const IrInsn *branch = ir_terminator(r->f, loop->exiting);
  const IrInsn *compare = ir_insn(r->f, branch->operands[0]);
  bool stays = r->f->blocks.data[loop->exiting].succs[0] != loop->exit;
  if (compare->op != IR_ICMP)
    return IR_NONE;
  IrPredicate p = (IrPredicate)compare->aux;
  bool less = stays ? p == IR_SLT || p == IR_ULT || p == IR_NE : p == IR_SGE || p == IR_UGE || p == IR_EQ;
  bool up_to = stays ? p == IR_SLE || p == IR_ULE : p == IR_SGT || p == IR_UGT;
  IrValue counter = compare->operands[0];
  const IrInsn *next = ir_insn(r->f, counter);
  bool stepped = next->op == IR_ADD && ir_is_const(r->f, next->operands[1]) &&
                 ir_insn(r->f, next->operands[1])->imm == 1;
  counter = stepped ? next->operands[0] : counter;
  *bound = compare->operands[1];
  *more = up_to + !stepped;
  const IrInsn *phi = ir_insn(r->f, counter);
  return (less || up_to) && phi->op == IR_PHI && phi->block == loop->header ? counter : IR_NONE;
}

static uint32_t way_in(const Raise *r, const RaisedLoop *loop) {
  return r->f->blocks.data[loop->header].preds[0] == loop->latch ? 1 : 0;
}

// Other counters begin where the loop does, and have other numbers in iterations that are there under guards
// alone.
static bool counts_alone(Raise *r, const RaisedLoop *loop, IrValue counter) {
  const IrBlock *header = &r->f->blocks.data[loop->header];
  for (uint32_t i = 0; i < header->count && ir_insn(r->f, header->insns[i])->op == IR_PHI; i++)
    if (header->insns[i] != counter && evolution(r, header->insns[i]))
      return false;
  return true;
}

static void set_poly(Raise *r, IrValue v, const Poly *poly) {
  r->polys[v] = poly;
  r->poly_known[v] = 1;
}

static const Poly *moved(Raise *r, const Poly *poly, int64_t by) {
  return poly ? poly_add(r->arena, poly, poly_constant(r->arena, by), 1) : NULL;
}

static bool steps_by_one(const Raise *r, IrValue counter, IrValue next) {
  const IrInsn *insn = ir_insn(r->f, next);
  return insn->op == IR_ADD && insn->operands[0] == counter && ir_is_const(r->f, insn->operands[1]) &&
         ir_insn(r->f, insn->operands[1])->imm == 1;
}

// Where the loop begins and ends, as its test says.
static bool read_ends(Raise *r, RaisedLoop *loop, IrValue *counter) {
  IrValue bound = IR_NONE;
  int64_t more = 0;
  if (loop->test_first || loop->exiting != loop->latch || r->open_phis)
    return false;
  *counter = counter_of(r, loop, &bound, &more);
  if (*counter == IR_NONE || r->leaves[*counter])
    return false;
  IrValue next = ir_operand(r->f, *counter, 1 - way_in(r, loop));
  if (!steps_by_one(r, *counter, next) || r->leaves[next] ||
      !read_end(r, ir_operand(r->f, *counter, way_in(r, loop)), IR_SMAX, &loop->from) ||
      !read_end(r, bound, IR_SMIN, &loop->to))
    return false;
  loop->to.constant += loop->to.constant == INT64_MAX ? 0 : more;
  loop->to.changing = moved(r, loop->to.changing, more);
  return true;
}

// Whether the loop begins before it ends wherever it is. Else a branch has to say so: the code goes through
// it once in any case.
static bool has_iterations(Raise *r, const ClampedEnd *from, const ClampedEnd *to) {
  Wide begins = from->constant, ends = to->constant;
  const Poly *distance =
      from->changing && to->changing ? poly_add(r->arena, to->changing, from->changing, -1) : NULL;
  bool apart = !from->changing || !to->changing || (distance && poly_range(r, distance).low > 0);
  return apart && begins < ends && (!from->changing || poly_range(r, from->changing).high < ends) &&
         (!to->changing || poly_range(r, to->changing).low > begins);
}

bool measure_clamped_loop(Raise *r, RaisedLoop *loop) {
  IrValue counter = IR_NONE;
  if (!read_ends(r, loop, &counter))
    return false;
  // Through all that the constants allow, or through what moves along, whichever is less.
  const ClampedEnd from = loop->from, to = loop->to;
  bool fixed = from.constant != INT64_MIN && to.constant != INT64_MAX && from.constant < to.constant;
  int64_t width = 0, most = fixed ? to.constant - from.constant : INT64_MAX;
  const Poly *distance =
      from.changing && to.changing ? poly_add(r->arena, to.changing, from.changing, -1) : NULL;
  bool moves = poly_is_constant(distance, &width) && width > 0 && width < most;
  most = moves ? width : most;
  if (most > MOST_ITERATIONS || (!from.changing && !to.changing))
    return false;
  loop->extent = poly_constant(r->arena, most);
  const Poly *first = poly_constant(r->arena, from.constant), *end = poly_constant(r->arena, to.constant);
  const Poly *value = poly_add(r->arena, moves ? from.changing : first,
                               poly_factor(r->arena, factor_iterator(loop->iterator)), 1);
  set_poly(r, counter, value);
  set_poly(r, ir_operand(r->f, counter, 1 - way_in(r, loop)), moved(r, value, 1));
  if (!counts_alone(r, loop, counter)) {
    loop->extent = NULL;
    set_poly(r, counter, NULL);
    set_poly(r, ir_operand(r->f, counter, 1 - way_in(r, loop)), NULL);
    return false;
  }
  const Poly *low = !moves ? from.changing : from.constant == INT64_MIN ? NULL : first;
  const Poly *high = !moves ? to.changing : to.constant == INT64_MAX ? NULL : end;
  if (low)
    loop->guards[loop->guard_count++] = poly_add(r->arena, value, low, -1);
  if (high)
    loop->guards[loop->guard_count++] = moved(r, poly_add(r->arena, high, value, -1), -1);
  loop->clamped = true;
  loop->entered = has_iterations(r, &from, &to);
  r->region->iterators.data[loop->iterator].extent = quantity_from(r, loop->extent);
  r->region->iterators.data[loop->iterator].entered = true;
  return true;
}

// --- branches that pass by --------------------------------------------------------------------------------

static bool is_pure_block(const Raise *r, uint32_t block) {
  const IrBlock *b = &r->f->blocks.data[block];
  for (uint32_t i = 0; i < b->count; i++) {
    const IrInsn *insn = ir_insn(r->f, b->insns[i]);
    if (!(ir_ops[insn->op].flags & (IR_PURE | IR_TERMINATOR)) && insn->op != IR_PHI)
      return false;
  }
  return true;
}

static IrValue without_single_phis(const Raise *r, IrValue v) {
  while (ir_insn(r->f, v)->op == IR_PHI && ir_insn(r->f, v)->operand_count == 1)
    v = ir_operand(r->f, v, 0);
  return v;
}

// Whether a value that comes from the loop to where the ways meet is `passed` where it has no iterations.
static bool begins_with(const Raise *r, const RaisedLoop *loop, IrValue last, IrValue passed) {
  const IrBlock *header = &r->f->blocks.data[loop->header];
  last = without_single_phis(r, last);
  if (last == passed)
    return true;
  for (uint32_t i = 0; i < header->count && ir_insn(r->f, header->insns[i])->op == IR_PHI; i++)
    if (ir_operand(r->f, header->insns[i], 1 - way_in(r, loop)) == last)
      return ir_operand(r->f, header->insns[i], way_in(r, loop)) == passed;
  return false;
}

bool passes_clamped_loop(Raise *r, uint32_t block, uint32_t way, uint32_t join) {
  const IrInsn *compare = ir_insn(r->f, ir_terminator(r->f, block)->operands[0]);
  uint32_t at = way;
  while (at != join && r->f->blocks.data[at].loop != at && is_pure_block(r, at) &&
         ir_terminator(r->f, at)->op == IR_BR)
    at = r->f->blocks.data[at].succs[0];
  if (at == join || r->f->blocks.data[at].loop != at || (!raised_loop(r, at) && !foresee_loop(r, at)))
    return false;
  RaisedLoop *loop = raised_loop(r, at);
  if (!loop || !loop->clamped || compare->op != IR_ICMP)
    return false;
  bool on_true = r->f->blocks.data[block].succs[0] == way;
  IrPredicate p = (IrPredicate)compare->aux;
  IrValue x = compare->operands[0], y = compare->operands[1];
  bool less = on_true ? p == IR_SLT || p == IR_ULT : p == IR_SGE || p == IR_UGE;
  bool more = on_true ? p == IR_SGT || p == IR_UGT : p == IR_SLE || p == IR_ULE;
  bool is_unsigned = p == IR_ULT || p == IR_UGE || p == IR_UGT || p == IR_ULE;
  ClampedEnd from, to;
  if ((!less && !more) || !read_end(r, less ? x : y, IR_SMAX, &from) ||
      !read_end(r, less ? y : x, IR_SMIN, &to) || !same_end(&from, &loop->from) || !same_end(&to, &loop->to))
    return false;
  if (is_unsigned &&
      (from.constant < 0 || to.constant < 0 || (to.changing && poly_range(r, to.changing).low < 0)))
    return false;
  uint32_t exit = loop->exit;
  if (exit != join && (!is_pure_block(r, exit) || ir_terminator(r->f, exit)->op != IR_BR ||
                       r->f->blocks.data[exit].succs[0] != join))
    return false;
  const IrBlock *b = &r->f->blocks.data[join];
  for (uint32_t i = 0; i < b->count && ir_insn(r->f, b->insns[i])->op == IR_PHI; i++) {
    IrValue passed = IR_NONE, last = IR_NONE;
    for (uint32_t k = 0; k < b->pred_count; k++)
      *(b->preds[k] == block ? &passed : &last) = ir_operand(r->f, b->insns[i], k);
    if (b->pred_count != 2 || passed == IR_NONE || last == IR_NONE || !begins_with(r, loop, last, passed))
      return false;
  }
  loop->entered = true;
  return true;
}
