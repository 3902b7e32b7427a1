// Nests of a region made one where iteration for iteration they can run together: chains of elementwise
// nests, and the rows of what is computed row by row. What one of them hands to the next then need not be in
// memory: elements that belong to an iteration become scalars, stored values are used as they are, and
// stores that nothing reads go.
#include "target/tensor/raise/raise.h"

#include <string.h>

enum {
  MOST_STATEMENTS = 20, // of a fused nest
  MOST_ARRAYS = 8,      // that it touches
};

// --- what parts touch -------------------------------------------------------------------------------------

typedef struct Use {
  uint32_t access;
  uint32_t node; // of the load; NODE_NONE: a store
} Use;

typedef VEC(Use) UseList;

static void add_use(UseList *uses, uint32_t access, uint32_t node) {
  Use use = {access, node};
  VEC_PUSH(uses, use);
}

static void uses_of_node(const Region *region, uint32_t root, UseList *out) {
  if (root == NODE_NONE)
    return;
  bool *reached = ARENA_ARRAY(region->arena, bool, root + 1);
  reached[root] = true;
  for (uint32_t i = root + 1; i-- > 0;) {
    const Node *n = &region->nodes.data[i];
    if (!reached[i])
      continue;
    for (uint32_t k = 0; k < n->operand_count; k++)
      reached[n->operands[k]] = true;
    if (n->kind != NODE_LOAD)
      continue;
    add_use(out, n->index, i);
    if (region->accesses.data[n->index].index != NODE_NONE)
      reached[region->accesses.data[n->index].index] = true;
  }
}

// What a statement reads; its reduction's old value without a node.
static void reads_of_statement(const Region *region, const Statement *s, UseList *out) {
  uses_of_node(region, s->value, out);
  uses_of_node(region, s->condition, out);
}

static void uses_of_item(const Region *region, const Item *item, UseList *out) {
  if (item->loop) {
    const Loop *loop = &region->loops.data[item->index];
    for (size_t i = 0; i < loop->body.count; i++)
      uses_of_item(region, &loop->body.data[i], out);
    return;
  }
  const Statement *s = &region->statements.data[item->index];
  reads_of_statement(region, s, out);
  add_use(out, s->target, NODE_NONE);
}

static unsigned statements_of(const Region *region, const Item *item) {
  unsigned count = 0;
  if (!item->loop)
    return 1;
  const Loop *loop = &region->loops.data[item->index];
  for (size_t i = 0; i < loop->body.count; i++)
    count += statements_of(region, &loop->body.data[i]);
  return count;
}

static uint32_t array_of(const Region *region, const Use *use) {
  return region->accesses.data[use->access].array;
}

static bool may_conflict(const Region *region, const Use *a, const Use *b) {
  return array_of(region, a) == array_of(region, b) && (a->node == NODE_NONE || b->node == NODE_NONE);
}

// Whether the order of the two does not matter.
static bool independent(const Region *region, const Item *a, const Item *b) {
  UseList x = {0}, y = {0};
  bool apart = true;
  uses_of_item(region, a, &x);
  uses_of_item(region, b, &y);
  for (size_t i = 0; i < x.count && apart; i++)
    for (size_t k = 0; k < y.count && apart; k++)
      apart = !may_conflict(region, &x.data[i], &y.data[k]);
  VEC_FREE(&x);
  VEC_FREE(&y);
  return apart;
}

// --- whether two loops can be one -------------------------------------------------------------------------

// The range of what an access touches in an iteration of the loop, but for what is outside of it.
static bool range_within(const Region *region, const Access *access, uint32_t loop, int64_t *low,
                         int64_t *high) {
  bool scalar = region->arrays.data[access->array].kind == ARRAY_SCALAR;
  *low = access->offset.constant;
  *high = *low + (scalar ? 1 : ir_type_bits(access->type) / 8);
  for (uint32_t i = 0; i < access->offset.count; i++) {
    const AffineTerm *term = &access->offset.terms[i];
    uint32_t own = region->iterators.data[term->iterator].loop;
    if (own == loop || !loop_within(region, own, loop))
      continue;
    const Quantity *extent = &region->iterators.data[term->iterator].extent;
    int64_t span = 0;
    if (term->coefficient.value != IR_NONE || extent->value != IR_NONE || extent->constant <= 0 ||
        __builtin_mul_overflow(extent->constant - 1, term->coefficient.constant, &span) || span > INT32_MAX ||
        span < -INT32_MAX)
      return false;
    *low += span < 0 ? span : 0;
    *high += span > 0 ? span : 0;
  }
  return access->index == NODE_NONE;
}

// Whether all terms of a outside of its loop are in b.
static bool agree_outside(const Region *region, const Access *a, uint32_t loop, const Access *b) {
  for (uint32_t i = 0; i < a->offset.count; i++) {
    const AffineTerm *term = &a->offset.terms[i];
    if (!loop_within(region, region->iterators.data[term->iterator].loop, loop) &&
        !quantities_equal(term->coefficient, affine_coefficient(&b->offset, term->iterator)))
      return false;
  }
  return a->offset.invariant == b->offset.invariant;
}

// Whether different iterations of the two loops touch different elements.
static bool apart(const Region *region, uint32_t a, uint32_t first, uint32_t b, uint32_t second) {
  const Access *x = &region->accesses.data[a], *y = &region->accesses.data[b];
  Quantity step = affine_coefficient(&x->offset, region->loops.data[first].iterator);
  int64_t low = 0, high = 0, other_low = 0, other_high = 0;
  if (!quantities_equal(step, affine_coefficient(&y->offset, region->loops.data[second].iterator)) ||
      step.value != IR_NONE || !agree_outside(region, x, first, y) || !agree_outside(region, y, second, x) ||
      !range_within(region, x, first, &low, &high) ||
      !range_within(region, y, second, &other_low, &other_high))
    return false;
  low = other_low < low ? other_low : low;
  high = other_high > high ? other_high : high;
  return high - low <= (step.constant < 0 ? -step.constant : step.constant);
}

static unsigned arrays_touched(const Region *region, const UseList *x, const UseList *y) {
  bool *seen = ARENA_ARRAY(region->arena, bool, region->arrays.count + 1);
  unsigned count = 0;
  for (size_t i = 0; i < x->count + y->count; i++) {
    uint32_t array = array_of(region, i < x->count ? &x->data[i] : &y->data[i - x->count]);
    count += !seen[array] && region->arrays.data[array].kind != ARRAY_SCALAR;
    seen[array] = true;
  }
  return count;
}

// A loop without further ones whose iterations depend on one another would keep the other's from being lanes.
static bool may_be_lanes(const Region *region, uint32_t loop) {
  const Loop *l = &region->loops.data[loop];
  for (size_t i = 0; i < l->body.count; i++)
    if (l->body.data[i].loop)
      return true;
  return loop_is_parallel(region, loop, true);
}

static bool loops_fuse(const Region *region, uint32_t earlier, uint32_t later) {
  const Item a = {true, earlier}, b = {true, later};
  const Iterator *x = &region->iterators.data[region->loops.data[earlier].iterator];
  const Iterator *y = &region->iterators.data[region->loops.data[later].iterator];
  if (!quantities_equal(x->extent, y->extent) || !may_be_lanes(region, earlier) ||
      !may_be_lanes(region, later) || statements_of(region, &a) + statements_of(region, &b) > MOST_STATEMENTS)
    return false;
  UseList p = {0}, q = {0};
  uses_of_item(region, &a, &p);
  uses_of_item(region, &b, &q);
  bool fuse = arrays_touched(region, &p, &q) <= MOST_ARRAYS;
  for (size_t i = 0; i < p.count && fuse; i++)
    for (size_t k = 0; k < q.count && fuse; k++)
      fuse = !may_conflict(region, &p.data[i], &q.data[k]) ||
             apart(region, p.data[i].access, earlier, q.data[k].access, later);
  VEC_FREE(&p);
  VEC_FREE(&q);
  return fuse;
}

// --- making them one --------------------------------------------------------------------------------------

// Terms of one iterator become those of another; they stay sorted.
static void rename_iterator(Affine *affine, uint32_t from, uint32_t to) {
  uint32_t at = 0;
  while (at < affine->count && affine->terms[at].iterator != from)
    at++;
  if (at == affine->count)
    return;
  AffineTerm term = {to, affine->terms[at].coefficient};
  memmove(&affine->terms[at], &affine->terms[at + 1], (affine->count - at - 1) * sizeof term);
  for (at = affine->count - 1; at > 0 && affine->terms[at - 1].iterator > to; at--)
    affine->terms[at] = affine->terms[at - 1];
  affine->terms[at] = term;
}

static void join_loops(Region *region, uint32_t earlier, uint32_t later) {
  Loop *a = &region->loops.data[earlier], *b = &region->loops.data[later];
  for (size_t i = 0; i < b->body.count; i++) {
    if (b->body.data[i].loop)
      region->loops.data[b->body.data[i].index].parent = earlier;
    VEC_PUSH(&a->body, b->body.data[i]);
  }
  b->body.count = 0;
  for (size_t i = 0; i < region->accesses.count; i++)
    rename_iterator(&region->accesses.data[i].offset, b->iterator, a->iterator);
  for (size_t i = 0; i < region->statements.count; i++)
    for (uint32_t g = 0; g < region->statements.data[i].guard_count; g++)
      rename_iterator(&region->statements.data[i].guards[g], b->iterator, a->iterator);
  for (size_t i = 0; i < region->nodes.count; i++) {
    Node *n = &region->nodes.data[i];
    if (n->kind == NODE_ITERATOR && n->index == b->iterator)
      n->index = a->iterator;
  }
  Iterator *kept = &region->iterators.data[a->iterator];
  kept->entered = kept->entered || region->iterators.data[b->iterator].entered;
}

static void set_count(Region *region, uint32_t loop, size_t count) {
  if (loop == UINT32_MAX)
    region->body.count = count;
  else
    region->loops.data[loop].body.count = count;
}

// Whether what stands between items i and k can go before i or stay behind it; before[] says which does.
static bool makes_way(const Region *region, const Body *body, size_t i, size_t k, bool *before) {
  for (size_t n = i + 1; n < k; n++) {
    before[n] = independent(region, &body->items[n], &body->items[i]);
    for (size_t stays = i + 1; stays < n && before[n]; stays++)
      before[n] = before[stays] || independent(region, &body->items[n], &body->items[stays]);
    if (!before[n] && !independent(region, &body->items[n], &body->items[k]))
      return false;
  }
  return true;
}

static void take_in(Region *region, uint32_t loop, size_t i, size_t k, const bool *before) {
  Body body = body_of(region, loop);
  Item *order = ARENA_ARRAY(region->arena, Item, body.count);
  size_t n = 0;
  Item earlier = body.items[i], later = body.items[k];
  for (size_t x = i + 1; x < k; x++)
    if (before[x])
      order[n++] = body.items[x];
  order[n++] = earlier;
  for (size_t x = i + 1; x < k; x++)
    if (!before[x])
      order[n++] = body.items[x];
  memcpy(body.items + i, order, n * sizeof *order);
  memmove(body.items + k, body.items + k + 1, (body.count - k - 1) * sizeof *order);
  set_count(region, loop, body.count - 1);
  join_loops(region, earlier.index, later.index);
}

static bool fuse_once(Region *region, uint32_t loop) {
  Body body = body_of(region, loop);
  bool *before = ARENA_ARRAY(region->arena, bool, body.count + 1);
  for (size_t i = 0; i < body.count; i++)
    for (size_t k = i + 1; k < body.count; k++)
      if (body.items[i].loop && body.items[k].loop &&
          loops_fuse(region, body.items[i].index, body.items[k].index) &&
          makes_way(region, &body, i, k, before)) {
        take_in(region, loop, i, k, before);
        return true;
      }
  return false;
}

// --- elements of an iteration -----------------------------------------------------------------------------

// Memory that nothing outside of the region reads.
static bool *find_temporaries(const Target *target, const Region *region) {
  bool *temporary = ARENA_ARRAY(region->arena, bool, region->arrays.count + 1);
  for (size_t a = 0; a < region->arrays.count; a++) {
    bool only = region->arrays.data[a].kind != ARRAY_SCALAR;
    for (size_t other = 0; other < region->arrays.count && only; other++)
      only = other == a || region->arrays.data[other].base != region->arrays.data[a].base;
    temporary[a] = only && region_array_dies(target, region, (uint32_t)a);
  }
  return temporary;
}

typedef struct Versions {
  Region *region;
  uint32_t loop, array;
  uint32_t access;   // the one by which all go
  uint32_t current;  // access of the current version; NODE_NONE: none yet
  uint32_t *of_node; // by load: the access it gets
  uint32_t *of_statement;
} Versions;

static uint32_t new_version(Versions *v) {
  Region *region = v->region;
  Array array = {.kind = ARRAY_SCALAR, .base = IR_NONE, .size = -1, .written = true};
  VEC_PUSH(&region->arrays, array);
  Access access = {.array = (uint32_t)region->arrays.count - 1,
                   .type = region->accesses.data[v->access].type,
                   .index = NODE_NONE};
  access.offset.terms = ARENA_ARRAY(region->arena, AffineTerm, 1);
  access.offset.terms[0] = (AffineTerm){region->loops.data[v->loop].iterator, {IR_NONE, 1}};
  access.offset.count = 1;
  access.offset.invariant = IR_NONE;
  VEC_PUSH(&region->accesses, access);
  return (uint32_t)region->accesses.count - 1;
}

static bool is_plain(const Statement *s) {
  return s->reduction == IR_OP_COUNT && !s->guard_count && s->condition == NODE_NONE;
}

static bool version_statement(Versions *v, uint32_t number, bool begins) {
  const Region *region = v->region;
  const Statement *s = &region->statements.data[number];
  UseList reads = {0};
  bool ok = true;
  reads_of_statement(region, s, &reads);
  for (size_t i = 0; i < reads.count && ok; i++) {
    const Use *use = &reads.data[i];
    if (array_of(region, use) != v->array)
      continue;
    uint32_t *known = &v->of_node[use->node];
    ok = v->current != NODE_NONE && (*known == NODE_NONE || *known == v->current);
    *known = v->current;
  }
  VEC_FREE(&reads);
  if (!ok || region->accesses.data[s->target].array != v->array)
    return ok;
  if (begins && is_plain(s))
    v->current = new_version(v);
  v->of_statement[number] = v->current;
  return v->current != NODE_NONE;
}

static bool version_items(Versions *v, const Item *items, size_t count, bool begins) {
  bool ok = true;
  for (size_t i = 0; i < count && ok; i++) {
    uint32_t index = items[i].index;
    if (items[i].loop) {
      const Loop *loop = &v->region->loops.data[index];
      ok = version_items(v, loop->body.data, loop->body.count, false);
    } else {
      ok = version_statement(v, index, begins);
    }
  }
  return ok;
}

// Whether all uses of the array are of one element in each iteration of the loop; *access: one of them.
static bool belongs_to(const Region *region, uint32_t array, uint32_t loop, uint32_t *access) {
  UseList all = {0}, own = {0};
  const Item item = {true, loop};
  for (size_t i = 0; i < region->body.count; i++)
    uses_of_item(region, &region->body.data[i], &all);
  uses_of_item(region, &item, &own);
  size_t count = 0, of_loop = 0;
  bool same = true;
  *access = NODE_NONE;
  for (size_t i = 0; i < all.count; i++)
    count += array_of(region, &all.data[i]) == array;
  for (size_t i = 0; i < own.count && same; i++) {
    if (array_of(region, &own.data[i]) != array)
      continue;
    of_loop++;
    *access = *access == NODE_NONE ? own.data[i].access : *access;
    const Access *a = &region->accesses.data[*access], *b = &region->accesses.data[own.data[i].access];
    same = affines_equal(&a->offset, &b->offset) && a->type == b->type && b->index == NODE_NONE;
  }
  VEC_FREE(&all);
  VEC_FREE(&own);
  // Nothing of it moves with loops within.
  for (uint32_t i = 0; same && *access != NODE_NONE && i < region->accesses.data[*access].offset.count; i++)
    same = region->accesses.data[*access].offset.terms[i].iterator == region->loops.data[loop].iterator;
  return same && of_loop > 0 && of_loop == count;
}

static void make_scalar(Region *region, uint32_t array, uint32_t loop) {
  Versions v = {.region = region, .loop = loop, .array = array, .current = NODE_NONE};
  if (!belongs_to(region, array, loop, &v.access))
    return;
  v.of_node = ARENA_ARRAY(region->arena, uint32_t, region->nodes.count + 1);
  v.of_statement = ARENA_ARRAY(region->arena, uint32_t, region->statements.count + 1);
  memset(v.of_node, 0xff, region->nodes.count * sizeof *v.of_node);
  memset(v.of_statement, 0xff, region->statements.count * sizeof *v.of_statement);
  const Loop *l = &region->loops.data[loop];
  if (!version_items(&v, l->body.data, l->body.count, true))
    return;
  for (size_t i = 0; i < region->nodes.count; i++)
    if (v.of_node[i] != NODE_NONE)
      region->nodes.data[i].index = v.of_node[i];
  for (size_t i = 0; i < region->statements.count; i++)
    if (v.of_statement[i] != NODE_NONE)
      region->statements.data[i].target = v.of_statement[i];
}

// --- stored values ----------------------------------------------------------------------------------------

static bool same_element(const Region *region, uint32_t a, uint32_t b) {
  const Access *x = &region->accesses.data[a], *y = &region->accesses.data[b];
  return x->array == y->array && x->type == y->type && x->index == NODE_NONE && y->index == NODE_NONE &&
         affines_equal(&x->offset, &y->offset);
}

// How many statements of the region need the node.
static unsigned users_of(const Region *region, uint32_t node) {
  unsigned users = 0;
  for (size_t i = 0; i < region->statements.count; i++) {
    UseList reads = {0};
    bool found = false;
    reads_of_statement(region, &region->statements.data[i], &reads);
    for (size_t k = 0; k < reads.count; k++)
      found = found || reads.data[k].node == node;
    users += found;
    VEC_FREE(&reads);
  }
  return users;
}

// Makes the statement's value of new nodes, which come behind all others.
static uint32_t copy_nodes(Region *region, uint32_t node, uint32_t *copies) {
  if (copies[node])
    return copies[node] - 1;
  Node own = region->nodes.data[node];
  for (unsigned i = 0; i < own.operand_count; i++)
    own.operands[i] = copy_nodes(region, own.operands[i], copies);
  VEC_PUSH(&region->nodes, own);
  copies[node] = (uint32_t)region->nodes.count;
  return copies[node] - 1;
}

static void renew_value(Region *region, Statement *s) {
  uint32_t *copies = ARENA_ARRAY(region->arena, uint32_t, region->nodes.count + 1);
  if (s->condition == NODE_NONE)
    s->value = copy_nodes(region, s->value, copies);
}

// A statement that adds to what one before has stored, each time the loop comes by, stores the sum.
static bool use_stored_sum(Region *region, const Statement *stored, Statement *next) {
  bool plain = !next->guard_count && next->condition == NODE_NONE;
  if (!plain || next->reduction == IR_OP_COUNT || next->reduction == IR_FMA || stored == next ||
      !same_element(region, stored->target, next->target))
    return false;
  IrType type = region->accesses.data[next->target].type;
  Node load = {.kind = NODE_LOAD, .type = type, .index = next->target};
  VEC_PUSH(&region->nodes, load);
  Node sum = {.kind = NODE_OPERATION,
              .op = next->reduction,
              .type = type,
              .operand_count = 2,
              .operands = {(uint32_t)region->nodes.count - 1, next->value}};
  VEC_PUSH(&region->nodes, sum);
  next->value = (uint32_t)region->nodes.count - 1;
  next->reduction = IR_OP_COUNT;
  return true;
}

// Loads of what a statement before has stored become its value. False: the element may change here.
static bool use_stored(Region *region, const Statement *stored, const Item *item) {
  UseList uses = {0};
  uint32_t array = region->accesses.data[stored->target].array;
  bool goes_on = true;
  uses_of_item(region, item, &uses);
  for (size_t i = 0; i < uses.count; i++) {
    const Use *use = &uses.data[i];
    if (array_of(region, use) != array)
      continue;
    goes_on = goes_on && use->node != NODE_NONE;
    if (use->node == NODE_NONE || item->loop || stored->value >= use->node ||
        !same_element(region, use->access, stored->target) || users_of(region, use->node) > 1)
      continue;
    Node *load = &region->nodes.data[use->node];
    *load = (Node){.kind = NODE_OPERATION,
                   .op = IR_COPY,
                   .type = load->type,
                   .operand_count = 1,
                   .operands = {stored->value}};
  }
  VEC_FREE(&uses);
  return goes_on;
}

// Whether the item leaves all that is read as it is.
static bool keeps_operands(const Region *region, const UseList *reads, const Item *item) {
  UseList uses = {0};
  bool keeps = true;
  uses_of_item(region, item, &uses);
  for (size_t i = 0; i < reads->count; i++)
    for (size_t k = 0; k < uses.count; k++)
      keeps = keeps && (uses.data[k].node != NODE_NONE ||
                        array_of(region, &uses.data[k]) != array_of(region, &reads->data[i]));
  VEC_FREE(&uses);
  return keeps;
}

// Whether another store makes this one vain before anything reads the element.
static bool is_overwritten(const Region *region, const Body *body, size_t i) {
  const Statement *s = &region->statements.data[body->items[i].index];
  uint32_t array = region->accesses.data[s->target].array;
  size_t last = body->count - 1; // that stores to the element
  while (last > i &&
         (body->items[last].loop ||
          !same_element(region, region->statements.data[body->items[last].index].target, s->target)))
    last--;
  for (size_t k = i + 1; k <= last; k++) {
    UseList uses = {0};
    bool touched = false;
    uses_of_item(region, &body->items[k], &uses);
    for (size_t u = 0; u < uses.count; u++)
      touched = touched || (array_of(region, &uses.data[u]) == array && uses.data[u].node != NODE_NONE);
    VEC_FREE(&uses);
    if (touched)
      return false;
    const Statement *next = &region->statements.data[body->items[k].index];
    if (!body->items[k].loop && same_element(region, next->target, s->target))
      return is_plain(next);
  }
  return false;
}

static bool is_read(const Region *region, uint32_t array) {
  UseList uses = {0};
  bool read = false;
  for (size_t i = 0; i < region->body.count; i++)
    uses_of_item(region, &region->body.data[i], &uses);
  for (size_t i = 0; i < uses.count; i++)
    read = read || (array_of(region, &uses.data[i]) == array && uses.data[i].node != NODE_NONE);
  VEC_FREE(&uses);
  return read;
}

static bool is_loaded(const Region *region, uint32_t access) {
  bool loaded = false;
  for (size_t i = 0; i < region->nodes.count && !loaded; i++)
    loaded =
        region->nodes.data[i].kind == NODE_LOAD && same_element(region, region->nodes.data[i].index, access);
  return loaded;
}

static void use_stored_value(Region *region, const Body *body, size_t i) {
  const Statement *s = &region->statements.data[body->items[i].index];
  if (i + 1 == body->count || !is_loaded(region, s->target))
    return;
  UseList reads = {0};
  reads_of_statement(region, s, &reads);
  for (size_t k = i + 1; k < body->count && keeps_operands(region, &reads, &body->items[k - 1]); k++)
    if (!use_stored(region, s, &body->items[k]))
      break;
  VEC_FREE(&reads);
}

static void use_stored_values(Region *region, uint32_t loop, const bool *temporary) {
  for (size_t i = 0; i < body_of(region, loop).count; i++) {
    Body body = body_of(region, loop);
    if (body.items[i].loop) {
      use_stored_values(region, body.items[i].index, temporary);
      continue;
    }
    const Statement *s = &region->statements.data[body.items[i].index];
    if (!is_plain(s) || region->accesses.data[s->target].type != region->nodes.data[s->value].type)
      continue;
    bool any = false;
    for (size_t k = i + 1; k < body.count; k++) {
      Statement *next = body.items[k].loop ? NULL : &region->statements.data[body.items[k].index];
      if (next && any) // its nodes follow those of what it may read
        renew_value(region, next);
      any = (next && use_stored_sum(region, s, next)) || any;
    }
    use_stored_value(region, &body, i);
  }
  for (size_t i = body_of(region, loop).count; i-- > 0;) {
    Body body = body_of(region, loop);
    const Statement *s = &region->statements.data[body.items[i].index];
    if (body.items[i].loop)
      continue;
    uint32_t array = region->accesses.data[s->target].array;
    bool known = region->accesses.data[s->target].index == NODE_NONE && is_plain(s);
    if ((known && is_overwritten(region, &body, i)) || (temporary[array] && !is_read(region, array)))
      body_remove(region, loop, i);
  }
}

// --- a region ---------------------------------------------------------------------------------------------

static void fuse_within(Region *region, uint32_t loop, const bool *temporary, size_t arrays) {
  while (fuse_once(region, loop))
    ;
  for (size_t i = 0; i < body_of(region, loop).count; i++) {
    Body body = body_of(region, loop);
    if (!body.items[i].loop)
      continue;
    uint32_t inner = body.items[i].index;
    for (uint32_t a = 0; a < arrays && loop == UINT32_MAX; a++)
      if (temporary[a])
        make_scalar(region, a, inner);
    fuse_within(region, inner, temporary, arrays);
  }
}

void region_fuse(const Target *target, Region *region) {
  size_t arrays = region->arrays.count;
  const bool *temporary = find_temporaries(target, region);
  fuse_within(region, UINT32_MAX, temporary, arrays);
  bool *known = ARENA_ARRAY(region->arena, bool, region->arrays.count + 1);
  memcpy(known, temporary, arrays * sizeof *known); // scalars that were made since are none
  use_stored_values(region, UINT32_MAX, known);
}
