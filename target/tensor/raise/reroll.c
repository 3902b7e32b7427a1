// Sums that were written out, by compilers that unroll loops of few iterations or by hand, become loops
// again: sum(a[i + k] * b[k]) for k = 0 .. n - 1, in one expression, in statements that follow one another,
// or in loops that do. Only sums of products of two elements, as the tile unit takes them; the vector mapping
// writes others out as well.
#include "target/tensor/raise/alike.h"

#include <string.h>

enum { LEAST_TERMS = 3, MOST_TERMS = 256, MOST_LOADS = 4, MOST_LEVELS = 4, MOST_DEPTH = 8 };
;

// A term: a product as a node, or the factors of a fused one.
typedef struct Term {
  uint32_t factors[2];
  uint32_t node; // NODE_NONE: there are factors alone
  size_t item;   // of the body, where terms are loops
  // Bytes from where the first term's loads are, in the order in which they are met.
  int64_t moved[MOST_LOADS];
} Term;

// start + terms[0] + terms[1] + ...
typedef struct WrittenSum {
  uint32_t node; // the whole
  uint32_t start;
  uint8_t op;    // IR_ADD, IR_FADD, IR_FMA
  uint8_t flags; // of additions
  uint32_t count;
  Term terms[MOST_TERMS];
  uint32_t levels; // loops, innermost first
  struct {
    int64_t extent;
    int64_t moved[MOST_LOADS];
  } level[MOST_LEVELS];
} WrittenSum;

static const Node *node_at(const Region *region, uint32_t node) {
  return &region->nodes.data[node];
}

// --- terms

// Whether a factor is one element, perhaps extended, less a zero point, or scaled.
static bool is_element(const Region *region, uint32_t node) {
  const Node *n = node_at(region, node);
  if (n->kind == NODE_LOAD) {
    const Access *access = &region->accesses.data[n->index];
    return access->index == NODE_NONE && region->arrays.data[access->array].kind == ARRAY_MEMORY;
  }
  if (n->kind != NODE_OPERATION)
    return false;
  switch ((IrOp)n->op) {
  case IR_SEXT:
  case IR_ZEXT:
  case IR_FEXT:
    return is_element(region, n->operands[0]);
  case IR_ADD:
  case IR_SUB:
  case IR_FMUL: {
    bool second = node_at(region, n->operands[0])->kind != NODE_OPERATION &&
                  node_at(region, n->operands[0])->kind != NODE_LOAD;
    const Node *other = node_at(region, n->operands[!second]);
    return (other->kind == NODE_CONSTANT || other->kind == NODE_VALUE) &&
           is_element(region, n->operands[second]);
  }
  default:
    return false;
  }
}

static bool is_product(const Region *region, uint32_t node, Term *term) {
  const Node *n = node_at(region, node);
  term->node = node;
  if (is_operation(n, IR_SEXT)) // of two bytes, made in 16 bits
    n = node_at(region, n->operands[0]);
  if (!is_operation(n, IR_MUL) && !is_operation(n, IR_FMUL))
    return false;
  memcpy(term->factors, n->operands, sizeof term->factors);
  return is_element(region, n->operands[0]) && is_element(region, n->operands[1]);
}

static bool same_products(const Region *region, const Term *x, const Term *y) {
  if (x->node == NODE_NONE || y->node == NODE_NONE)
    return x->node == y->node;
  const Node *a = node_at(region, x->node), *b = node_at(region, y->node);
  return a->op == b->op && a->flags == b->flags;
}

// Factors that have changed places change them back.
static bool terms_are_alike(const Region *region, const Term *x, Term *y, const uint32_t *iterators) {
  for (unsigned swap = 0; swap < 2; swap++) {
    memset(y->moved, 0, sizeof y->moved);
    Likeness l = {.region = region, .iterators = iterators, .moved = y->moved, .most = MOST_LOADS};
    if (expressions_alike(&l, x->factors[0], y->factors[0]) &&
        expressions_alike(&l, x->factors[1], y->factors[1]))
      return same_products(region, x, y);
    uint32_t first = y->factors[0];
    y->factors[0] = y->factors[1];
    y->factors[1] = first;
  }
  return false;
}

// One more term, where it is like the first one.
static bool take_term(const Region *region, WrittenSum *sum, Term *term, const uint32_t *iterators) {
  if (sum->count == MOST_TERMS || (sum->count && !terms_are_alike(region, &sum->terms[0], term, iterators)))
    return false;
  if (!sum->count)
    memset(term->moved, 0, sizeof term->moved);
  sum->terms[sum->count++] = *term;
  return true;
}

// --- sums

// Adds what an integer sum is made of; what is not like the first product goes to the start.
static bool flatten(Raise *r, WrittenSum *sum, uint32_t node, unsigned depth) {
  Region *region = r->region;
  const Node n = *node_at(region, node); // nodes move when others are made
  if (is_operation(&n, IR_ADD) && depth < MOST_TERMS)
    return flatten(r, sum, n.operands[0], depth + 1) && flatten(r, sum, n.operands[1], depth + 1);
  Term term;
  if (sum->count == MOST_TERMS)
    return false;
  if (is_product(region, node, &term) && take_term(region, sum, &term, NULL))
    return true;
  sum->start = sum->start == NODE_NONE ? node : node_binary(r, IR_ADD, n.type, sum->start, node);
  return true;
}

static int compare_terms(const void *x, const void *y) {
  const Term *a = x, *b = y;
  for (unsigned i = 0; i < MOST_LOADS; i++)
    if (a->moved[i] != b->moved[i])
      return a->moved[i] < b->moved[i] ? -1 : 1;
  return 0;
}

// The order is free.
static bool read_integers(Raise *r, WrittenSum *sum) {
  if (node_at(r->region, sum->node)->type != IR_I32 || !flatten(r, sum, sum->node, 0))
    return false;
  qsort(sum->terms, sum->count, sizeof *sum->terms, compare_terms);
  if (sum->start == NODE_NONE)
    sum->start = node_constant(r, IR_I32, 0);
  return true;
}

// A step of an ordered sum: what it adds, and what it adds to.
static bool read_step(const Region *region, uint32_t node, uint8_t op, Term *term, uint32_t *rest) {
  const Node *n = node_at(region, node);
  if (!is_operation(n, (IrOp)op))
    return false;
  if (op == IR_FMA) {
    *term = (Term){.factors = {n->operands[0], n->operands[1]}, .node = NODE_NONE};
    *rest = n->operands[2];
    return is_element(region, n->operands[0]) && is_element(region, n->operands[1]);
  }
  for (unsigned i = 2; i-- > 0;)
    if (is_product(region, n->operands[i], term)) {
      *rest = n->operands[!i];
      return true;
    }
  return false;
}

// What a sum without a number to start from begins with is a product as well: the number that adds nothing to
// it is -0, or 0 where signs of zeros do not matter.
static void start_with_product(Raise *r, WrittenSum *sum) {
  Region *region = r->region;
  static const int64_t minus_zero = 0x80000000; // in the bits of an fp32
  Term term, *first = &sum->terms[0];
  if (!sum->count || sum->count == MOST_TERMS || node_at(region, sum->node)->type != IR_FLOAT ||
      !is_product(region, sum->start, &term))
    return;
  if (sum->op == IR_FMA)
    term.node = NODE_NONE;
  if (!terms_are_alike(region, first, &term, NULL))
    return;
  for (unsigned i = 0; i < MOST_LOADS; i++)
    term.moved[i] = (int64_t)((uint64_t)term.moved[i] + (uint64_t)first->moved[i]);
  memmove(first + 1, first, sum->count * sizeof *first);
  *first = term;
  sum->count++;
  sum->start = node_constant(r, IR_FLOAT, sum->flags & IR_REASSOCIATE ? 0 : minus_zero);
}

// The order stays: the last term is met first.
static bool read_reals(Raise *r, WrittenSum *sum) {
  Region *region = r->region;
  const Node *whole = node_at(region, sum->node);
  uint32_t at = sum->node, rest = NODE_NONE;
  sum->flags = whole->flags;
  Term term;
  while (node_at(region, at)->flags == whole->flags && read_step(region, at, sum->op, &term, &rest) &&
         take_term(region, sum, &term, NULL))
    at = rest;
  sum->start = at;
  for (uint32_t i = 0; i < sum->count / 2; i++) {
    Term first = sum->terms[i];
    sum->terms[i] = sum->terms[sum->count - 1 - i];
    sum->terms[sum->count - 1 - i] = first;
  }
  start_with_product(r, sum);
  return true;
}

// --- loops

// How far term `to` has moved from `from` is `times` as far as the second from the first.
static bool follows(const Term *terms, const int64_t *step, uint32_t from, uint32_t to, int64_t times) {
  for (unsigned i = 0; i < MOST_LOADS; i++)
    if ((uint64_t)terms[to].moved[i] - (uint64_t)terms[from].moved[i] != (uint64_t)step[i] * (uint64_t)times)
      return false;
  return true;
}

// Whether terms, `stride` apart, are rows of `extent` that each go on by the same step.
static bool are_rows(const WrittenSum *sum, uint32_t stride, uint32_t extent, const int64_t *step) {
  for (uint32_t row = 0; row < sum->count; row += stride * extent)
    for (uint32_t i = 1; i < extent; i++)
      if (!follows(sum->terms, step, row, row + i * stride, i))
        return false;
  return true;
}

// Finds loops whose iterations are the terms, in this order.
static bool find_levels(WrittenSum *sum) {
  uint32_t stride = 1;
  for (sum->levels = 0; stride < sum->count; sum->levels++) {
    if (sum->levels == MOST_LEVELS)
      return false;
    int64_t step[MOST_LOADS];
    for (unsigned i = 0; i < MOST_LOADS; i++)
      step[i] = (int64_t)((uint64_t)sum->terms[stride].moved[i] - (uint64_t)sum->terms[0].moved[i]);
    uint32_t left = sum->count / stride, extent = left;
    while (extent > 1 && (left % extent || !are_rows(sum, stride, extent, step)))
      extent--;
    if (extent == 1)
      return false;
    sum->level[sum->levels].extent = extent;
    memcpy(sum->level[sum->levels].moved, step, sizeof step);
    stride *= extent;
  }
  return true;
}

// --- the region

// A copy of the first term, whose loads move with the new iterators.
typedef struct Copier {
  Raise *r;
  const WrittenSum *sum;
  uint32_t iterators[MOST_LEVELS];
  unsigned loads;
} Copier;

static uint32_t copy_load(Copier *c, Node node) {
  Region *region = c->r->region;
  Access access = region->accesses.data[node.index];
  AffineTerm *terms = ARENA_ARRAY(c->r->arena, AffineTerm, access.offset.count + MOST_LEVELS);
  if (access.offset.count)
    memcpy(terms, access.offset.terms, access.offset.count * sizeof *terms);
  access.offset.terms = terms;
  // Outer levels have smaller iterators.
  for (uint32_t i = c->sum->levels; i-- > 0;)
    if (c->sum->level[i].moved[c->loads])
      terms[access.offset.count++] =
          (AffineTerm){c->iterators[i], {IR_NONE, c->sum->level[i].moved[c->loads]}};
  c->loads++;
  VEC_PUSH(&region->accesses, access);
  node.index = (uint32_t)region->accesses.count - 1;
  node.certain = false; // not all of those that it stands for may be
  return node_push(c->r, node);
}

static uint32_t copy_node(Copier *c, uint32_t number) {
  Node node = *node_at(c->r->region, number);
  if (node.kind == NODE_LOAD)
    return copy_load(c, node);
  for (uint32_t k = 0; k < node.operand_count; k++)
    node.operands[k] = copy_node(c, node.operands[k]);
  return node_push(c->r, node);
}

static uint32_t copy_term(Copier *c) {
  const Term *term = &c->sum->terms[0];
  uint32_t factors[2];
  for (unsigned i = 0; i < 2; i++)
    factors[i] = copy_node(c, term->factors[i]);
  if (term->node == NODE_NONE)
    return node_binary(c->r, IR_FMUL, node_at(c->r->region, factors[0])->type, factors[0], factors[1]);
  Node product = *node_at(c->r->region, term->node);
  if (!is_operation(&product, IR_SEXT)) {
    memcpy(product.operands, factors, sizeof factors);
    return node_push(c->r, product);
  }
  Node narrow = *node_at(c->r->region, product.operands[0]);
  memcpy(narrow.operands, factors, sizeof factors);
  product.operands[0] = node_push(c->r, narrow);
  return node_push(c->r, product);
}

// Loops of constant extents within each other, in front of item `at` of a body; the innermost.
static uint32_t add_loops(Raise *r, const WrittenSum *sum, uint32_t parent, size_t at, uint32_t *iterators) {
  Region *region = r->region;
  uint32_t around = parent;
  for (uint32_t i = sum->levels; i-- > 0;) {
    uint32_t number = (uint32_t)region->loops.count;
    Iterator iterator = {
        .extent = {IR_NONE, sum->level[i].extent}, .loop = number, .header = NO_HEADER, .entered = true};
    VEC_PUSH(&region->iterators, iterator);
    iterators[i] = (uint32_t)region->iterators.count - 1;
    Loop loop = {.iterator = iterators[i], .parent = around};
    VEC_PUSH(&region->loops, loop);
    Item item = {true, number};
    if (around == parent)
      body_insert(region, parent, at, item);
    else
      VEC_PUSH(&region->loops.data[around].body, item);
    around = number;
  }
  return around;
}

static uint8_t reduction_of(const Region *region, const WrittenSum *sum) {
  const Term *term = &sum->terms[0];
  bool fused =
      sum->op == IR_FADD && (sum->flags & IR_CONTRACT) && (node_at(region, term->node)->flags & IR_CONTRACT);
  return fused ? IR_FMA : sum->op;
}

static Statement *statement_at(Region *region, uint32_t parent, size_t at) {
  return &region->statements.data[body_of(region, parent).items[at].index];
}

static bool is_zero(const Node *node) {
  return node->kind == NODE_CONSTANT && node->imm == 0;
}

// target += term, in loops in front of item `at`.
static void add_reduction(Raise *r, const WrittenSum *sum, uint32_t target, uint32_t parent, size_t at) {
  Copier copier = {.r = r, .sum = sum};
  Statement s = *statement_at(r->region, parent, at);
  uint32_t innermost = add_loops(r, sum, parent, at, copier.iterators);
  s.target = target;
  s.value = copy_term(&copier);
  s.reduction = reduction_of(r->region, sum);
  s.reassociable = sum->op == IR_ADD || (sum->flags & IR_REASSOCIATE);
  VEC_PUSH(&r->region->statements, s);
  Item item = {false, (uint32_t)r->region->statements.count - 1};
  VEC_PUSH(&r->region->loops.data[innermost].body, item);
}

// target := target + terms, or target += start + terms: without the total. False: it is another form.
static bool roll_in_place(Raise *r, const WrittenSum *sum, uint32_t parent, size_t at) {
  Region *region = r->region;
  Statement *s = statement_at(region, parent, at);
  const Node *start = node_at(region, sum->start);
  uint32_t array = region->accesses.data[s->target].array;
  bool set = s->reduction == IR_OP_COUNT && start->kind == NODE_LOAD && start->index == s->target,
       added = s->reduction == IR_ADD && sum->op == IR_ADD;
  if (s->value != sum->node || (!set && !added) || node_reads(region, sum->terms[0].factors[0], array) ||
      node_reads(region, sum->terms[0].factors[1], array) || (added && node_reads(region, sum->start, array)))
    return false;
  bool all = set || is_zero(start);
  add_reduction(r, sum, s->target, parent, at);
  if (all)
    body_remove(region, parent, at + 1);
  else
    statement_at(region, parent, at + 1)->value = sum->start;
  return true;
}

// Whether nothing that a sum is made of is written in the region.
static bool is_fixed(const Region *region, uint32_t node) {
  for (uint32_t a = 0; a < region->arrays.count; a++)
    if (region->arrays.data[a].written && node_reads(region, node, a))
      return false;
  return true;
}

// Statements of a body from item `at` on take the total instead of making the sum themselves.
static void share_total(Raise *r, uint32_t parent, size_t at, uint32_t sum, uint32_t total) {
  for (; at < body_of(r->region, parent).count; at++) {
    Item item = body_of(r->region, parent).items[at];
    if (item.loop) {
      share_total(r, item.index, 0, sum, total);
      continue;
    }
    Statement *s = &r->region->statements.data[item.index];
    s->value = node_replaced(r, s->value, sum, total);
    if (s->condition != NODE_NONE)
      s->condition = node_replaced(r, s->condition, sum, total);
  }
}

// target := ... sum ... becomes total := start; loops: total += term; target := ... total ...
static bool roll(Raise *r, const WrittenSum *sum, uint32_t parent, size_t at) {
  Region *region = r->region;
  if (roll_in_place(r, sum, parent, at))
    return true;
  uint32_t total = scalar_access(r, node_at(region, sum->node)->type, parent);
  if (total == UINT32_MAX)
    return false;
  Statement begin = *statement_at(region, parent, at);
  begin.target = total;
  begin.value = sum->start;
  begin.reduction = IR_OP_COUNT;
  VEC_PUSH(&region->statements, begin);
  body_insert(region, parent, at, (Item){false, (uint32_t)region->statements.count - 1});
  add_reduction(r, sum, total, parent, at + 1);
  uint32_t load = node_load(r, total);
  Statement *s = statement_at(region, parent, at + 2);
  s->value = node_replaced(r, s->value, sum->node, load);
  if (!begin.guard_count && begin.condition == NODE_NONE && is_fixed(region, sum->node))
    share_total(r, parent, at + 3, sum->node, load);
  return true;
}

// --- search

// The sum that a node is, if it is one that was written out.
static bool read_sum(Raise *r, uint32_t node, WrittenSum *sum) {
  const Node *n = node_at(r->region, node);
  if (n->kind != NODE_OPERATION || (n->op != IR_ADD && n->op != IR_FADD && n->op != IR_FMA))
    return false;
  memset(sum, 0, offsetof(WrittenSum, terms));
  sum->node = node;
  sum->op = n->op;
  sum->start = NODE_NONE;
  bool read = n->op == IR_ADD ? read_integers(r, sum) : read_reals(r, sum);
  return read && sum->count >= LEAST_TERMS && find_levels(sum);
}

// Looks through what is always computed: `seen` nodes are not looked at again.
static bool find_sum(Raise *r, uint32_t node, bool in_sum, bool *seen, WrittenSum *sum) {
  if (seen[node])
    return false;
  seen[node] = true;
  // A part of an integer sum has been looked at with the whole.
  bool part = in_sum && is_operation(node_at(r->region, node), IR_ADD);
  if (!part && read_sum(r, node, sum))
    return true;
  const Node n = *node_at(r->region, node);
  if (n.kind != NODE_OPERATION || n.op == IR_SELECT)
    return false;
  for (uint32_t k = 0; k < n.operand_count; k++)
    if (find_sum(r, n.operands[k], n.op == IR_ADD, seen, sum))
      return true;
  return false;
}

static bool same_element(const Region *region, uint32_t x, uint32_t y) {
  const Access *a = &region->accesses.data[x], *b = &region->accesses.data[y];
  return a->array == b->array && a->type == b->type && a->index == NODE_NONE && b->index == NODE_NONE &&
         affines_equal(&a->offset, &b->offset);
}

// Whether the statement adds a product to the target of the first one, as that does.
static bool adds_alike(const Region *region, const Statement *first, const Statement *s, Term *term) {
  return same_element(region, s->target, first->target) && s->reduction == first->reduction &&
         s->reassociable == first->reassociable && !s->guard_count && s->condition == NODE_NONE &&
         !node_reads(region, s->value, region->accesses.data[first->target].array) &&
         is_product(region, s->value, term);
}

static bool begin_statements(const Statement *first, WrittenSum *sum) {
  memset(sum, 0, offsetof(WrittenSum, terms));
  sum->op = first->reduction;
  sum->flags = first->reassociable ? IR_REASSOCIATE : 0;
  return first->reduction == IR_ADD || first->reduction == IR_FADD || first->reduction == IR_FMA;
}

// Several statements that add to one target are a sum as well, in their order.
static size_t read_statements(Raise *r, Body body, size_t at, WrittenSum *sum) {
  Region *region = r->region;
  const Statement *first = &region->statements.data[body.items[at].index];
  if (!begin_statements(first, sum))
    return 0;
  for (; at < body.count && !body.items[at].loop; at++) {
    Term term = {.node = NODE_NONE};
    if (!adds_alike(region, first, &region->statements.data[body.items[at].index], &term) ||
        !take_term(region, sum, &term, NULL))
      break;
  }
  if (first->reassociable)
    qsort(sum->terms, sum->count, sizeof *sum->terms, compare_terms);
  return sum->count;
}

static bool roll_statements(Raise *r, uint32_t parent, size_t at, WrittenSum *sum) {
  size_t count = read_statements(r, body_of(r->region, parent), at, sum);
  if (count < LEAST_TERMS || !find_levels(sum))
    return false;
  add_reduction(r, sum, statement_at(r->region, parent, at)->target, parent, at);
  while (count--)
    body_remove(r->region, parent, at + 1);
  return true;
}

static bool roll_value(Raise *r, uint32_t parent, size_t at, WrittenSum *sum) {
  uint32_t value = statement_at(r->region, parent, at)->value;
  bool *seen = checked_malloc(value + 1);
  memset(seen, 0, value + 1);
  bool rolled = find_sum(r, value, false, seen, sum) && roll(r, sum, parent, at);
  free(seen);
  return rolled;
}

// --- loops that follow one another

// The loops of an item that is one statement in nothing but loops.
typedef struct Chain {
  uint32_t depth;
  uint32_t loops[MOST_DEPTH];
  const Statement *statement; // NULL: it is something else
} Chain;

static Chain chain_of(const Region *region, Item item) {
  Chain chain = {0};
  while (item.loop && chain.depth < MOST_DEPTH) {
    const Loop *loop = &region->loops.data[item.index];
    chain.loops[chain.depth++] = item.index;
    if (loop->body.count != 1)
      return chain;
    item = loop->body.data[0];
  }
  if (!item.loop && chain.depth)
    chain.statement = &region->statements.data[item.index];
  return chain;
}

// Whether both go through as many iterations; iterators of `other` become those of `first` in the map.
static bool chains_are_alike(const Region *region, const Chain *first, const Chain *other, uint32_t *map) {
  if (first->depth != other->depth)
    return false;
  for (uint32_t i = 0; i < first->depth; i++) {
    uint32_t x = region->loops.data[first->loops[i]].iterator,
             y = region->loops.data[other->loops[i]].iterator;
    if (!quantities_equal(region->iterators.data[x].extent, region->iterators.data[y].extent) ||
        affine_has(&region->accesses.data[first->statement->target].offset, x) ||
        affine_has(&region->accesses.data[other->statement->target].offset, y))
      return false;
    map[y] = x;
  }
  return true;
}

// Loops that follow one another and add to one target.
static size_t read_loops(Raise *r, Body body, size_t at, WrittenSum *sum) {
  Region *region = r->region;
  Chain first = chain_of(region, body.items[at]);
  if (!first.statement || !begin_statements(first.statement, sum))
    return 0;
  uint32_t *map = ARENA_ARRAY(r->arena, uint32_t, region->iterators.count);
  for (uint32_t i = 0; i < region->iterators.count; i++)
    map[i] = i;
  for (; at < body.count; at++) {
    Chain chain = chain_of(region, body.items[at]);
    Term term = {.node = NODE_NONE};
    if (!chain.statement || !chains_are_alike(region, &first, &chain, map) ||
        !adds_alike(region, first.statement, chain.statement, &term))
      break;
    term.item = at;
    if (!take_term(region, sum, &term, map))
      break;
  }
  if (first.statement->reassociable)
    qsort(sum->terms, sum->count, sizeof *sum->terms, compare_terms);
  return sum->count;
}

// The first term's loops stay, in new ones around them.
static bool roll_loops(Raise *r, uint32_t parent, size_t at, WrittenSum *sum) {
  enum { LEAST_LOOPS = 2 };
  Region *region = r->region;
  size_t count = read_loops(r, body_of(region, parent), at, sum);
  if (count < LEAST_LOOPS || !find_levels(sum))
    return false;
  Item kept = body_of(region, parent).items[sum->terms[0].item];
  Copier copier = {.r = r, .sum = sum};
  while (count--)
    body_remove(region, parent, at);
  uint32_t innermost = add_loops(r, sum, parent, at, copier.iterators);
  VEC_PUSH(&region->loops.data[innermost].body, kept);
  region->loops.data[kept.index].parent = innermost;
  size_t statement = (size_t)(chain_of(region, kept).statement - region->statements.data);
  uint32_t value = copy_term(&copier);
  region->statements.data[statement].value = value;
  return true;
}

static uint32_t roll_body(Raise *r, uint32_t loop, WrittenSum *sum) {
  Region *region = r->region;
  uint32_t rolled = 0;
  for (size_t at = 0; at < body_of(region, loop).count; at++) {
    Item item = body_of(region, loop).items[at];
    if (item.loop) {
      rolled += roll_body(r, item.index, sum);
      continue;
    }
    // What is rolled stands in front of the statement, which is looked at again, if it is still there.
    if (roll_statements(r, loop, at, sum) || roll_value(r, loop, at, sum)) {
      rolled++;
      at--;
    }
  }
  for (size_t at = 0; at < body_of(region, loop).count; at++)
    rolled += roll_loops(r, loop, at, sum);
  return rolled;
}

// Statements are numbered as they stand.
static void number_statements(Region *region, uint32_t loop, Statement *ordered, uint32_t *count) {
  Body body = body_of(region, loop);
  for (size_t i = 0; i < body.count; i++) {
    if (body.items[i].loop) {
      number_statements(region, body.items[i].index, ordered, count);
      continue;
    }
    ordered[*count] = region->statements.data[body.items[i].index];
    body.items[i].index = (*count)++;
  }
}

static bool has_products(const Region *region) {
  unsigned products = 0;
  for (size_t i = 0; i < region->nodes.count && products < LEAST_TERMS; i++) {
    const Node *n = &region->nodes.data[i];
    products += is_operation(n, IR_MUL) || is_operation(n, IR_FMUL) || is_operation(n, IR_FMA);
  }
  return products == LEAST_TERMS;
}

void reroll_sums(Raise *r) {
  Region *region = r->region;
  if (!has_products(region))
    return;
  if (!roll_body(r, UINT32_MAX, ARENA_NEW(r->arena, WrittenSum)))
    return;
  Statement *ordered = ARENA_ARRAY(r->arena, Statement, region->statements.count);
  uint32_t count = 0;
  number_statements(region, UINT32_MAX, ordered, &count);
  memcpy(region->statements.data, ordered, count * sizeof *ordered);
  region->statements.count = count;
}
