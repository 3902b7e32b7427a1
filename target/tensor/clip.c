// Which bytes accesses go through that conditions keep from being made in some iterations, as those of an
// image with padding in the loops, and those with indices that are computed from iterators, as of an image
// that is resized. What depends on one iterator of a known number of iterations is computed for each of them.
#include "target/tensor/raise/raise.h"

enum { MOST_VISITS = 4096, MOST_ITERATIONS = 4096 };

// By iterator, the first and the last iteration; first > last: none.
typedef struct Box {
  int64_t *first, *last;
} Box;

typedef struct Clipper {
  Region *region;
  bool *open;          // by access: it may be anywhere
  int64_t *low, *high; // by access: of those that may not; low > high: it is never made
  unsigned visits;
} Clipper;

static Box copy_box(const Clipper *c, const Box *box) {
  size_t count = c->region->iterators.count;
  Box copy = {ARENA_ARRAY(c->region->arena, int64_t, count + 1),
              ARENA_ARRAY(c->region->arena, int64_t, count + 1)};
  for (size_t i = 0; i < count; i++) {
    copy.first[i] = box->first[i];
    copy.last[i] = box->last[i];
  }
  return copy;
}

// --- conditions -------------------------------------------------------------------------------------------

// The one iterator that a node is computed from; UINT32_MAX: none, or other things too.
static uint32_t only_iterator(const Region *region, uint32_t root) {
  bool *reached = ARENA_ARRAY(region->arena, bool, root + 1);
  uint32_t found = UINT32_MAX;
  reached[root] = true;
  for (uint32_t i = root + 1; i-- > 0;) {
    const Node *n = &region->nodes.data[i];
    if (!reached[i] || n->kind == NODE_CONSTANT)
      continue;
    bool integer = n->kind == NODE_OPERATION && !ir_is_float(n->type);
    if (n->kind == NODE_ITERATOR && (found == UINT32_MAX || found == n->index))
      found = n->index;
    else if (!integer)
      return UINT32_MAX;
    for (uint32_t k = 0; k < n->operand_count; k++)
      reached[n->operands[k]] = true;
  }
  return found;
}

static bool divide(const Node *n, int64_t x, int64_t y, int64_t *value) {
  unsigned bits = ir_type_bits(n->type);
  if (n->op == IR_UDIV || n->op == IR_UREM) {
    x = zero_extend(x, bits);
    y = zero_extend(y, bits);
  }
  if (y <= 0 || x < 0) // of these no index is made
    return false;
  *value = sign_extend(n->op == IR_SDIV || n->op == IR_UDIV ? x / y : x % y, bits);
  return true;
}

// What a node of one iterator is in an iteration. False: there is an operation that is not known.
static bool evaluate(const Region *region, uint32_t number, int64_t iteration, int64_t *value) {
  const Node *n = &region->nodes.data[number];
  int64_t x = 0, y = 0;
  if (n->kind != NODE_OPERATION) {
    *value = n->kind == NODE_ITERATOR ? iteration : n->imm;
    return true;
  }
  if (n->op == IR_SELECT)
    return evaluate(region, n->operands[0], iteration, &x) &&
           evaluate(region, n->operands[x ? 1 : 2], iteration, value);
  if (n->operand_count > 2)
    return false;
  if (!evaluate(region, n->operands[0], iteration, &x) ||
      (n->operand_count == 2 && !evaluate(region, n->operands[1], iteration, &y)))
    return false;
  if (n->op == IR_SDIV || n->op == IR_UDIV || n->op == IR_SREM || n->op == IR_UREM)
    return divide(n, x, y, value);
  return fold_constant((IrOp)n->op, n->type, n->aux, region->nodes.data[n->operands[0]].type, x, y, value);
}

static bool is_constant(const Region *region, uint32_t number, int64_t value) {
  const Node *n = &region->nodes.data[number];
  return n->kind == NODE_CONSTANT && n->imm == value;
}

static void narrow(const Clipper *c, Box *box, uint32_t condition, bool holds) {
  const Region *region = c->region;
  const Node *n = &region->nodes.data[condition];
  if (n->kind != NODE_OPERATION)
    return;
  if ((n->op == IR_AND && holds) || (n->op == IR_OR && !holds)) {
    narrow(c, box, n->operands[0], holds);
    narrow(c, box, n->operands[1], holds);
    return;
  }
  if (n->op == IR_XOR && is_constant(region, n->operands[1], -1)) {
    narrow(c, box, n->operands[0], !holds);
    return;
  }
  uint32_t iterator = only_iterator(region, condition);
  if (iterator == UINT32_MAX || box->last[iterator] - box->first[iterator] > MOST_ITERATIONS)
    return;
  int64_t *first = &box->first[iterator], *last = &box->last[iterator], value = 0;
  for (; *first <= *last && evaluate(region, condition, *first, &value) && (value != 0) != holds; ++*first)
    ;
  for (; *first <= *last && evaluate(region, condition, *last, &value) && (value != 0) != holds; --*last)
    ;
}

// --- accesses ---------------------------------------------------------------------------------------------

static bool is_empty(const Clipper *c, const Box *box) {
  for (size_t i = 0; i < c->region->iterators.count; i++)
    if (box->first[i] > box->last[i])
      return true;
  return false;
}

typedef struct Span {
  int64_t low, high;
} Span;

static bool index_span(const Region *region, uint32_t number, const Box *box, int64_t *low, int64_t *high);

// Sums, differences and constant multiples of spans. False: a number may be too large.
static bool combine(IrOp op, Span x, Span y, Span *out) {
  if (op == IR_ADD)
    return !__builtin_add_overflow(x.low, y.low, &out->low) &&
           !__builtin_add_overflow(x.high, y.high, &out->high);
  if (op == IR_SUB)
    return !__builtin_sub_overflow(x.low, y.high, &out->low) &&
           !__builtin_sub_overflow(x.high, y.low, &out->high);
  if (y.low != y.high || y.low < 0 || (op == IR_SHL && y.low > 32))
    return false;
  int64_t factor = op == IR_SHL ? INT64_C(1) << y.low : y.low;
  return !__builtin_mul_overflow(x.low, factor, &out->low) &&
         !__builtin_mul_overflow(x.high, factor, &out->high);
}

// Of an operation on what several iterators make, of which no value leaves its type.
static bool operation_span(const Region *region, const Node *n, const Box *box, Span *out) {
  bool combines = n->op == IR_ADD || n->op == IR_SUB || n->op == IR_MUL || n->op == IR_SHL;
  bool resizes = n->op == IR_SEXT || n->op == IR_ZEXT || n->op == IR_TRUNC;
  if (n->kind != NODE_OPERATION || (!combines && !resizes))
    return false;
  Span x, y = {0, 0};
  if (!index_span(region, n->operands[0], box, &x.low, &x.high) ||
      (combines && !index_span(region, n->operands[1], box, &y.low, &y.high)))
    return false;
  *out = x;
  if (combines && !combine((IrOp)n->op, x, y, out))
    return false;
  int64_t half =
      INT64_C(1) << (ir_type_bits(n->type) - 1 - (n->type == IR_I64)); // products of these must fit, too
  return out->low >= (n->op == IR_ZEXT ? 0 : -half) && out->high < half;
}

// The least and the largest value of an index that is made of what single iterators make. False: it is
// something else.
static bool index_span(const Region *region, uint32_t number, const Box *box, int64_t *low, int64_t *high) {
  const Node *n = &region->nodes.data[number];
  if (n->kind == NODE_CONSTANT) {
    *low = *high = n->imm;
    return true;
  }
  uint32_t iterator = only_iterator(region, number);
  int64_t value = 0;
  if (iterator == UINT32_MAX) {
    Span span;
    if (!operation_span(region, n, box, &span))
      return false;
    *low = span.low;
    *high = span.high;
    return true;
  }
  if (box->last[iterator] - box->first[iterator] > MOST_ITERATIONS)
    return false;
  *low = INT64_MAX;
  *high = INT64_MIN;
  for (int64_t i = box->first[iterator]; i <= box->last[iterator]; i++) {
    if (!evaluate(region, number, i, &value) || value > INT32_MAX || value < -INT32_MAX)
      return false;
    *low = value < *low ? value : *low;
    *high = value > *high ? value : *high;
  }
  return *low <= *high;
}

// The bytes that an access goes through in the iterations of the box. False: they are not known.
static bool span_of(const Region *region, const Access *a, const Box *box, int64_t *low, int64_t *high) {
  *low = *high = 0;
  if (a->index != NODE_NONE && !index_span(region, a->index, box, low, high))
    return false;
  *low += a->offset.constant;
  *high += a->offset.constant + ir_type_bits(a->type) / 8;
  for (uint32_t i = 0; i < a->offset.count; i++) {
    const AffineTerm *term = &a->offset.terms[i];
    int64_t step = term->coefficient.constant, last = box->last[term->iterator];
    if (term->coefficient.value != IR_NONE || step > INT32_MAX || step < -INT32_MAX || last > INT32_MAX)
      return false;
    *low += step * (step > 0 ? box->first[term->iterator] : last);
    *high += step * (step > 0 ? last : box->first[term->iterator]);
  }
  return true;
}

// The access is made in the iterations of the box.
static void cover(Clipper *c, uint32_t number, const Box *box) {
  int64_t low = 0, high = 0;
  if (is_empty(c, box) || c->open[number])
    return;
  if (!span_of(c->region, &c->region->accesses.data[number], box, &low, &high)) {
    c->open[number] = true;
    return;
  }
  c->low[number] = low < c->low[number] ? low : c->low[number];
  c->high[number] = high > c->high[number] ? high : c->high[number];
}

static void visit(Clipper *c, uint32_t number, const Box *box) {
  const Node *n = &c->region->nodes.data[number];
  if (c->visits++ > MOST_VISITS)
    return;
  if (n->kind == NODE_LOAD)
    cover(c, n->index, box);
  if (n->kind != NODE_OPERATION || n->op != IR_SELECT) {
    for (uint32_t k = 0; k < n->operand_count; k++)
      visit(c, n->operands[k], box);
    return;
  }
  visit(c, n->operands[0], box);
  for (uint32_t k = 1; k < 3; k++) {
    Box part = copy_box(c, box);
    narrow(c, &part, n->operands[0], k == 1);
    visit(c, n->operands[k], &part);
  }
}

static void visit_statement(Clipper *c, const Statement *s, const Box *all) {
  Box box = copy_box(c, all);
  if (s->condition != NODE_NONE) {
    visit(c, s->condition, all);
    narrow(c, &box, s->condition, true);
  }
  visit(c, s->value, &box);
  cover(c, s->target, &box);
}

// Whether there is an access that may go through less than its affine offset does in all iterations, or
// whose index is to be computed. open[]: accesses that are not asked for.
static bool may_clip(const Region *region, bool *open) {
  bool *needed = ARENA_ARRAY(region->arena, bool, region->arrays.count + 1), any = false, may = false;
  for (uint32_t a = 0; a < region->arrays.count; a++)
    needed[a] = array_needs_bounds(region, a);
  for (size_t a = 0; a < region->accesses.count; a++) {
    const Access *access = &region->accesses.data[a];
    open[a] = access->clipped || !needed[access->array];
    any = any || !open[a];
    may = may || (!open[a] && access->index != NODE_NONE);
  }
  if (!any)
    return false;
  for (size_t i = 0; i < region->statements.count && !may; i++)
    may = region->statements.data[i].condition != NODE_NONE;
  for (size_t i = 0; i < region->nodes.count && !may; i++)
    may = is_operation(&region->nodes.data[i], IR_SELECT);
  return may;
}

void clip_accesses(Region *region) {
  size_t count = region->accesses.count, iterators = region->iterators.count;
  Clipper c = {.region = region,
               .open = ARENA_ARRAY(region->arena, bool, count + 1),
               .low = ARENA_ARRAY(region->arena, int64_t, count + 1),
               .high = ARENA_ARRAY(region->arena, int64_t, count + 1)};
  if (!may_clip(region, c.open))
    return;
  Box all = {ARENA_ARRAY(region->arena, int64_t, iterators + 1),
             ARENA_ARRAY(region->arena, int64_t, iterators + 1)};
  for (size_t i = 0; i < iterators; i++) {
    Quantity extent = region->iterators.data[i].extent;
    all.last[i] = extent.value == IR_NONE ? extent.constant - 1 : INT64_MAX;
    all.last[i] = all.last[i] < 0 ? 0 : all.last[i];
  }
  for (size_t a = 0; a < count; a++) {
    c.low[a] = INT64_MAX;
    c.high[a] = INT64_MIN;
  }
  for (size_t i = 0; i < region->statements.count; i++)
    visit_statement(&c, &region->statements.data[i], &all);
  for (uint32_t a = 0; a < count && c.visits <= MOST_VISITS; a++) {
    Access *access = &region->accesses.data[a];
    int64_t low = 0, high = 0;
    bool indexed = access->index != NODE_NONE;
    if (c.open[a] || c.low[a] > c.high[a] || (!indexed && !span_of(region, access, &all, &low, &high)))
      continue;
    access->clipped = indexed || c.low[a] > low || c.high[a] < high;
    access->low = c.low[a];
    access->high = c.high[a];
  }
}
