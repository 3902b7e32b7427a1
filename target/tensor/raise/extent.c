// How often loops are gone through: their tests, as polynomials.
#include "target/tensor/raise/raise.h"

typedef struct Test {
  IrPredicate predicate; // under which the loop goes on
  unsigned bits;
  const Poly *start, *bound; // start + step * iterator against bound
  int64_t step;
} Test;

static IrPredicate inverted(IrPredicate p) {
  static const uint8_t table[] = {[IR_EQ] = IR_NE,   [IR_NE] = IR_EQ,   [IR_SLT] = IR_SGE, [IR_SLE] = IR_SGT,
                                  [IR_SGT] = IR_SLE, [IR_SGE] = IR_SLT, [IR_ULT] = IR_UGE, [IR_ULE] = IR_UGT,
                                  [IR_UGT] = IR_ULE, [IR_UGE] = IR_ULT};
  return (IrPredicate)table[p];
}

static IrPredicate mirrored(IrPredicate p) {
  static const uint8_t table[] = {[IR_EQ] = IR_EQ,   [IR_NE] = IR_NE,   [IR_SLT] = IR_SGT, [IR_SLE] = IR_SGE,
                                  [IR_SGT] = IR_SLT, [IR_SGE] = IR_SLE, [IR_ULT] = IR_UGT, [IR_ULE] = IR_UGE,
                                  [IR_UGT] = IR_ULT, [IR_UGE] = IR_ULE};
  return (IrPredicate)table[p];
}

// Whether a number, or what a phi of the loop's header begins with, is the lesser or greater of two others.
static bool is_clamped(const Raise *r, const RaisedLoop *loop, IrValue v) {
  enum { MOST_STEPS = 8 };
  for (unsigned steps = 0; steps < MOST_STEPS; steps++) {
    const IrInsn *insn = ir_insn(r->f, v);
    const IrValue *x = ir_operands_const(r->f, insn);
    if (insn->op == IR_SMIN || insn->op == IR_SMAX || insn->op == IR_UMIN || insn->op == IR_UMAX ||
        insn->op == IR_SELECT)
      return true;
    if (insn->op == IR_PHI && insn->block == loop->header)
      v = x[r->f->blocks.data[loop->header].preds[0] == loop->latch];
    else if (insn->op == IR_ADD || insn->op == IR_SUB || insn->op == IR_SEXT || insn->op == IR_ZEXT)
      v = x[0];
    else
      return false;
  }
  return false;
}

static bool read_test(Raise *r, const RaisedLoop *loop, Test *test) {
  const IrInsn *branch = ir_terminator(r->f, loop->exiting);
  IrValue condition = branch->operands[0];
  const IrInsn *compare = ir_insn(r->f, condition);
  if (compare->op != IR_ICMP)
    return raise_fail(r, condition, "the loop ends by something else than a comparison");
  IrValue x = compare->operands[0], y = compare->operands[1];
  test->predicate = (IrPredicate)compare->aux;
  test->bits = ir_type(r->f, x);
  if (r->f->blocks.data[loop->exiting].succs[0] == loop->exit)
    test->predicate = inverted(test->predicate);
  const Poly *a = evolution_in(r, x, loop->exiting), *b = evolution_in(r, y, loop->exiting);
  uint32_t iterator = factor_iterator(loop->iterator);
  if (a && b && !poly_has(a, iterator)) {
    const Poly *swap = a;
    a = b;
    b = swap;
    test->predicate = mirrored(test->predicate);
  }
  const Poly *step = NULL;
  if (!a || !b || poly_has(b, iterator) || !poly_split(r->arena, a, iterator, &test->start, &step) ||
      !poly_is_constant(step, &test->step) || test->step == 0 || test->step == INT64_MIN)
    return raise_fail(r, condition,
                      is_clamped(r, loop, x) || is_clamped(r, loop, y)
                          ? "the loop starts or ends at the lesser or greater of two numbers that change"
                          : "the number of iterations is not known when the loop starts");
  // A tile's start and end move with the loops around it, and its size does not.
  const Poly *distance = poly_add(r->arena, b, test->start, -1);
  if (!distance || poly_has_iterators(distance))
    return raise_fail(r, condition, "the number of iterations depends on an outer loop");
  test->bound = b;
  return true;
}

// Makes the test start + step * iterator < bound for signed numbers and a step above 0; a test for
// inequality is left.
static bool normalize_test(Raise *r, Test *test) {
  IrPredicate p = test->predicate;
  if (p >= IR_ULT && p <= IR_UGE) {
    if (!assume_natural(r, test->start) || !assume_natural(r, test->bound))
      return false;
    p = p == IR_ULT ? IR_SLT : p == IR_ULE ? IR_SLE : p == IR_UGT ? IR_SGT : IR_SGE;
  }
  const Poly *zero = poly_constant(r->arena, 0);
  if (p == IR_SGT || p == IR_SGE || (p == IR_NE && test->step < 0)) {
    test->start = poly_add(r->arena, zero, test->start, -1);
    test->bound = poly_add(r->arena, zero, test->bound, -1);
    test->step = -test->step;
    p = p == IR_SGT ? IR_SLT : p == IR_SGE ? IR_SLE : p;
  }
  if (p == IR_SLE) {
    test->bound = poly_add(r->arena, test->bound, poly_constant(r->arena, 1), 1);
    p = IR_SLT;
  }
  test->predicate = p;
  return (p == IR_SLT || p == IR_NE) && test->step > 0;
}

// Whether the polynomial's value is far from the ends of its type, so that small steps and one difference of
// two such do not wrap; assumed where it is not known.
static bool stays_small(Raise *r, const Poly *poly, unsigned bits, int64_t step) {
  Range range = poly_range(r, poly);
  Wide margin = bits == 64 ? (Wide)1 << 62 : ((Wide)1 << (bits - 1)) - 1 - step;
  if (range.low >= -margin && range.high <= margin)
    return true;
  if (bits < 64)
    return range.low >= INT64_MIN / 2 && range.high <= INT64_MAX / 2 &&
           assume_natural(r, poly_add(r->arena, poly_constant(r->arena, (int64_t)margin), poly, -1));
  return assume_natural(r, poly_add(r->arena, poly, poly_constant(r->arena, INT64_C(1) << 62), 1));
}

// Whether a polynomial of an end of a loop's counting is a number of the counter's type; assumed where it is
// not known.
static bool stays_in_type(Raise *r, const Poly *poly, unsigned bits) {
  Range type = range_of_bits(bits);
  return poly_fits(r, poly, bits + 1) || assume_range(r, poly, type.low, type.high);
}

// What the phi of a loop grows by each time, a constant, and which operand it starts with; false: something
// else.
static bool steps_of_phi(const Raise *r, IrValue v, uint32_t *start, int64_t *step) {
  const IrInsn *phi = ir_insn(r->f, v);
  for (*start = 0; phi->op == IR_PHI && phi->operand_count == 2 && phi->type == IR_I64 && *start < 2;
       ++*start) {
    const IrInsn *next = ir_insn(r->f, ir_operand(r->f, v, 1 - *start));
    if (next->op != IR_ADD || next->operands[0] != v || !ir_is_const(r->f, next->operands[1]))
      continue;
    *step = ir_insn(r->f, next->operands[1])->imm;
    return true;
  }
  return false;
}

// Whether two phis of one loop around the region are always as far apart: the start and the end of a tile
// are, where compilers keep both.
static bool are_apart(Raise *r, IrValue x, IrValue y, int64_t *apart) {
  uint32_t start = 0, other = 0;
  int64_t step = 0, other_step = 0;
  if (ir_insn(r->f, x)->block != ir_insn(r->f, y)->block || !steps_of_phi(r, x, &start, &step) ||
      !steps_of_phi(r, y, &other, &other_step) || start != other || step != other_step)
    return false;
  const Poly *from = evolution(r, ir_operand(r->f, x, start)), *to = evolution(r, ir_operand(r->f, y, start));
  return from && to && poly_is_constant(poly_add(r->arena, to, from, -1), apart);
}

static bool is_phi_before(const Raise *r, const Monomial *m) {
  return m->count == 1 && !factor_is_iterator(m->factors[0]) && ir_insn(r->f, m->factors[0])->op == IR_PHI;
}

// The end in terms of the phi that the start has.
static const Poly *end_from_start(Raise *r, const Poly *start, const Poly *end) {
  for (uint32_t i = 0; i < start->count; i++)
    for (uint32_t k = 0; k < end->count; k++) {
      const Monomial *x = &start->terms[i], *y = &end->terms[k];
      int64_t apart = 0;
      if (!is_phi_before(r, x) || !is_phi_before(r, y) || x->factors[0] == y->factors[0] ||
          x->coefficient != y->coefficient || !are_apart(r, x->factors[0], y->factors[0], &apart))
        continue;
      const Poly *by =
          poly_add(r->arena, poly_factor(r->arena, x->factors[0]), poly_constant(r->arena, apart), 1);
      const Poly *replaced = poly_replace(r->arena, end, y->factors[0], by);
      return replaced ? replaced : end;
    }
  return end;
}

// How often the test holds before it first fails; NULL: not known.
static const Poly *count_tests(Raise *r, Test *test, bool must_hold) {
  bool plain = test->predicate == IR_SLT && test->step == 1;
  if (!normalize_test(r, test))
    return NULL;
  test->bound = end_from_start(r, test->start, test->bound);
  int64_t zero = 1;
  bool from_zero = plain && poly_is_constant(test->start, &zero) && zero == 0;
  if (test->bits < 64 &&
      (!stays_in_type(r, test->start, test->bits) || !stays_in_type(r, test->bound, test->bits)))
    return NULL;
  const Poly *distance = poly_add(r->arena, test->bound, test->start, -1);
  if (test->predicate == IR_NE) {
    distance = poly_divide(r->arena, distance, test->step);
    return distance && assume_natural(r, distance) ? distance : NULL;
  }
  if (!from_zero && !(plain && test->bits < 64) &&
      (!stays_small(r, test->bound, test->bits, test->step) ||
       (test->bits == 64 && !stays_small(r, test->start, test->bits, test->step))))
    return NULL;
  if (must_hold && !assume_natural(r, distance))
    return NULL;
  if (test->step == 1)
    return distance;
  const Poly *exact = poly_divide(r->arena, distance, test->step);
  if (exact)
    return exact;
  distance = poly_add(r->arena, distance, poly_constant(r->arena, test->step - 1), 1);
  int64_t constant = 0;
  if (poly_is_constant(distance, &constant))
    return poly_constant(r->arena, constant < 0 ? 0 : constant / test->step);
  IrValue quotient = build_before_region(r, IR_SDIV, IR_I64, materialize(r, distance),
                                         ir_leaf(r->f, IR_CONST, IR_I64, test->step));
  return poly_factor(r->arena, quotient);
}

// The outcome of a test in the first (0) and the later (1) iterations, where constants tell.
static bool test_outcome(Raise *r, const RaisedLoop *loop, IrValue condition, int iteration,
                         int64_t *result) {
  const IrInsn insn = *ir_insn(r->f, condition);
  int64_t x[2][2] = {{0}};
  if (insn.op == IR_PHI) {
    bool known = phi_of_two_constants(r, loop, condition, x[0]);
    *result = x[0][iteration];
    return known;
  }
  if (insn.op != IR_ICMP)
    return false;
  for (int i = 0; i < 2; i++) {
    if (ir_is_const(r->f, insn.operands[i]))
      x[i][0] = x[i][1] = ir_insn(r->f, insn.operands[i])->imm;
    else if (!phi_of_two_constants(r, loop, insn.operands[i], x[i]))
      return false;
  }
  return fold_constant(IR_ICMP, IR_I1, insn.aux, ir_type(r->f, insn.operands[0]), x[0][iteration],
                       x[1][iteration], result);
}

// Loops of one or two iterations, whose counter has been replaced by constants.
static bool measure_short_loop(Raise *r, RaisedLoop *loop) {
  IrValue condition = ir_terminator(r->f, loop->exiting)->operands[0];
  bool on = r->f->blocks.data[loop->exiting].succs[0] != loop->exit;
  int64_t first = 0, later = 0;
  if (loop->test_first || !test_outcome(r, loop, condition, 0, &first) ||
      !test_outcome(r, loop, condition, 1, &later) || ((later != 0) == on && (first != 0) == on))
    return false;
  loop->extent = poly_constant(r->arena, (first != 0) == on ? 2 : 1);
  r->region->iterators.data[loop->iterator].extent = quantity_from(r, loop->extent);
  r->region->iterators.data[loop->iterator].entered = true;
  return true;
}

bool measure_loop(Raise *r, RaisedLoop *loop) {
  Test test = {0};
  if (measure_short_loop(r, loop))
    return true;
  const char *reason = r->reason;
  IrValue culprit = r->culprit;
  if (!read_test(r, loop, &test)) {
    bool clamped = measure_clamped_loop(r, loop);
    r->reason = clamped ? reason : r->reason;
    r->culprit = clamped ? culprit : r->culprit;
    return clamped;
  }
  IrValue condition = ir_terminator(r->f, loop->exiting)->operands[0];
  const Poly *count = count_tests(r, &test, !loop->test_first);
  if (count && !loop->test_first)
    count = poly_add(r->arena, count, poly_constant(r->arena, 1), 1);
  if (!count)
    return raise_fail(r, condition, "the number of iterations is not known when the loop starts");
  loop->extent = count;
  r->region->iterators.data[loop->iterator].extent = quantity_from(r, count);
  r->region->iterators.data[loop->iterator].entered = !loop->test_first || poly_range(r, count).low > 0;
  return true;
}
