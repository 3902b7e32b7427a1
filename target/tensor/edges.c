// What guards leave of the bytes that an access goes through, where sizes are known at run time alone: an
// image with padding is read beyond its edges but for them. clip.c does so with numbers.
#include "target/tensor/padding.h"

typedef struct Edges {
  const Region *region;
  Builder *b;
  const Access *access;
  Bitset used[2]; // iterators that lower guards, and upper ones, have narrowed by
} Edges;

static IrValue number(Edges *e, int64_t value) {
  return build_const(e->b, IR_I64, value);
}

static IrValue operate(Edges *e, IrOp op, IrValue x, IrValue y) {
  return build2(e->b, op, IR_I64, x, y);
}

static IrValue compare(Edges *e, IrPredicate predicate, IrValue x, IrValue y) {
  return build_compare(e->b, IR_ICMP, predicate, x, y);
}

static IrValue value_of(Edges *e, Quantity quantity) {
  return quantity.value == IR_NONE ? number(e, quantity.constant) : quantity.value;
}

// Without its sign, where that is as it looks.
static IrValue step_of(Edges *e, const AffineTerm *term, bool upper) {
  IrValue step = value_of(e, term->coefficient);
  return upper ? operate(e, IR_SUB, number(e, 0), step) : step;
}

// The statement that alone makes an access, by loading it; NULL: there is none.
static const Statement *only_reader(const Region *region, uint32_t access) {
  for (size_t i = 0; i < region->statements.count; i++) {
    const Statement *s = &region->statements.data[i];
    if (s->target != access && reads_access(region, s->value, access, 0))
      return reads_alone(region, s, access) ? s : NULL;
  }
  return NULL;
}

static bool may_narrow(const Edges *e, const Affine *guard, bool upper) {
  const Function *f = e->region->function;
  for (uint32_t i = 0; i < guard->count; i++) {
    const AffineTerm *term = &guard->terms[i];
    if (quantity_looks_negative(f, term->coefficient) != upper ||
        !affine_has(&e->access->offset, term->iterator) || bitset_has(&e->used[upper], term->iterator))
      return false;
  }
  return guard->count > 0;
}

// A guard says how far a coordinate is from an edge. Where the access moves as the coordinate does, `stride`
// bytes for each of its steps, it comes no further; the others of its iterators add nothing to that.
static void narrow_by(Edges *e, const Affine *guard, bool upper, IrValue *low, IrValue *high) {
  IrValue zero = number(e, 0), one = number(e, 1), all = zero;
  const AffineTerm *unit = &guard->terms[guard->count - 1];
  IrValue step = operate(e, IR_SMAX, step_of(e, unit, upper), one);
  IrValue stride =
      operate(e, IR_UDIV, value_of(e, affine_coefficient(&e->access->offset, unit->iterator)), step);
  IrValue moves = compare(e, IR_SGT, stride, zero);
  for (uint32_t i = 0; i < guard->count; i++) {
    uint32_t iterator = guard->terms[i].iterator;
    bitset_add(&e->used[upper], iterator);
    step = step_of(e, &guard->terms[i], upper);
    IrValue bytes = value_of(e, affine_coefficient(&e->access->offset, iterator));
    IrValue last = operate(e, IR_SUB, value_of(e, e->region->iterators.data[iterator].extent), one);
    IrValue alike = compare(e, IR_EQ, operate(e, IR_MUL, stride, step), bytes);
    IrValue small =
        build2(e->b, IR_AND, IR_I1, compare(e, IR_SGT, step, zero), compare(e, IR_SLE, step, bytes));
    moves = build2(e->b, IR_AND, IR_I1, moves, build2(e->b, IR_AND, IR_I1, alike, small));
    all = operate(e, IR_ADD, all, operate(e, IR_MUL, step, last));
  }
  IrValue start = number(e, guard->constant);
  if (guard->invariant != IR_NONE)
    start = operate(e, IR_ADD, start, guard->invariant);
  IrValue outside =
      upper ? operate(e, IR_SMAX, operate(e, IR_SUB, all, operate(e, IR_SMAX, start, zero)), zero)
            : operate(e, IR_SMIN, operate(e, IR_SMAX, operate(e, IR_SUB, zero, start), zero), all);
  IrValue bytes = build_select(e->b, IR_I64, moves, operate(e, IR_MUL, outside, stride), zero);
  if (upper)
    *high = operate(e, IR_SUB, *high, bytes);
  else
    *low = operate(e, IR_ADD, *low, bytes);
}

void narrow_bounds(const Region *region, Builder *b, uint32_t access, IrValue *low, IrValue *high) {
  const Statement *s = only_reader(region, access);
  if (!s || !s->guard_count || region->accesses.data[access].clipped)
    return;
  size_t count = region->iterators.count;
  Edges e = {.region = region,
             .b = b,
             .access = &region->accesses.data[access],
             .used = {bitset_new(region->arena, count + 1), bitset_new(region->arena, count + 1)}};
  for (uint32_t i = 0; i < s->guard_count; i++) {
    bool upper =
        s->guards[i].count && quantity_looks_negative(region->function, s->guards[i].terms[0].coefficient);
    if (may_narrow(&e, &s->guards[i], upper))
      narrow_by(&e, &s->guards[i], upper, low, high);
  }
}
