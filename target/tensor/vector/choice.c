// Largest and smallest elements as plain code finds them: t = x > t ? x : t, and IEEE 754's maximum. Lanes
// find the same number by vfmax, but for what depends on the order: NaN, and which of +0 and -0 came first.
// Where the result shows that one of these may have mattered the loop runs once more, as it stands.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

static const Node *node_at(const Mapper *m, uint32_t node) {
  return &m->region->nodes.data[node];
}

static bool loads(const Mapper *m, uint32_t node, uint32_t access) {
  return node_at(m, node)->kind == NODE_LOAD && node_at(m, node)->index == access;
}

static bool same_within(const Mapper *m, uint32_t x, uint32_t y, unsigned depth) {
  const Node *a = node_at(m, x), *b = node_at(m, y);
  if (x == y)
    return true;
  bool alike = depth > 0 && a->kind == b->kind && a->op == b->op && a->type == b->type &&
               a->index == b->index && a->imm == b->imm && a->aux == b->aux &&
               a->operand_count == b->operand_count;
  for (unsigned i = 0; i < a->operand_count && alike; i++)
    alike = same_within(m, a->operands[i], b->operands[i], depth - 1);
  return alike;
}

// The same value: one, or two that are computed in the same way where nothing is written in between.
static bool same(const Mapper *m, uint32_t x, uint32_t y) {
  enum { MOST_DEPTH = 12 };
  return same_within(m, x, y, MOST_DEPTH);
}

// x > t or x >= t gives FMAX, x < t or x <= t FMIN; IR_OP_COUNT: another comparison.
static IrOp chosen_by(IrPredicate predicate, bool *unordered) {
  *unordered = predicate == IR_FUGT || predicate == IR_FUGE || predicate == IR_FULT || predicate == IR_FULE;
  switch (predicate) {
  case IR_OGT:
  case IR_OGE:
  case IR_FUGT:
  case IR_FUGE:
    return IR_FMAX;
  case IR_OLT:
  case IR_OLE:
  case IR_FULT:
  case IR_FULE:
    return IR_FMIN;
  default:
    return IR_OP_COUNT;
  }
}

static bool is_constant(const Mapper *m, uint32_t node) {
  return node_at(m, node)->kind == NODE_CONSTANT;
}

static uint32_t strip_inversion(const Mapper *m, uint32_t node, bool *inverted) {
  const Node *n = node_at(m, node);
  if (!is_operation(n, IR_XOR) || !is_constant(m, n->operands[1]))
    return node;
  *inverted = !*inverted;
  return n->operands[0];
}

// Whether a node asks if a number is a NaN (UNO) or none (ORD); *tested: the number.
static bool tests_nan(const Mapper *m, uint32_t node, IrPredicate predicate, uint32_t *tested) {
  bool inverted = false;
  const Node *n = node_at(m, strip_inversion(m, node, &inverted));
  if (!is_operation(n, IR_FCMP) || (n->aux != IR_UNO && n->aux != IR_ORD) ||
      (n->aux == predicate) == inverted)
    return false;
  *tested = n->operands[0];
  return is_constant(m, n->operands[1]) ? node_at(m, n->operands[1])->imm == 0
                                        : same(m, n->operands[0], n->operands[1]);
}

// A condition as comparisons with NaN make it: (tested is a NaN or (comparison holds, or not)), or not that.
typedef struct Guarded {
  uint32_t comparison, tested; // tested: NODE_NONE: nothing
  bool inner, outer;           // inverted
} Guarded;

static Guarded take_apart(const Mapper *m, uint32_t node) {
  Guarded g = {.tested = NODE_NONE};
  uint32_t at = strip_inversion(m, node, &g.outer);
  const Node *n = node_at(m, at);
  g.comparison = at;
  if (!is_operation(n, IR_SELECT))
    return g;
  uint32_t yes = n->operands[1], no = n->operands[2];
  if (is_constant(m, yes) && node_at(m, yes)->imm && tests_nan(m, n->operands[0], IR_UNO, &g.tested)) {
    g.comparison = strip_inversion(m, no, &g.inner);
  } else if (is_constant(m, no) && !node_at(m, no)->imm && tests_nan(m, n->operands[0], IR_ORD, &g.tested)) {
    g.outer = !g.outer;
    g.inner = true;
    g.comparison = strip_inversion(m, yes, &g.inner);
  }
  return g;
}

// target := x where a comparison of the two holds.
static bool match_condition(const Mapper *m, const Statement *s, Choice *choice) {
  Guarded g = take_apart(m, s->condition);
  const Node *n = node_at(m, g.comparison);
  bool by_value = g.tested != NODE_NONE && same(m, g.tested, s->value);
  if (!is_operation(n, IR_FCMP) || (g.tested != NODE_NONE && !by_value && !loads(m, g.tested, s->target)))
    return false;
  bool first = same(m, n->operands[0], s->value) && loads(m, n->operands[1], s->target);
  bool second = same(m, n->operands[1], s->value) && loads(m, n->operands[0], s->target);
  IrOp op = chosen_by((IrPredicate)n->aux, &choice->unordered);
  if ((!first && !second) || op == IR_OP_COUNT)
    return false;
  // The other operand first, or the comparison that does not hold: the other way round.
  bool exchanged = second != (g.inner != g.outer), nan_holds = choice->unordered != g.inner;
  choice->unordered = (by_value || nan_holds) != g.outer;
  choice->replaces_nan = ((g.tested != NODE_NONE && !by_value) || nan_holds) != g.outer;
  choice->form.reduction = (uint8_t)(!exchanged ? op : op == IR_FMAX ? IR_FMIN : IR_FMAX);
  return true;
}

// select(x is a number, t, x): what a NaN takes the place of.
static bool match_unless_nan(const Mapper *m, uint32_t node, uint32_t tested, uint32_t yes) {
  const Node *n = node_at(m, node);
  if (!is_operation(n, IR_SELECT) || !same(m, n->operands[2], tested) || !same(m, n->operands[1], yes))
    return false;
  const Node *test = node_at(m, n->operands[0]);
  return is_operation(test, IR_FCMP) && test->aux == IR_ORD && same(m, test->operands[0], tested) &&
         same(m, test->operands[1], tested);
}

// target := maximum(target, x), in which a NaN stays.
static bool match_maximum(const Mapper *m, const Statement *s, Choice *choice) {
  const Node *n = node_at(m, s->value);
  if (!is_operation(n, IR_FMAX) && !is_operation(n, IR_FMIN))
    return false;
  const Node *select = node_at(m, n->operands[0]);
  if (!is_operation(select, IR_SELECT))
    return false;
  uint32_t x = select->operands[1], y = select->operands[2];
  if (!match_unless_nan(m, n->operands[0], y, x) || !match_unless_nan(m, n->operands[1], x, y))
    return false;
  bool first = loads(m, x, s->target);
  if (!first && !loads(m, y, s->target))
    return false;
  choice->form.value = first ? y : x;
  choice->form.reduction = n->op;
  choice->unordered = true;
  return true;
}

static bool match(const Mapper *m, const Statement *s, Choice *choice) {
  IrType type = m->region->accesses.data[s->target].type;
  uint32_t array = m->region->accesses.data[s->target].array;
  if (s->reduction != IR_OP_COUNT || s->guard_count || !ir_is_float(type) || type == IR_BFLOAT)
    return false;
  choice->form = *s;
  if (s->condition != NODE_NONE ? !match_condition(m, s, choice) : !match_maximum(m, s, choice))
    return false;
  choice->form.condition = NODE_NONE;
  choice->form.reassociable = true;
  return !node_reads(m->region, choice->form.value, array);
}

void choices_find(Mapper *m) {
  const Region *region = m->region;
  m->choices = ARENA_ARRAY(region->arena, Choice, region->statements.count + 1);
  for (size_t i = 0; i < region->statements.count; i++)
    m->choices[i].matches = match(m, &region->statements.data[i], &m->choices[i]);
}

static bool is_plain(const Statement *s) {
  return s->reduction == IR_OP_COUNT && !s->guard_count && s->condition == NODE_NONE;
}

static bool any_reads(const Mapper *m, const uint32_t *statements, size_t count, uint32_t array) {
  for (size_t i = 0; i < count; i++)
    if (statement_reads(m->region, &m->region->statements.data[statements[i]], array))
      return true;
  return false;
}

// Whether a statement beside choices does the same again when the loop runs once more: it sets a scalar of
// the iteration, or goes on with one that was set there, adds to a total, which begins anew, or stores what
// no statement reads.
static bool may_run_again(const Mapper *m, const uint32_t *statements, size_t count, size_t at) {
  const Region *region = m->region;
  const Statement *s = &region->statements.data[statements[at]];
  const Access *target = &region->accesses.data[s->target];
  Quantity stride = lane_stride(m, &target->offset);
  if (stride.value == IR_NONE && stride.constant == 0)
    return s->reduction != IR_OP_COUNT;
  if (!is_scalar_access(region, s->target))
    return s->reduction == IR_OP_COUNT && target->index == NODE_NONE &&
           !any_reads(m, statements, count, target->array);
  bool set = is_plain(s);
  for (size_t i = 0; i < at && !set; i++) {
    const Statement *before = &region->statements.data[statements[i]];
    set = is_plain(before) && before->target == s->target;
  }
  return set;
}

static bool is_choice(const Mapper *m, uint32_t statement) {
  const Access *target = &m->region->accesses.data[m->region->statements.data[statement].target];
  Quantity stride = lane_stride(m, &target->offset);
  return m->choices[statement].matches && stride.value == IR_NONE && stride.constant == 0;
}

// Puts what a choice is, or was, in its place.
static void exchange(Mapper *m, uint32_t statement) {
  Statement *s = &m->region->statements.data[statement], old = *s;
  Choice *choice = &m->choices[statement];
  *s = choice->form;
  choice->form = old;
  choice->entered = !choice->entered;
}

bool choices_enter(Mapper *m, const uint32_t *statements, size_t count) {
  bool any = false;
  for (size_t i = 0; i < count; i++) {
    bool choice = is_choice(m, statements[i]);
    if (!choice && !may_run_again(m, statements, count, i))
      return false;
    any = any || choice;
  }
  for (size_t i = 0; i < count && any; i++)
    if (is_choice(m, statements[i]))
      exchange(m, statements[i]);
  return any;
}

void choices_leave(Mapper *m, const uint32_t *statements, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (m->choices[statements[i]].entered)
      exchange(m, statements[i]);
}

IrValue choice_depends_on_order(Mapper *m, const Total *total, IrValue initial, IrValue value, RawTotal raw) {
  Builder *b = &m->e.builder;
  IrValue zero = ir_leaf(b->f, IR_FCONST, total->type, 0);
  IrValue tested = total->replaces_nan && !total->unordered ? value : initial;
  IrValue depends = build2(b, IR_OR, IR_I1, build_compare(b, IR_FCMP, IR_OEQ, value, zero),
                           build_compare(b, IR_FCMP, IR_UNO, tested, tested));
  return total->unordered ? build2(b, IR_OR, IR_I1, depends, total_met_nan(m, total, raw)) : depends;
}
