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

// The same value, or loads of the same element with nothing written in between.
static bool same(const Mapper *m, uint32_t x, uint32_t y) {
  return x == y || (node_at(m, x)->kind == NODE_LOAD && loads(m, y, node_at(m, x)->index));
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

static void exchange(Mapper *m, const uint32_t *statements, size_t count) {
  for (size_t i = 0; i < count; i++) {
    Statement *s = &m->region->statements.data[statements[i]], old = *s;
    *s = m->choices[statements[i]].form;
    m->choices[statements[i]].form = old;
  }
}

bool choices_enter(Mapper *m, const uint32_t *statements, size_t count) {
  bool all = count > 0;
  for (size_t i = 0; i < count && all; i++) {
    const Access *target = &m->region->accesses.data[m->region->statements.data[statements[i]].target];
    Quantity stride = lane_stride(m, &target->offset);
    all = m->choices[statements[i]].matches && stride.value == IR_NONE && stride.constant == 0;
  }
  if (all)
    exchange(m, statements, count);
  return all;
}

void choices_leave(Mapper *m, const uint32_t *statements, size_t count) {
  exchange(m, statements, count);
}

IrValue choice_depends_on_order(Mapper *m, const Total *total, IrValue initial, IrValue value, RawTotal raw) {
  Builder *b = &m->e.builder;
  IrValue zero = ir_leaf(b->f, IR_FCONST, total->type, 0);
  IrValue tested = total->replaces_nan && !total->unordered ? value : initial;
  IrValue depends = build2(b, IR_OR, IR_I1, build_compare(b, IR_FCMP, IR_OEQ, value, zero),
                           build_compare(b, IR_FCMP, IR_UNO, tested, tested));
  return total->unordered ? build2(b, IR_OR, IR_I1, depends, total_met_nan(m, total, raw)) : depends;
}
