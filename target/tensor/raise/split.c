// Iterators that indices divide by a constant, or by a value from before the region: of loops that were made
// one, of images that are enlarged. Two loops instead, the inner one of as many iterations as the divisor
// says, make quotient and remainder iterators, and the indices affine. Where only the run time knows how many
// iterations there are, they are seen to be a product with the divisor, and that nothing is left over is
// asked then.
#include "target/tensor/raise/raise.h"

#include <string.h>

// --- divisions --------------------------------------------------------------------------------------------

typedef struct Division {
  uint32_t iterator; // UINT32_MAX: the node is none
  int64_t divisor;
  IrValue by; // the divisor, where it is no constant; IR_NONE: it is one
  bool remainder;
} Division;

// Of extents of the run time that are divided, by an assumption.
static const int64_t most_iterations = INT32_MAX;

static const Division no_division = {UINT32_MAX, 0, IR_NONE, false};

static bool is_conversion(const IrInsn *insn) {
  return insn->op == IR_SEXT || insn->op == IR_ZEXT || insn->op == IR_TRUNC;
}

static IrValue without_conversions(const Function *f, IrValue v) {
  while (is_conversion(ir_insn(f, v)))
    v = ir_insn(f, v)->operands[0];
  return v;
}

// Whether the value looks like a product with the divisor.
static bool has_factor(const Function *f, IrValue v, const Division *division, unsigned depth) {
  enum { DEEPEST = 8 };
  v = without_conversions(f, v);
  const IrInsn *insn = ir_insn(f, v);
  if (division->by != IR_NONE && v == without_conversions(f, division->by))
    return true;
  if (insn->op == IR_CONST)
    return division->by == IR_NONE && insn->imm && insn->imm % division->divisor == 0;
  if (insn->op == IR_SHL && ir_is_const(f, insn->operands[1])) {
    int64_t shift = ir_insn(f, insn->operands[1])->imm;
    if (division->by == IR_NONE && shift > 0 && shift < 32 && (INT64_C(1) << shift) % division->divisor == 0)
      return true;
    return depth < DEEPEST && has_factor(f, insn->operands[0], division, depth + 1);
  }
  return insn->op == IR_MUL && depth < DEEPEST &&
         (has_factor(f, insn->operands[0], division, depth + 1) ||
          has_factor(f, insn->operands[1], division, depth + 1));
}

// The iterator that a node is, perhaps in a type in which all its values are the same; UINT32_MAX: none.
static uint32_t iterator_of(const Region *region, uint32_t number) {
  const Node *n = &region->nodes.data[number];
  if (n->kind == NODE_ITERATOR)
    return n->index;
  if (n->kind != NODE_OPERATION || (n->op != IR_TRUNC && n->op != IR_ZEXT && n->op != IR_SEXT))
    return UINT32_MAX;
  uint32_t iterator = iterator_of(region, n->operands[0]);
  unsigned bits = ir_type_bits(n->type), from = ir_type_bits(region->nodes.data[n->operands[0]].type);
  bits = from < bits ? from : bits;
  if (iterator == UINT32_MAX)
    return UINT32_MAX;
  const Quantity *extent = &region->iterators.data[iterator].extent;
  int64_t most = extent->value == IR_NONE ? extent->constant : most_iterations;
  return most > INT64_C(1) << (bits - 1) ? UINT32_MAX : iterator;
}

// Whether nothing is left over, or it seems so.
static bool is_even(const Region *region, const Division *division) {
  const Quantity *extent = &region->iterators.data[division->iterator].extent;
  if (extent->value != IR_NONE)
    return !region->whole && has_factor(region->function, extent->value, division, 0);
  return division->by == IR_NONE && division->divisor < extent->constant &&
         extent->constant % division->divisor == 0;
}

static Division division_of(const Region *region, uint32_t number) {
  const Node *n = &region->nodes.data[number];
  if (n->kind != NODE_OPERATION || n->operand_count != 2)
    return no_division;
  const Node *by = &region->nodes.data[n->operands[1]];
  bool constant = by->kind == NODE_CONSTANT;
  if (!constant && by->kind != NODE_VALUE)
    return no_division;
  int64_t c = constant ? by->imm : INT64_MAX;
  Division division = {iterator_of(region, n->operands[0]), c, constant ? IR_NONE : by->index, false};
  switch ((IrOp)n->op) {
  case IR_LSHR:
  case IR_ASHR:
    division.divisor = c > 0 && c < 32 ? INT64_C(1) << c : 0;
    break;
  case IR_UDIV:
  case IR_SDIV:
    break;
  case IR_AND:
    division.divisor = c > 0 && c < INT32_MAX && (c & (c + 1)) == 0 ? c + 1 : 0;
    division.remainder = true;
    break;
  case IR_UREM:
  case IR_SREM:
    division.remainder = true;
    break;
  default:
    return no_division;
  }
  bool some = division.iterator != UINT32_MAX && division.divisor >= 2;
  return some && is_even(region, &division) ? division : no_division;
}

// The smallest divisor in an index.
static Division find_division(const Region *region) {
  Division found = no_division;
  bool *reached = ARENA_ARRAY(region->arena, bool, region->nodes.count + 1);
  for (size_t i = 0; i < region->accesses.count; i++)
    if (region->accesses.data[i].index != NODE_NONE)
      reached[region->accesses.data[i].index] = true;
  for (uint32_t i = (uint32_t)region->nodes.count; i-- > 0;) {
    if (!reached[i])
      continue;
    for (uint32_t k = 0; k < region->nodes.data[i].operand_count; k++)
      reached[region->nodes.data[i].operands[k]] = true;
    Division division = division_of(region, i);
    if (division.iterator != UINT32_MAX && (found.iterator == UINT32_MAX || division.divisor < found.divisor))
      found = division;
  }
  return found;
}

// --- two loops for one ------------------------------------------------------------------------------------

static bool has_constant_coefficient(const Affine *affine, uint32_t iterator) {
  return affine_coefficient(affine, iterator).value == IR_NONE;
}

static bool can_split(const Region *region, uint32_t iterator, bool constant) {
  for (size_t i = 0; i < region->accesses.count; i++)
    if (!has_constant_coefficient(&region->accesses.data[i].offset, iterator))
      return false;
  for (size_t i = 0; i < region->statements.count; i++)
    for (uint32_t k = 0; k < region->statements.data[i].guard_count; k++)
      if (!has_constant_coefficient(&region->statements.data[i].guards[k], iterator) ||
          (!constant && affine_has(&region->statements.data[i].guards[k], iterator)))
        return false;
  return true;
}

// x * y, computed before the region at need.
static Quantity times(Region *region, Quantity x, Quantity y) {
  if (x.value == IR_NONE && y.value == IR_NONE)
    return (Quantity){IR_NONE, (int64_t)((uint64_t)x.constant * (uint64_t)y.constant)};
  Builder b = region_before(region);
  IrValue values[2] = {x.value == IR_NONE ? build_const(&b, IR_I64, x.constant) : x.value,
                       y.value == IR_NONE ? build_const(&b, IR_I64, y.constant) : y.value};
  return (Quantity){build2(&b, IR_MUL, IR_I64, values[0], values[1]), 0};
}

// Sets an iterator's term.
static void set_term(const Region *region, Affine *affine, uint32_t iterator, Quantity coefficient) {
  AffineTerm *terms = ARENA_ARRAY(region->arena, AffineTerm, affine->count + 1);
  uint32_t at = 0;
  while (at < affine->count && affine->terms[at].iterator < iterator)
    at++;
  bool there = at < affine->count && affine->terms[at].iterator == iterator;
  memcpy(terms, affine->terms, at * sizeof *terms);
  memcpy(terms + at + 1, affine->terms + at + there, (affine->count - at - there) * sizeof *terms);
  terms[at] = (AffineTerm){iterator, coefficient};
  affine->terms = terms;
  affine->count += !there;
}

// Adds a term; offsets are modulo 2^64.
static void add_term(const Region *region, Affine *affine, uint32_t iterator, int64_t coefficient) {
  int64_t before = affine_coefficient(affine, iterator).constant;
  set_term(region, affine, iterator,
           (Quantity){IR_NONE, (int64_t)((uint64_t)before + (uint64_t)coefficient)});
}

static void split_affine(Region *region, Affine *affine, uint32_t iterator, uint32_t inner,
                         Quantity divisor) {
  if (!affine_has(affine, iterator))
    return;
  Quantity coefficient = affine_coefficient(affine, iterator);
  set_term(region, affine, inner, coefficient);
  set_term(region, affine, iterator, times(region, coefficient, divisor));
}

static void assume_compared(Region *region, IrPredicate predicate, IrValue x, IrValue y) {
  Builder b = region_before(region);
  IrValue holds = build_compare(&b, IR_ICMP, predicate, x, y);
  VEC_PUSH(&region->assumptions, holds);
}

// The quotient of an extent, of which nothing must be left over.
static Quantity divided(Region *region, Quantity extent, Quantity divisor) {
  if (extent.value == IR_NONE)
    return (Quantity){IR_NONE, extent.constant / divisor.constant};
  region->divided = true;
  Builder b = region_before(region);
  IrValue by = divisor.value == IR_NONE ? build_const(&b, IR_I64, divisor.constant) : divisor.value;
  IrValue quotient = build2(&b, IR_UDIV, IR_I64, extent.value, by);
  assume_compared(region, IR_SGE, extent.value, build_const(&b, IR_I64, 0));
  assume_compared(region, IR_SLE, extent.value, build_const(&b, IR_I64, most_iterations));
  if (divisor.value != IR_NONE)
    assume_compared(region, IR_SGE, divisor.value, build_const(&b, IR_I64, 1));
  assume_compared(region, IR_EQ, build2(&b, IR_MUL, IR_I64, quotient, by), extent.value);
  return (Quantity){quotient, 0};
}

// The iterator's loop counts quotients from now on; a new one within it, remainders.
static uint32_t split_loop(Region *region, uint32_t iterator, Quantity divisor) {
  uint32_t outer = region->iterators.data[iterator].loop, inner = (uint32_t)region->loops.count;
  Iterator *quotient = &region->iterators.data[iterator], remainder = *quotient;
  bool constant = quotient->extent.value == IR_NONE;
  remainder.loop = inner;
  remainder.extent = divisor;
  remainder.entered = true;
  remainder.most = divisor.value == IR_NONE ? 0 : most_iterations;
  quotient->extent = divided(region, quotient->extent, divisor);
  if (!constant)
    quotient->most = (quotient->most ? quotient->most : most_iterations) /
                     (divisor.value == IR_NONE ? divisor.constant : 1);
  VEC_PUSH(&region->iterators, remainder);
  Loop loop = {.iterator = (uint32_t)region->iterators.count - 1, .parent = outer};
  VEC_PUSH(&region->loops, loop);
  Loop *from = &region->loops.data[outer], *to = &region->loops.data[inner];
  to->body.data = from->body.data;
  to->body.count = from->body.count;
  to->body.capacity = from->body.capacity;
  memset(&from->body, 0, sizeof from->body);
  Item item = {true, inner};
  VEC_PUSH(&from->body, item);
  for (size_t i = 0; i < to->body.count; i++)
    if (to->body.data[i].loop)
      region->loops.data[to->body.data[i].index].parent = inner;
  return loop.iterator;
}

// --- expressions ------------------------------------------------------------------------------------------

typedef struct Rebuilder {
  Region *region;
  uint32_t iterator, inner;
  int64_t divisor; // INT64_MAX: `by` is, of the extent's type `wide`
  IrValue by, wide;
} Rebuilder;

static uint32_t push(Rebuilder *r, Node node) {
  VEC_PUSH(&r->region->nodes, node);
  return (uint32_t)r->region->nodes.count - 1;
}

static uint32_t push_iterator(Rebuilder *r, uint32_t iterator) {
  return push(r, (Node){.kind = NODE_ITERATOR, .type = IR_I64, .index = iterator});
}

static uint32_t push_operation(Rebuilder *r, IrOp op, uint32_t x, int64_t constant) {
  if (constant == 1)
    return x;
  uint32_t y = push(r, (Node){.kind = NODE_CONSTANT, .op = IR_CONST, .type = IR_I64, .imm = constant});
  return push(
      r,
      (Node){
          .kind = NODE_OPERATION, .op = (uint8_t)op, .type = IR_I64, .operand_count = 2, .operands = {x, y}});
}

// With the divisor, a value.
static uint32_t push_product(Rebuilder *r, uint32_t x) {
  uint32_t y = push(r, (Node){.kind = NODE_VALUE, .type = IR_I64, .index = r->wide});
  return push(
      r,
      (Node){.kind = NODE_OPERATION, .op = IR_MUL, .type = IR_I64, .operand_count = 2, .operands = {x, y}});
}

// multiple * divisor + the remainder's iterator.
static uint32_t push_joined(Rebuilder *r, uint32_t multiple) {
  uint32_t x = r->by == IR_NONE ? push_operation(r, IR_MUL, multiple, r->divisor) : push_product(r, multiple);
  uint32_t y = push_iterator(r, r->inner);
  return push(
      r,
      (Node){.kind = NODE_OPERATION, .op = IR_ADD, .type = IR_I64, .operand_count = 2, .operands = {x, y}});
}

static uint32_t push_narrowed(Rebuilder *r, uint32_t x, IrType type) {
  if (type == IR_I64)
    return x;
  return push(
      r, (Node){.kind = NODE_OPERATION, .op = IR_TRUNC, .type = type, .operand_count = 1, .operands = {x}});
}

// What was divided by a multiple of the divisor.
static uint32_t push_division(Rebuilder *r, const Division *division, IrType type) {
  int64_t more = division->divisor / r->divisor;
  uint32_t result = UINT32_MAX;
  if (!division->remainder)
    result = push_operation(r, IR_UDIV, push_iterator(r, r->iterator), more);
  else if (more == 1)
    result = push_iterator(r, r->inner);
  else
    result = push_joined(r, push_operation(r, IR_UREM, push_iterator(r, r->iterator), more));
  return push_narrowed(r, result, type);
}

static void split_nodes(Rebuilder *r, const Division *divisions) {
  Region *region = r->region;
  size_t count = region->nodes.count;
  uint32_t *now = ARENA_ARRAY(region->arena, uint32_t, count + 1);
  Node *before = ARENA_ARRAY(region->arena, Node, count + 1);
  memcpy(before, region->nodes.data, count * sizeof *before);
  region->nodes.count = 0;
  for (size_t i = 0; i < count; i++) {
    Node node = before[i];
    for (uint32_t k = 0; k < node.operand_count; k++)
      node.operands[k] = now[node.operands[k]];
    if (node.kind == NODE_ITERATOR && node.index == r->iterator)
      now[i] = push_joined(r, push_iterator(r, r->iterator));
    else if (divisions[i].iterator == r->iterator && divisions[i].by == r->by &&
             divisions[i].divisor % r->divisor == 0)
      now[i] = push_division(r, &divisions[i], node.type);
    else
      now[i] = push(r, node);
  }
  for (size_t i = 0; i < region->accesses.count; i++)
    if (region->accesses.data[i].index != NODE_NONE)
      region->accesses.data[i].index = now[region->accesses.data[i].index];
  for (size_t i = 0; i < region->statements.count; i++) {
    Statement *s = &region->statements.data[i];
    s->value = now[s->value];
    if (s->condition != NODE_NONE)
      s->condition = now[s->condition];
  }
}

static void split_iterator(Region *region, uint32_t iterator, int64_t divisor, IrValue by) {
  Division *divisions = ARENA_ARRAY(region->arena, Division, region->nodes.count + 1);
  for (uint32_t i = 0; i < region->nodes.count; i++)
    divisions[i] = division_of(region, i);
  Builder b = region_before(region);
  Rebuilder r = {.region = region, .iterator = iterator, .divisor = divisor, .by = by, .wide = by};
  if (by != IR_NONE && ir_type(region->function, by) != IR_I64)
    r.wide = build1(&b, IR_SEXT, IR_I64, by);
  Quantity size = by == IR_NONE ? (Quantity){IR_NONE, divisor} : (Quantity){r.wide, 0};
  r.inner = split_loop(region, iterator, size);
  for (size_t i = 0; i < region->accesses.count; i++)
    split_affine(region, &region->accesses.data[i].offset, iterator, r.inner, size);
  for (size_t i = 0; i < region->statements.count; i++)
    for (uint32_t k = 0; k < region->statements.data[i].guard_count; k++)
      split_affine(region, &region->statements.data[i].guards[k], iterator, r.inner, size);
  split_nodes(&r, divisions);
}

// --- indices that have become affine ----------------------------------------------------------------------

typedef struct Linear {
  int64_t constant;
  int64_t *coefficients; // by iterator
  int64_t low, high;     // of all its values
} Linear;

static bool add_scaled(const Region *region, Linear *sum, const Linear *x, int64_t scale) {
  for (size_t i = 0; i < region->iterators.count; i++) {
    int64_t product = 0;
    if (__builtin_mul_overflow(x->coefficients[i], scale, &product) ||
        __builtin_add_overflow(sum->coefficients[i], product, &sum->coefficients[i]))
      return false;
  }
  int64_t product = 0;
  return !__builtin_mul_overflow(x->constant, scale, &product) &&
         !__builtin_add_overflow(sum->constant, product, &sum->constant);
}

static bool find_range(const Region *region, Linear *x) {
  x->low = x->high = x->constant;
  for (size_t i = 0; i < region->iterators.count; i++) {
    const Quantity *extent = &region->iterators.data[i].extent;
    int64_t length = 0, c = x->coefficients[i];
    int64_t most = extent->value == IR_NONE ? extent->constant : region->iterators.data[i].most;
    if (!c)
      continue;
    if ((extent->value != IR_NONE && !most) || __builtin_mul_overflow(most - 1, c, &length) ||
        __builtin_add_overflow(c < 0 ? x->low : x->high, length, c < 0 ? &x->low : &x->high))
      return false;
  }
  return true;
}

static bool is_multiple(const Region *region, const Linear *x, int64_t of) {
  bool multiple = x->constant % of == 0;
  for (size_t i = 0; i < region->iterators.count && multiple; i++)
    multiple = x->coefficients[i] % of == 0;
  return multiple;
}

static Linear linear_zero(const Region *region) {
  return (Linear){.coefficients = ARENA_ARRAY(region->arena, int64_t, region->iterators.count + 1)};
}

static bool linear_of(const Region *region, uint32_t number, Linear *out);

// Whether y has only bits that x has not: x | y is x + y.
static bool is_below(const Region *region, const Linear *x, const Linear *y) {
  int64_t unit = 1;
  while (unit <= y->high && unit < INT64_C(1) << 40)
    unit *= 2;
  return y->low >= 0 && unit > y->high && is_multiple(region, x, unit);
}

static bool linear_binary(const Region *region, const Node *n, Linear *out) {
  Linear x, y;
  if (!linear_of(region, n->operands[0], &x) || !linear_of(region, n->operands[1], &y))
    return false;
  bool constant = y.low == y.high;
  switch ((IrOp)n->op) {
  case IR_ADD:
    return add_scaled(region, out, &x, 1) && add_scaled(region, out, &y, 1);
  case IR_SUB:
    return add_scaled(region, out, &x, 1) && add_scaled(region, out, &y, -1);
  case IR_MUL:
    return constant && add_scaled(region, out, &x, y.low);
  case IR_SHL:
    return constant && y.low >= 0 && y.low < 40 && add_scaled(region, out, &x, INT64_C(1) << y.low);
  case IR_OR:
    return (is_below(region, &x, &y) || is_below(region, &y, &x)) && add_scaled(region, out, &x, 1) &&
           add_scaled(region, out, &y, 1);
  case IR_AND: // a mask that takes nothing away
    return constant && y.low > 0 && (y.low & (y.low + 1)) == 0 && x.low >= 0 && x.high <= y.low &&
           add_scaled(region, out, &x, 1);
  default:
    return false;
  }
}

// What an integer node is as a sum of iterators; its type holds all values as signed ones.
static bool linear_of(const Region *region, uint32_t number, Linear *out) {
  const Node *n = &region->nodes.data[number];
  Linear x;
  *out = linear_zero(region);
  bool known = false;
  if (ir_is_float(n->type))
    return false;
  if (n->kind == NODE_CONSTANT) {
    out->constant = n->imm;
    known = true;
  } else if (n->kind == NODE_ITERATOR) {
    out->coefficients[n->index] = 1;
    known = true;
  } else if (n->kind == NODE_OPERATION && n->operand_count == 2) {
    known = linear_binary(region, n, out);
  } else if (n->kind == NODE_OPERATION && (n->op == IR_TRUNC || n->op == IR_ZEXT || n->op == IR_SEXT)) {
    known = linear_of(region, n->operands[0], &x) && (n->op != IR_ZEXT || x.low >= 0) &&
            add_scaled(region, out, &x, 1);
  }
  unsigned bits = ir_type_bits(n->type);
  int64_t limit = INT64_C(1) << ((bits < 62 ? bits : 62) - 1);
  return known && find_range(region, out) && out->low >= -limit && out->high < limit;
}

static void fold_index(const Region *region, Access *access) {
  Linear x;
  if (access->index == NODE_NONE || !linear_of(region, access->index, &x))
    return;
  for (uint32_t i = 0; i < region->iterators.count; i++)
    if (x.coefficients[i] && affine_coefficient(&access->offset, i).value != IR_NONE)
      return;
  access->offset.constant = (int64_t)((uint64_t)access->offset.constant + (uint64_t)x.constant);
  for (uint32_t i = 0; i < region->iterators.count; i++)
    if (x.coefficients[i])
      add_term(region, &access->offset, i, x.coefficients[i]);
  access->index = NODE_NONE;
}

bool split_iterator_by(Region *region, uint32_t iterator, int64_t divisor) {
  if (!can_split(region, iterator, true))
    return false;
  split_iterator(region, iterator, divisor, IR_NONE);
  return true;
}

void split_iterators(Region *region) {
  enum { MOST = 6 }; // splits
  unsigned count = 0;
  for (; count < MOST; count++) {
    Division division = find_division(region);
    if (division.iterator == UINT32_MAX || !can_split(region, division.iterator, division.by == IR_NONE))
      break;
    split_iterator(region, division.iterator, division.divisor, division.by);
  }
  for (size_t i = 0; i < region->accesses.count && count; i++)
    fold_index(region, &region->accesses.data[i]);
}
