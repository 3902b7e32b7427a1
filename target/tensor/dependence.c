// What may run in which order, and whether arrays lie apart.
#include "target/tensor/raise.h"

// --- arrays that lie apart --------------------------------------------------------------------------------

static bool allocated_here(const Function *f, IrValue base) {
  const IrInsn *insn = ir_insn(f, base);
  return insn->op == IR_FRAME || insn->op == IR_CALL;
}

static bool is_argument(const Function *f, IrValue base) {
  return ir_insn(f, base)->op == IR_ARG;
}

static bool no_alias(const Function *f, IrValue base) {
  const IrInsn *insn = ir_insn(f, base);
  return insn->op == IR_ARG && f->signature->params[insn->imm].no_alias;
}

// Whether two arrays are known not to overlap.
static bool known_apart(const Region *region, uint32_t a, uint32_t b) {
  const Function *f = region->function;
  const Array *x = &region->arrays.data[a], *y = &region->arrays.data[b];
  if (x->kind == ARRAY_SCALAR || y->kind == ARRAY_SCALAR || a == b)
    return true;
  if (x->object && y->object && x->object != y->object)
    return true;
  if (x->object && allocated_here(f, x->base) && is_argument(f, y->base))
    return true;
  if (y->object && allocated_here(f, y->base) && is_argument(f, x->base))
    return true;
  bool identified_x = x->object || is_argument(f, x->base),
       identified_y = y->object || is_argument(f, y->base);
  return x->base != y->base &&
         ((no_alias(f, x->base) && identified_y) || (no_alias(f, y->base) && identified_x));
}

typedef struct Bounds {
  IrValue low, high; // addresses: [low, high)
} Bounds;

typedef struct Check {
  Region *region;
  Builder b;
  IrValue condition; // IR_NONE: nothing yet
} Check;

// Sizes below this can be multiplied, and some such products added, without wrapping.
static const int64_t size_limit = INT64_C(1) << 30;

static IrValue number(Check *c, int64_t value) {
  return build_const(&c->b, IR_I64, value);
}

static IrValue operate(Check *c, IrOp op, IrValue x, IrValue y) {
  uint32_t count = c->b.f->blocks.data[c->b.block].count;
  IrValue v = build2(&c->b, op, IR_I64, x, y);
  if (c->b.f->blocks.data[c->b.block].count > count)
    before_terminator(c->b.f, c->b.block);
  return v;
}

static void require(Check *c, IrValue condition) {
  if (c->condition == IR_NONE) {
    c->condition = condition;
    return;
  }
  c->condition = build2(&c->b, IR_AND, IR_I1, c->condition, condition);
  before_terminator(c->b.f, c->b.block);
}

static void require_compare(Check *c, IrPredicate predicate, IrValue x, IrValue y) {
  IrValue condition = build_compare(&c->b, IR_ICMP, predicate, x, y);
  before_terminator(c->b.f, c->b.block);
  require(c, condition);
}

static IrValue quantity_value(Check *c, const Quantity *q) {
  return q->value == IR_NONE ? number(c, q->constant) : q->value;
}

// value lies in [-limit, limit).
static void require_small(Check *c, IrValue value, int64_t limit) {
  const IrInsn *insn = ir_insn(c->b.f, value);
  if (insn->op == IR_CONST && insn->imm >= -limit && insn->imm < limit)
    return;
  require_compare(c, IR_ULT, operate(c, IR_ADD, value, number(c, limit)), number(c, 2 * limit));
}

static Bounds access_bounds(Check *c, const Access *access, IrValue base) {
  IrValue start = operate(c, IR_ADD, base, number(c, access->offset.constant));
  if (access->offset.invariant != IR_NONE) {
    require_small(c, access->offset.invariant, INT64_C(1) << 60);
    start = operate(c, IR_ADD, start, access->offset.invariant);
  }
  Bounds bounds = {start, operate(c, IR_ADD, start, number(c, ir_type_bits(access->type) / 8))};
  for (uint32_t i = 0; i < access->offset.count; i++) {
    const AffineTerm *term = &access->offset.terms[i];
    IrValue extent = quantity_value(c, &c->region->iterators.data[term->iterator].extent);
    IrValue stride = quantity_value(c, &term->coefficient);
    require_small(c, extent, size_limit);
    require_small(c, stride, size_limit);
    IrValue span = operate(c, IR_MUL, operate(c, IR_SUB, extent, number(c, 1)), stride);
    IrValue zero = number(c, 0);
    bool known = term->coefficient.value == IR_NONE;
    if (!known || term->coefficient.constant < 0)
      bounds.low = operate(c, IR_ADD, bounds.low, known ? span : operate(c, IR_SMIN, span, zero));
    if (!known || term->coefficient.constant >= 0)
      bounds.high = operate(c, IR_ADD, bounds.high, known ? span : operate(c, IR_SMAX, span, zero));
  }
  return bounds;
}

static bool array_bounds(Check *c, uint32_t array, Bounds *bounds) {
  *bounds = (Bounds){IR_NONE, IR_NONE};
  const Array *a = &c->region->arrays.data[array];
  if (a->size >= 0) {
    *bounds = (Bounds){a->base, operate(c, IR_ADD, a->base, number(c, a->size))};
    return true;
  }
  for (size_t i = 0; i < c->region->accesses.count; i++) {
    const Access *access = &c->region->accesses.data[i];
    if (access->array != array)
      continue;
    if (access->index != NODE_NONE)
      return false;
    Bounds one = access_bounds(c, access, a->base);
    bounds->low = bounds->low == IR_NONE ? one.low : operate(c, IR_SMIN, bounds->low, one.low);
    bounds->high = bounds->high == IR_NONE ? one.high : operate(c, IR_SMAX, bounds->high, one.high);
  }
  return true;
}

bool region_disjoint(Region *region, IrValue *condition) {
  Check c = {region, {region->function, region->before}, IR_NONE};
  size_t count = region->arrays.count;
  Bounds *bounds = ARENA_ARRAY(region->arena, Bounds, count + 1);
  bool *known = ARENA_ARRAY(region->arena, bool, count + 1);
  for (size_t i = 0; i < region->assumptions.count; i++)
    require(&c, region->assumptions.data[i]);
  for (uint32_t a = 0; a < count; a++)
    for (uint32_t b = 0; b < count; b++) {
      const Array *x = &region->arrays.data[a], *y = &region->arrays.data[b];
      if (!x->written || known_apart(region, a, b) || (y->written && b < a))
        continue;
      if (x->base == y->base)
        return false;
      for (int k = 0; k < 2; k++) {
        uint32_t which = k ? b : a;
        if (!known[which] && !array_bounds(&c, which, &bounds[which]))
          return false;
        known[which] = true;
      }
      IrValue below = build_compare(&c.b, IR_ICMP, IR_SLE, bounds[a].high, bounds[b].low);
      before_terminator(c.b.f, c.b.block);
      IrValue above = build_compare(&c.b, IR_ICMP, IR_SLE, bounds[b].high, bounds[a].low);
      before_terminator(c.b.f, c.b.block);
      IrValue apart = build2(&c.b, IR_OR, IR_I1, below, above);
      before_terminator(c.b.f, c.b.block);
      require(&c, apart);
    }
  *condition = c.condition;
  return true;
}
