// What may run in which order, and whether arrays lie apart.
#include "target/tensor/raise/raise.h"
#include "target/tensor/tile/size.h"
#include "target/tensor/vector/narrow.h"

// --- arrays that lie apart --------------------------------------------------------------------------------

static bool allocated_here(const Function *f, IrValue base) {
  const IrInsn *insn = ir_insn(f, address_origin(f, base));
  return insn->op == IR_FRAME || insn->op == IR_CALL;
}

static bool is_argument(const Function *f, IrValue base) {
  return ir_insn(f, base)->op == IR_ARG;
}

static bool no_alias(const Function *f, IrValue base) {
  const IrInsn *insn = ir_insn(f, base);
  return insn->op == IR_ARG && f->signature->params[insn->imm].no_alias;
}

bool objects_apart(const Function *f, IrValue x, uint32_t object_x, IrValue y, uint32_t object_y) {
  if (object_x && object_y && object_x != object_y)
    return true;
  if (object_x && allocated_here(f, x) && is_argument(f, y))
    return true;
  if (object_y && allocated_here(f, y) && is_argument(f, x))
    return true;
  bool identified_x = object_x || is_argument(f, x), identified_y = object_y || is_argument(f, y);
  return x != y && ((no_alias(f, x) && identified_y) || (no_alias(f, y) && identified_x));
}

// Whether two arrays are known not to overlap.
static bool known_apart(const Region *region, uint32_t a, uint32_t b) {
  const Array *x = &region->arrays.data[a], *y = &region->arrays.data[b];
  return x->kind == ARRAY_SCALAR || y->kind == ARRAY_SCALAR || a == b ||
         objects_apart(region->function, x->base, x->object, y->base, y->object);
}

typedef struct Bounds {
  IrValue low, high; // addresses: [low, high)
} Bounds;

typedef struct Check {
  Region *region;
  Builder b;
  IrValue condition;     // IR_NONE: nothing yet
  VEC(IrValue) required; // its parts
  bool *certain;         // by access: it is made in all iterations of the loops around it
} Check;

// Sizes below this can be multiplied, and some such products added, without wrapping.
static const int64_t size_limit = INT64_C(1) << 30;

static IrValue number(Check *c, int64_t value) {
  return build_const(&c->b, IR_I64, value);
}

static IrValue operate(Check *c, IrOp op, IrValue x, IrValue y) {
  return build2(&c->b, op, IR_I64, x, y);
}

// Whether two values are the same computation of the same values, up to a few operations back.
static bool same_value(const Function *f, IrValue x, IrValue y, unsigned depth) {
  const IrInsn *a = ir_insn(f, x), *b = ir_insn(f, y);
  if (x == y)
    return true;
  if (!depth || a->op != b->op || a->type != b->type || a->aux != b->aux || a->imm != b->imm ||
      a->operand_count != b->operand_count || !(ir_flags(a) & IR_PURE) || ir_flags(a) & IR_LEAF)
    return false;
  const IrValue *p = ir_operands_const(f, a), *q = ir_operands_const(f, b);
  for (uint32_t i = 0; i < a->operand_count; i++)
    if (!same_value(f, p[i], q[i], depth - 1))
      return false;
  return true;
}

static void require(Check *c, IrValue condition) {
  enum { DEPTH = 4 };
  for (size_t i = 0; i < c->required.count; i++)
    if (same_value(c->b.f, c->required.data[i], condition, DEPTH))
      return;
  VEC_PUSH(&c->required, condition);
  if (c->condition == IR_NONE) {
    c->condition = condition;
    return;
  }
  c->condition = build2(&c->b, IR_AND, IR_I1, c->condition, condition);
}

static void require_compare(Check *c, IrPredicate predicate, IrValue x, IrValue y) {
  require(c, build_compare(&c->b, IR_ICMP, predicate, x, y));
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

// Whether two accesses of an array are always the same number of bytes apart.
static bool move_together(const Region *region, const Access *a, const Access *b) {
  if (a->array != b->array || a->offset.invariant != b->offset.invariant || a->index != NODE_NONE ||
      b->index != NODE_NONE || a->clipped || b->clipped)
    return false;
  for (uint32_t i = 0; i < region->iterators.count; i++)
    if (!quantities_equal(affine_coefficient(&a->offset, i), affine_coefficient(&b->offset, i)))
      return false;
  return true;
}

static void find_certain(Check *c) {
  const Region *region = c->region;
  bool *reached = ARENA_ARRAY(region->arena, bool, region->nodes.count + 1);
  c->certain = ARENA_ARRAY(region->arena, bool, region->accesses.count + 1);
  for (size_t i = 0; i < region->statements.count; i++) {
    const Statement *s = &region->statements.data[i];
    if (s->guard_count || s->condition != NODE_NONE)
      continue;
    c->certain[s->target] = true;
    reached[s->value] = true;
  }
  for (size_t i = region->nodes.count; i-- > 0;) {
    const Node *n = &region->nodes.data[i];
    for (uint32_t k = 0; reached[i] && k < n->operand_count; k++)
      reached[n->operands[k]] = true;
    if (reached[i] && n->kind == NODE_LOAD && n->certain)
      c->certain[n->index] = true;
  }
}

// Of an access and all that move together with it. What wraps around is no matter: where the access is made
// at all its first and last places lie in memory, and so do all between; where it is not made anything will
// do. Only of one that is perhaps made in some iterations the steps must be small, so that the others are not
// far from these.
static Bounds access_bounds(Check *c, const Access *access, IrValue base) {
  int64_t low = access->clipped ? access->low : access->offset.constant;
  int64_t high = access->clipped ? access->high : low;
  bool certain = false;
  for (size_t i = 0; i < c->region->accesses.count; i++) {
    const Access *other = &c->region->accesses.data[i];
    if (!move_together(c->region, access, other))
      continue;
    int64_t end = other->offset.constant + ir_type_bits(other->type) / 8;
    certain = certain || (c->certain[i] && other->index == NODE_NONE);
    low = other->offset.constant < low ? other->offset.constant : low;
    high = end > high ? end : high;
  }
  IrValue start = base;
  if (access->offset.invariant != IR_NONE)
    start = operate(c, IR_ADD, start, access->offset.invariant);
  Bounds bounds = {start, start};
  uint64_t lowest = (uint64_t)low, highest = (uint64_t)high;
  for (uint32_t i = 0; i < access->offset.count && !access->clipped; i++) {
    const AffineTerm *term = &access->offset.terms[i];
    const Quantity *count = &c->region->iterators.data[term->iterator].extent;
    IrValue extent = quantity_value(c, count), stride = quantity_value(c, &term->coefficient);
    if (!certain) {
      require_small(c, extent, size_limit);
      require_small(c, stride, size_limit);
    }
    if (term->coefficient.value == IR_NONE) {
      bool falls = term->coefficient.constant < 0;
      IrValue *end = falls ? &bounds.low : &bounds.high;
      uint64_t step = (uint64_t)term->coefficient.constant, steps = (uint64_t)count->constant;
      *(falls ? &lowest : &highest) += step * (count->value == IR_NONE ? steps - 1 : -UINT64_C(1));
      if (count->value != IR_NONE)
        *end = operate(c, IR_ADD, *end, operate(c, IR_MUL, extent, stride));
      continue;
    }
    IrValue span = operate(c, IR_MUL, operate(c, IR_SUB, extent, number(c, 1)), stride), zero = number(c, 0);
    bounds.low = operate(c, IR_ADD, bounds.low, operate(c, IR_SMIN, span, zero));
    bounds.high = operate(c, IR_ADD, bounds.high, operate(c, IR_SMAX, span, zero));
  }
  bounds.low = operate(c, IR_ADD, bounds.low, number(c, (int64_t)lowest));
  bounds.high = operate(c, IR_ADD, bounds.high, number(c, (int64_t)highest));
  return bounds;
}

Range node_range(const Region *region, uint32_t number, unsigned depth) {
  enum { DEPTH = 32 };
  const Node *n = &region->nodes.data[number];
  const unsigned unused = 64 - ir_type_bits(n->type);
  if (n->kind == NODE_CONSTANT && is_integer_type(n->type)) {
    int64_t value = (int64_t)((uint64_t)n->imm << unused) >> unused;
    return (Range){value, value};
  }
  Range full = full_range(n->type);
  if (n->kind != NODE_OPERATION || depth > DEPTH)
    return full;
  Range x = n->operand_count ? node_range(region, n->operands[0], depth + 1) : full, range = full;
  unsigned bits = n->operand_count ? ir_type_bits(region->nodes.data[n->operands[0]].type) : 0;
  switch (n->op) {
  case IR_SEXT:
    range = bits > 1 ? x : full;
    break;
  case IR_ZEXT:
    range = x.low >= 0 && bits > 1 ? x : (Range){0, ((Wide)1 << bits) - 1};
    break;
  case IR_ADD:
  case IR_SUB:
  case IR_MUL:
  case IR_AND:
  case IR_SMIN:
  case IR_SMAX:
    range = arithmetic_range((IrOp)n->op, x, node_range(region, n->operands[1], depth + 1));
    break;
  case IR_SHL:
  case IR_LSHR:
  case IR_ASHR: {
    Range amount = node_range(region, n->operands[1], depth + 1);
    if (amount.low != amount.high || amount.low < 0 || amount.low >= (Wide)ir_type_bits(n->type) ||
        (n->op == IR_LSHR && x.low < 0))
      break;
    Wide factor = (Wide)1 << (unsigned)amount.low;
    range = n->op == IR_SHL ? (Range){x.low * factor, x.high * factor}
                            : (Range){x.low >> (unsigned)amount.low, x.high >> (unsigned)amount.low};
    break;
  }
  default:
    break;
  }
  return range_fits(range, n->type) ? range : full;
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
    Range index = {0, 0};
    bool indexed = access->index != NODE_NONE && !access->clipped;
    if (indexed)
      index = node_range(c->region, access->index, 0);
    if (index.low < -(Wide)INT32_MAX || index.high > INT32_MAX)
      return false;
    bool seen = false;
    for (size_t k = 0; k < i && !seen; k++)
      seen = move_together(c->region, access, &c->region->accesses.data[k]);
    if (seen)
      continue;
    bool together = false;
    for (size_t k = i + 1; k < c->region->accesses.count && !together; k++)
      together = move_together(c->region, access, &c->region->accesses.data[k]);
    Bounds one = access_bounds(c, access, a->base);
    if (!together && !indexed)
      narrow_bounds(c->region, &c->b, (uint32_t)i, &one.low, &one.high);
    if (indexed) {
      one.low = operate(c, IR_ADD, one.low, number(c, (int64_t)index.low));
      one.high =
          operate(c, IR_ADD, one.high, number(c, (int64_t)index.high + ir_type_bits(access->type) / 8));
    }
    bounds->low = bounds->low == IR_NONE ? one.low : operate(c, IR_SMIN, bounds->low, one.low);
    bounds->high = bounds->high == IR_NONE ? one.high : operate(c, IR_SMAX, bounds->high, one.high);
  }
  return true;
}

static bool check_arrays(Check *c) {
  Region *region = c->region;
  size_t count = region->arrays.count;
  Bounds *bounds = ARENA_ARRAY(region->arena, Bounds, count + 1);
  bool *known = ARENA_ARRAY(region->arena, bool, count + 1);
  for (uint32_t a = 0; a < count; a++)
    for (uint32_t b = 0; b < count; b++) {
      const Array *x = &region->arrays.data[a], *y = &region->arrays.data[b];
      if (!x->written || known_apart(region, a, b) || (y->written && b < a))
        continue;
      if (x->base == y->base)
        return false;
      for (int k = 0; k < 2; k++) {
        uint32_t which = k ? b : a;
        if (!known[which] && !array_bounds(c, which, &bounds[which]))
          return false;
        known[which] = true;
      }
      IrValue below = build_compare(&c->b, IR_ICMP, IR_SLE, bounds[a].high, bounds[b].low);
      IrValue above = build_compare(&c->b, IR_ICMP, IR_SLE, bounds[b].high, bounds[a].low);
      require(c, build2(&c->b, IR_OR, IR_I1, below, above));
    }
  return true;
}

bool array_needs_bounds(const Region *region, uint32_t array) {
  const Array *x = &region->arrays.data[array];
  bool needs = false;
  for (uint32_t b = 0; b < region->arrays.count && x->size < 0 && !needs; b++)
    needs = (x->written || region->arrays.data[b].written) && !known_apart(region, array, b);
  return needs;
}

bool region_disjoint(Region *region, IrValue *condition) {
  Check c = {.region = region, .b = {region->function, region->before}, .condition = IR_NONE};
  for (size_t i = 0; i < region->assumptions.count; i++)
    require(&c, region->assumptions.data[i]);
  find_certain(&c);
  bool possible = check_arrays(&c);
  *condition = c.condition;
  VEC_FREE(&c.required);
  return possible;
}

// --- iterations that are independent ----------------------------------------------------------------------

typedef struct Use {
  uint32_t access;
  bool writes;
  uint8_t reduction; // IR_OP_COUNT: none
} Use;
typedef VEC(Use) UseList;

static void collect_node(const Region *region, uint32_t node, UseList *uses) {
  bool *reached = ARENA_ARRAY(region->arena, bool, node + 1);
  reached[node] = true;
  for (uint32_t i = node + 1; i-- > 0;) {
    const Node *n = &region->nodes.data[i];
    for (uint32_t k = 0; reached[i] && k < n->operand_count; k++)
      reached[n->operands[k]] = true;
    if (!reached[i] || n->kind != NODE_LOAD)
      continue;
    Use use = {n->index, false, IR_OP_COUNT};
    VEC_PUSH(uses, use);
    if (region->accesses.data[n->index].index != NODE_NONE)
      reached[region->accesses.data[n->index].index] = true;
  }
}

static void collect_uses(const Region *region, const Item *items, size_t count, UseList *uses) {
  for (size_t i = 0; i < count; i++) {
    if (items[i].loop) {
      const Loop *loop = &region->loops.data[items[i].index];
      collect_uses(region, loop->body.data, loop->body.count, uses);
      continue;
    }
    const Statement *s = &region->statements.data[items[i].index];
    Use use = {s->target, true, s->reduction};
    VEC_PUSH(uses, use);
    collect_node(region, s->value, uses);
    if (s->condition != NODE_NONE)
      collect_node(region, s->condition, uses);
  }
}

// The distance of two accesses in bytes, for two iterations of the same surroundings: the sum of
// stride * (difference of the iterator), and of something that lies between two numbers.
typedef struct Distance {
  uint32_t count;
  int64_t strides[8];
  int64_t spans[8]; // the most that the difference can be
  Wide low, high;
  int64_t size; // nearer than this they overlap
} Distance;

// An iterator within that the accesses do not move alike with: only where each of them gets to is known.
static bool add_apart(Distance *d, Quantity p, Quantity q, Quantity extent) {
  if (p.value != IR_NONE || q.value != IR_NONE || extent.value != IR_NONE || extent.constant > INT32_MAX)
    return false;
  Wide span = extent.constant > 0 ? extent.constant - 1 : 0;
  Wide a = p.constant * span, b = -(q.constant * span);
  d->low += (a < 0 ? a : 0) + (b < 0 ? b : 0);
  d->high += (a > 0 ? a : 0) + (b > 0 ? b : 0);
  return true;
}

// The stride of the loop itself is the first one. False: it has no such form.
static bool distance_of(const Region *region, uint32_t loop, const Access *a, const Access *b, Distance *d) {
  int64_t constant = a->offset.constant - b->offset.constant;
  *d = (Distance){.low = constant, .high = constant, .count = 1};
  int64_t x = ir_type_bits(a->type) / 8, y = ir_type_bits(b->type) / 8;
  d->size = x > y ? x : y;
  if (a->offset.invariant != b->offset.invariant || a->index != NODE_NONE || b->index != NODE_NONE)
    return false;
  uint32_t own = region->loops.data[loop].iterator;
  for (uint32_t i = 0; i < region->iterators.count; i++) {
    Quantity p = affine_coefficient(&a->offset, i), q = affine_coefficient(&b->offset, i);
    bool inner = loop_within(region, region->iterators.data[i].loop, loop);
    Quantity extent = region->iterators.data[i].extent;
    if (!quantities_equal(p, q)) {
      if (!inner || i == own || !add_apart(d, p, q, extent))
        return false;
      continue;
    }
    if (!inner || (p.value == IR_NONE && p.constant == 0 && i != own))
      continue;
    if (p.value != IR_NONE || (i != own && (extent.value != IR_NONE || d->count == 8)))
      return false;
    uint32_t at = i == own ? 0 : d->count++;
    d->strides[at] = p.constant < 0 ? -p.constant : p.constant;
    d->spans[at] = extent.value != IR_NONE ? INT64_MAX : extent.constant > 0 ? extent.constant - 1 : 0;
  }
  return true;
}

// The most that all but one of the terms, and the constant, can add up to.
static Wide reach_without(const Distance *d, uint32_t skip) {
  Wide reach = -d->low > d->high ? -d->low : d->high;
  for (uint32_t i = 0; i < d->count; i++)
    if (i != skip)
      reach += (Wide)d->strides[i] * d->spans[i];
  return reach + d->size;
}

// Whether the accesses can only meet where the loop's iterator is the same: the term with the longest stride
// must be 0 when it outweighs the others, then the next longest, and so on.
static bool never_meet(Distance d) {
  Wide all = 0, apart = d.low > 0 ? d.low : -d.high; // at least so far without the terms
  bool bounded = true;
  for (uint32_t i = 0; i < d.count; i++) {
    bounded = bounded && d.strides[i] <= INT32_MAX && d.spans[i] != INT64_MAX;
    all += bounded ? (Wide)d.strides[i] * d.spans[i] : 0;
  }
  if (bounded && apart >= all + d.size) // they are further apart than all terms together lead
    return true;
  while (d.count) {
    uint32_t longest = 0;
    for (uint32_t i = 1; i < d.count; i++)
      if (d.strides[i] > d.strides[longest])
        longest = i;
    if (d.strides[longest] < reach_without(&d, longest))
      return false;
    if (longest == 0)
      return true;
    d.count--;
    d.strides[longest] = d.strides[d.count];
    d.spans[longest] = d.spans[d.count];
  }
  return false;
}

static bool independent(const Region *region, uint32_t loop, const Use *a, const Use *b) {
  const Access *x = &region->accesses.data[a->access], *y = &region->accesses.data[b->access];
  Distance d;
  if (region->arrays.data[x->array].kind == ARRAY_SCALAR) {
    Quantity stride = affine_coefficient(&x->offset, region->loops.data[loop].iterator);
    return stride.value != IR_NONE || stride.constant != 0;
  }
  return distance_of(region, loop, x, y, &d) && never_meet(d);
}

// A total: the same element in all iterations, and both are the same kind of addition to it.
static bool same_total(const Region *region, uint32_t loop, const Use *a, const Use *b) {
  Quantity stride =
      affine_coefficient(&region->accesses.data[a->access].offset, region->loops.data[loop].iterator);
  return a->access == b->access && a->writes && b->writes && a->reduction != IR_OP_COUNT &&
         a->reduction == b->reduction && stride.value == IR_NONE && stride.constant == 0;
}

ItemsRelation items_relation(const Region *region, uint32_t loop, const Item *first, const Item *second) {
  UseList a = {0}, b = {0};
  ItemsRelation relation = ITEMS_FREE;
  collect_uses(region, first, 1, &a);
  collect_uses(region, second, 1, &b);
  for (size_t i = 0; i < a.count; i++)
    for (size_t k = 0; k < b.count && relation != ITEMS_TIED; k++) {
      uint32_t array = region->accesses.data[a.data[i].access].array;
      if (array != region->accesses.data[b.data[k].access].array || (!a.data[i].writes && !b.data[k].writes))
        continue;
      bool apart = region->arrays.data[array].kind != ARRAY_SCALAR &&
                   independent(region, loop, &a.data[i], &b.data[k]);
      relation = apart ? ITEMS_ORDERED : ITEMS_TIED;
    }
  VEC_FREE(&a);
  VEC_FREE(&b);
  return relation;
}

int64_t loop_limit(const Region *region, uint32_t loop) {
  int64_t limit = INT64_MAX;
  for (size_t i = 0; i < region->accesses.count; i++) {
    const Access *access = &region->accesses.data[i];
    int64_t size = region->arrays.data[access->array].size;
    Quantity step = affine_coefficient(&access->offset, region->loops.data[loop].iterator);
    if (region->arrays.data[access->array].kind == ARRAY_SCALAR || size < 0 || step.value != IR_NONE ||
        step.constant == 0 || step.constant < -INT32_MAX)
      continue;
    int64_t most = size / (step.constant < 0 ? -step.constant : step.constant) + 1;
    limit = most < limit ? most : limit;
  }
  return limit;
}

// --- what only the run time knows -------------------------------------------------------------------------

typedef struct Step {
  Quantity stride, extent;
  bool own;
} Step;

static int64_t step_size(const Step *step) {
  return step->stride.constant < 0 ? -step->stride.constant : step->stride.constant;
}

// Constants by their size, then the others from the inner loops to the outer ones.
static bool step_before(const Step *a, const Step *b) {
  if (a->stride.value != IR_NONE || b->stride.value != IR_NONE)
    return a->stride.value == IR_NONE;
  return step_size(a) < step_size(b);
}

// The steps that lead from one iteration's element to another's. False: too many, or they are not the same
// for both accesses.
static bool steps_of(const Region *region, uint32_t loop, const Access *a, const Access *b, Step *steps,
                     uint32_t *count) {
  uint32_t own = region->loops.data[loop].iterator;
  *count = 0;
  if (a->offset.invariant != b->offset.invariant || a->index != NODE_NONE || b->index != NODE_NONE)
    return false;
  for (uint32_t i = (uint32_t)region->iterators.count; i-- > 0;) {
    Quantity p = affine_coefficient(&a->offset, i);
    if (!quantities_equal(p, affine_coefficient(&b->offset, i)))
      return false;
    if (!loop_within(region, region->iterators.data[i].loop, loop) || (p.value == IR_NONE && !p.constant))
      continue;
    if (*count == 8)
      return false;
    Step step = {p, region->iterators.data[i].extent, i == own};
    uint32_t at = (*count)++;
    for (; at > 0 && step_before(&step, &steps[at - 1]); at--)
      steps[at] = steps[at - 1];
    steps[at] = step;
  }
  for (uint32_t i = 0; i < *count; i++)
    if (steps[i].own)
      return true;
  return false;
}

// Each step from the loop's own on is longer than all that the shorter ones can lead to.
static void require_steps(Check *c, const Access *a, const Access *b, const Step *steps, uint32_t count) {
  int64_t apart = a->offset.constant - b->offset.constant;
  int64_t x = ir_type_bits(a->type) / 8, y = ir_type_bits(b->type) / 8;
  IrValue length = number(c, (apart < 0 ? -apart : apart) + (x > y ? x : y) - 1);
  bool reached = false;
  for (uint32_t i = 0; i < count; i++) {
    IrValue stride =
        steps[i].stride.value == IR_NONE ? number(c, step_size(&steps[i])) : steps[i].stride.value;
    IrValue extent = quantity_value(c, &steps[i].extent);
    require_small(c, stride, size_limit);
    require_small(c, extent, size_limit);
    reached = reached || steps[i].own;
    if (reached)
      require_compare(c, IR_SLT, length, stride);
    IrValue far = operate(c, IR_MUL, operate(c, IR_SUB, extent, number(c, 1)), stride);
    length = operate(c, IR_ADD, length, operate(c, IR_SMAX, far, operate(c, IR_SUB, number(c, 0), far)));
  }
}

// How two accesses of different iterations lie where only the run time knows how far apart: by a multiple of
// `unit`, `rest` bytes and `own` for each iteration in between.
typedef struct Lattice {
  int64_t unit, rest, own;
  WholeSum apart; // values that the distance has multiples of
} Lattice;

static bool add_unit(Lattice *l, int64_t step) {
  if (step == INT64_MIN || step > INT32_MAX || step < -INT32_MAX)
    return false;
  l->unit = greatest_divisor(l->unit, step < 0 ? -step : step);
  return true;
}

static bool find_lattice(const Region *region, uint32_t loop, const Access *a, const Access *b, Lattice *l) {
  *l = (Lattice){0};
  if (a->index != NODE_NONE || b->index != NODE_NONE || a->clipped || b->clipped)
    return false;
  if (a->offset.invariant != IR_NONE)
    whole_sum_add(region->function, &l->apart, a->offset.invariant, 1);
  if (b->offset.invariant != IR_NONE)
    whole_sum_add(region->function, &l->apart, b->offset.invariant, -1);
  bool fits = l->apart.count <= SUM_VALUES;
  for (uint32_t i = 0; i < l->apart.count && fits; i++)
    fits = add_unit(l, l->apart.multiples[i]);
  for (uint32_t i = 0; i < region->iterators.count && fits; i++) {
    Quantity p = affine_coefficient(&a->offset, i), q = affine_coefficient(&b->offset, i);
    fits = p.value == IR_NONE && q.value == IR_NONE;
    if (i == region->loops.data[loop].iterator) {
      fits = fits && p.constant == q.constant && p.constant <= INT32_MAX && p.constant >= -INT32_MAX;
      l->own = p.constant < 0 ? -p.constant : p.constant;
    } else if (loop_within(region, region->iterators.data[i].loop, loop)) {
      fits = fits && add_unit(l, p.constant) && add_unit(l, q.constant);
    } else {
      fits = fits && add_unit(l, p.constant - q.constant);
    }
  }
  l->rest = a->offset.constant - b->offset.constant + l->apart.constant;
  return fits && l->unit > 0;
}

// Iterations that must be possible for a version to pay; in rows of a matrix, which may be small.
enum { LEAST_ITERATIONS = 64, LEAST_IN_ROWS = 16 };

// The accesses lie in rows, and iterations lead along them but not from one to the next: so many iterations
// at most, and values that do not wrap.
static bool apart_in_rows(const Region *region, uint32_t loop, const Access *a, const Access *b,
                          Check *check) {
  Lattice l;
  if (!find_lattice(region, loop, a, b, &l))
    return false;
  int64_t x = ir_type_bits(a->type) / 8, y = ir_type_bits(b->type) / 8, size = x > y ? x : y;
  int64_t rest = l.rest % l.unit;
  rest = rest < 0 ? -rest : rest;
  rest = rest > l.unit / 2 ? l.unit - rest : rest;
  if (l.own < size + rest || l.unit < l.own + size + rest)
    return false;
  int64_t most = (l.unit - size - rest) / l.own + 1;
  Quantity extent = region->iterators.data[region->loops.data[loop].iterator].extent;
  if (extent.value == IR_NONE ? extent.constant > most : most < LEAST_IN_ROWS)
    return false;
  if (check && extent.value != IR_NONE)
    require_compare(check, IR_SLT, extent.value, number(check, most + 1));
  for (uint32_t i = 0; i < l.apart.count && check; i++)
    if (l.apart.multiples[i])
      require_small(check, l.apart.values[i], size_limit);
  return true;
}

// Adds `sign` times the first byte that the access goes through in all iterations of the loop, or with `end`
// the last one's place. False: it is not known.
static bool add_end(const Region *region, uint32_t loop, const Access *a, bool end, int64_t sign,
                    WholeSum *sum) {
  sum->constant += sign * a->offset.constant;
  if (a->index != NODE_NONE || a->clipped)
    return false;
  if (a->offset.invariant != IR_NONE)
    whole_sum_add(region->function, sum, a->offset.invariant, sign);
  for (uint32_t i = 0; i < a->offset.count; i++) {
    const AffineTerm *term = &a->offset.terms[i];
    int64_t step = sign * term->coefficient.constant;
    if (!loop_within(region, region->iterators.data[term->iterator].loop, loop)) // the same for both accesses
      continue;
    if (term->coefficient.value != IR_NONE || step > INT32_MAX || step < -INT32_MAX)
      return false;
    if ((term->coefficient.constant > 0) != end)
      continue;
    Quantity extent = region->iterators.data[term->iterator].extent;
    if (extent.value != IR_NONE)
      whole_sum_add(region->function, sum, extent.value, step);
    else if (extent.constant > INT32_MAX)
      return false;
    sum->constant += step * ((extent.value == IR_NONE ? extent.constant : 0) - 1);
  }
  return true;
}

static bool move_alike_around(const Region *region, uint32_t loop, const Access *a, const Access *b) {
  for (uint32_t i = 0; i < region->iterators.count; i++)
    if (!loop_within(region, region->iterators.data[i].loop, loop) &&
        !quantities_equal(affine_coefficient(&a->offset, i), affine_coefficient(&b->offset, i)))
      return false;
  return true;
}

// Whether all of one access's bytes lie before all of the other's, whatever the sizes are, where nothing
// wraps.
static bool lies_before(const Region *region, uint32_t loop, const Access *a, const Access *b, Check *check) {
  WholeSum between = {.constant = -(int64_t)(ir_type_bits(a->type) / 8)};
  if (!move_alike_around(region, loop, a, b) || !add_end(region, loop, b, false, 1, &between) ||
      !add_end(region, loop, a, true, -1, &between) || between.count > SUM_VALUES || between.constant < 0)
    return false;
  for (uint32_t i = 0; i < between.count; i++)
    if (between.multiples[i])
      return false;
  for (uint32_t i = 0; i < between.count && check; i++)
    require_small(check, between.values[i], size_limit);
  return true;
}

// The accesses lie further apart than so many iterations lead, whose number only the run time knows.
static bool apart_for_few(const Region *region, uint32_t loop, const Access *a, const Access *b,
                          Check *check) {
  Distance d;
  if (!distance_of(region, loop, a, b, &d) || d.spans[0] != INT64_MAX || d.strides[0] == 0)
    return false;
  Wide room = (d.low > 0 ? d.low : -d.high) - d.size;
  for (uint32_t i = 1; i < d.count; i++)
    room -= (Wide)d.strides[i] * d.spans[i];
  if (room < (Wide)d.strides[0] * LEAST_ITERATIONS)
    return false;
  Wide most = room / d.strides[0] + 1;
  if (check)
    require_compare(check, IR_SLT, region->iterators.data[region->loops.data[loop].iterator].extent.value,
                    number(check, (int64_t)most + 1));
  return true;
}

// Whether the two may be found to be independent when the program runs.
static bool independent_if(const Region *region, uint32_t loop, const Use *a, const Use *b, Check *check) {
  const Access *x = &region->accesses.data[a->access], *y = &region->accesses.data[b->access];
  Step steps[8];
  uint32_t count = 0;
  if (region->arrays.data[x->array].kind == ARRAY_SCALAR)
    return false;
  if (apart_in_rows(region, loop, x, y, check) || lies_before(region, loop, x, y, check) ||
      lies_before(region, loop, y, x, check) || apart_for_few(region, loop, x, y, check))
    return true;
  if (!steps_of(region, loop, x, y, steps, &count))
    return false;
  bool symbolic = false;
  for (uint32_t i = 0; i < count; i++)
    symbolic = symbolic || steps[i].stride.value != IR_NONE || steps[i].extent.value != IR_NONE;
  if (symbolic && check)
    require_steps(check, x, y, steps, count);
  return symbolic;
}

static bool all_independent(const Region *region, uint32_t loop, bool reductions, bool conditional,
                            Check *check) {
  UseList uses = {0};
  const Loop *l = &region->loops.data[loop];
  collect_uses(region, l->body.data, l->body.count, &uses);
  bool parallel = true;
  for (size_t i = 0; i < uses.count; i++)
    for (size_t k = 0; k < uses.count; k++) {
      const Use *a = &uses.data[i], *b = &uses.data[k];
      bool meet = region->accesses.data[a->access].array == region->accesses.data[b->access].array;
      if (!a->writes || !meet || (b->writes && k < i) || (reductions && same_total(region, loop, a, b)) ||
          independent(region, loop, a, b))
        continue;
      parallel = parallel && conditional && independent_if(region, loop, a, b, check);
    }
  VEC_FREE(&uses);
  return parallel;
}

bool loop_is_parallel(const Region *region, uint32_t loop, bool reductions) {
  return all_independent(region, loop, reductions, false, NULL);
}

bool loop_may_be_parallel(const Region *region, uint32_t loop, bool reductions) {
  return all_independent(region, loop, reductions, true, NULL);
}

bool loop_carries_scalars(const Region *region, uint32_t loop) {
  UseList uses = {0};
  const Loop *l = &region->loops.data[loop];
  collect_uses(region, l->body.data, l->body.count, &uses);
  bool apart = true;
  for (size_t i = 0; i < uses.count && apart; i++)
    for (size_t k = 0; k < uses.count && apart; k++) {
      const Use *a = &uses.data[i], *b = &uses.data[k];
      uint32_t array = region->accesses.data[a->access].array;
      apart = !a->writes || array != region->accesses.data[b->access].array ||
              region->arrays.data[array].kind == ARRAY_SCALAR || independent(region, loop, a, b);
    }
  VEC_FREE(&uses);
  return apart;
}

void loop_require_parallel(Region *region, uint32_t loop, IrValue *condition) {
  Check c = {.region = region, .b = {region->function, region->before}, .condition = *condition};
  all_independent(region, loop, true, true, &c);
  *condition = c.condition;
  VEC_FREE(&c.required);
}
