// What the shape of the code added to a region is taken out again: copies of scalars, accumulators that went
// through several loops, stores of running totals.
#include "target/tensor/raise/raise.h"

#include <string.h>

static uint32_t target_array(const Region *region, const Statement *s) {
  return region->accesses.data[s->target].array;
}

// How often an array is read and written by an item.
typedef struct Touches {
  uint32_t reads, writes;
} Touches;

static void touch(Region *region, Item item, uint32_t array, Touches *touches) {
  if (item.loop) {
    Body body = body_of(region, item.index);
    for (size_t i = 0; i < body.count; i++)
      touch(region, body.items[i], array, touches);
    return;
  }
  const Statement *s = &region->statements.data[item.index];
  bool target = target_array(region, s) == array;
  uint32_t index = region->accesses.data[s->target].index;
  touches->writes += target;
  touches->reads += (target && s->reduction != IR_OP_COUNT) || node_reads(region, s->value, array) ||
                    (s->condition != NODE_NONE && node_reads(region, s->condition, array)) ||
                    (index != NODE_NONE && node_reads(region, index, array));
}

static Touches touches_of(Region *region, const Item *items, size_t count, uint32_t array) {
  Touches touches = {0};
  for (size_t i = 0; i < count; i++)
    touch(region, items[i], array, &touches);
  return touches;
}

static Touches all_touches(Region *region, uint32_t array) {
  return touches_of(region, region->body.data, region->body.count, array);
}

static bool is_scalar(const Region *region, uint32_t access) {
  return region->arrays.data[region->accesses.data[access].array].kind == ARRAY_SCALAR;
}

static bool is_result(const Region *region, uint32_t access) {
  for (size_t i = 0; i < region->live_outs.count; i++)
    if (region->live_outs.data[i].access == access)
      return true;
  return false;
}

// target := load of an access, where guards hold; NODE_NONE: the item is something else.
static uint32_t copied_under_guards(const Region *region, Item item) {
  if (item.loop)
    return NODE_NONE;
  const Statement *s = &region->statements.data[item.index];
  const Node *n = &region->nodes.data[s->value];
  bool plain = s->reduction == IR_OP_COUNT && s->condition == NODE_NONE;
  return plain && n->kind == NODE_LOAD ? n->index : NODE_NONE;
}

// The same, always.
static uint32_t copied(const Region *region, Item item) {
  uint32_t access = copied_under_guards(region, item);
  return access != NODE_NONE && region->statements.data[item.index].guard_count ? NODE_NONE : access;
}

// Whether all guards of x are guards of y.
static bool is_guarded_by(const Statement *x, const Statement *y) {
  for (uint32_t i = 0; i < x->guard_count; i++) {
    bool found = false;
    for (uint32_t j = 0; j < y->guard_count && !found; j++)
      found = affines_equal(&x->guards[i], &y->guards[j]);
    if (!found)
      return false;
  }
  return true;
}

// Whether all statements that touch the array have the guards of `s`.
static bool all_guarded_by(Region *region, const Statement *s, const Item *items, size_t count,
                           uint32_t array) {
  for (size_t i = 0; i < count; i++) {
    Touches touches = touches_of(region, &items[i], 1, array);
    if (!touches.reads && !touches.writes)
      continue;
    const Loop *loop = items[i].loop ? &region->loops.data[items[i].index] : NULL;
    if (loop ? !all_guarded_by(region, s, loop->body.data, loop->body.count, array)
             : !is_guarded_by(s, &region->statements.data[items[i].index]))
      return false;
  }
  return true;
}

static uint32_t target_of(const Region *region, Item item) {
  return region->statements.data[item.index].target;
}

static void rename_access(Region *region, uint32_t old, uint32_t new) {
  for (size_t i = 0; i < region->nodes.count; i++)
    if (region->nodes.data[i].kind == NODE_LOAD && region->nodes.data[i].index == old)
      region->nodes.data[i].index = new;
  for (size_t i = 0; i < region->statements.count; i++)
    if (region->statements.data[i].target == old)
      region->statements.data[i].target = new;
  for (size_t i = 0; i < region->live_outs.count; i++)
    if (region->live_outs.data[i].access == old)
      region->live_outs.data[i].access = new;
}

// v := a; ...v...: a is read where v was, if nothing writes a until then.
static bool forward_copy(Region *region, Body body, size_t at) {
  uint32_t from = copied(region, body.items[at]);
  if (from == NODE_NONE)
    return false;
  uint32_t to = target_of(region, body.items[at]);
  if (!is_scalar(region, to) || is_result(region, to) || from == to)
    return false;
  uint32_t v = region->accesses.data[to].array, a = region->accesses.data[from].array;
  Touches here = touches_of(region, body.items + at + 1, body.count - at - 1, v),
          all = all_touches(region, v);
  if (all.writes != 1 || all.reads != here.reads || all_touches(region, a).reads == 0)
    return false;
  bool written = false;
  for (size_t i = at + 1; i < body.count; i++) {
    Touches uses = touches_of(region, &body.items[i], 1, v),
            writes = touches_of(region, &body.items[i], 1, a);
    if (uses.reads && (written || (writes.writes && body.items[i].loop)))
      return false;
    written = written || writes.writes;
  }
  bool certain = region->nodes.data[region->statements.data[body.items[at].index].value].certain;
  for (size_t i = 0; i < region->nodes.count; i++)
    if (region->nodes.data[i].kind == NODE_LOAD && region->nodes.data[i].index == to)
      region->nodes.data[i].certain = certain;
  rename_access(region, to, from);
  body_remove(region, body.loop, at);
  return true;
}

// inner := outer; loop over inner; outer := inner: both are one. All of it may be under the same guards.
static bool coalesce(Region *region, Body body, size_t at) {
  uint32_t outer = copied_under_guards(region, body.items[at]);
  if (outer == NODE_NONE || !is_scalar(region, outer))
    return false;
  uint32_t inner = target_of(region, body.items[at]);
  if (!is_scalar(region, inner) || inner == outer || is_result(region, inner))
    return false;
  uint32_t x = region->accesses.data[inner].array, y = region->accesses.data[outer].array;
  size_t back = at + 1;
  while (back < body.count && !(copied_under_guards(region, body.items[back]) == inner &&
                                target_of(region, body.items[back]) == outer))
    back++;
  if (back == body.count)
    return false;
  const Statement *first = &region->statements.data[body.items[at].index];
  const Statement *last = &region->statements.data[body.items[back].index];
  if (!is_guarded_by(last, first) || !all_guarded_by(region, first, body.items + at, back - at + 1, x))
    return false;
  Touches whole = all_touches(region, x), here = touches_of(region, body.items + at, body.count - at, x);
  Touches between = touches_of(region, body.items + at + 1, back - at - 1, y);
  // Behind `back` both have the same value, as long as only one statement says so.
  Touches behind_x = touches_of(region, body.items + back + 1, body.count - back - 1, x);
  Touches behind_y = touches_of(region, body.items + back + 1, body.count - back - 1, y);
  if (whole.reads != here.reads || whole.writes != here.writes || between.reads || between.writes ||
      behind_x.writes || behind_y.writes)
    return false;
  body_remove(region, body.loop, back);
  body_remove(region, body.loop, at);
  rename_access(region, inner, outer);
  return true;
}

// next := total, and from there on only `next` is used: it is the total still.
static bool continue_total(Region *region, Body body, size_t at) {
  uint32_t total = copied(region, body.items[at]);
  if (total == NODE_NONE || !is_scalar(region, total) || is_result(region, total))
    return false;
  uint32_t next = target_of(region, body.items[at]);
  const Access *x = &region->accesses.data[total], *y = &region->accesses.data[next];
  if (!is_scalar(region, next) || x->array == y->array || x->type != y->type ||
      !affines_equal(&x->offset, &y->offset))
    return false;
  Touches all = all_touches(region, x->array), before = touches_of(region, body.items, at + 1, x->array);
  Touches all_next = all_touches(region, y->array),
          behind = touches_of(region, body.items + at, body.count - at, y->array);
  if (all.reads != before.reads || all.writes != before.writes || all_next.reads != behind.reads ||
      all_next.writes != behind.writes)
    return false;
  body_remove(region, body.loop, at);
  rename_access(region, next, total);
  return true;
}

static bool unconditional(const Statement *s) {
  return !s->guard_count && s->condition == NODE_NONE;
}

static bool loads_target(const Region *region, uint32_t node, const Statement *s) {
  return region->nodes.data[node].kind == NODE_LOAD && region->nodes.data[node].index == s->target;
}

// select(condition, x, total), for total := x where the condition holds.
static bool same_choice(const Region *region, const Node *n, const Statement *update) {
  if (!is_operation(n, IR_SELECT) || update->reduction != IR_OP_COUNT)
    return false;
  if (n->operands[0] == update->condition)
    return n->operands[1] == update->value && loads_target(region, n->operands[2], update);
  const Node *not = &region->nodes.data[update->condition];
  return is_operation(not, IR_XOR) && not->operands[0] == n->operands[0] && n->operands[2] == update->value &&
         loads_target(region, n->operands[1], update);
}

// Whether a statement's value is what another sets its target to.
static bool same_result(const Region *region, const Statement *s, const Statement *update) {
  if (update->condition != NODE_NONE)
    return same_choice(region, &region->nodes.data[s->value], update);
  if (update->reduction == IR_OP_COUNT)
    return s->value == update->value;
  const Node *n = &region->nodes.data[s->value];
  const Node *x = &region->nodes.data[n->operands[0]], *y = &region->nodes.data[n->operands[1]];
  if (n->kind != NODE_OPERATION)
    return false;
  if (n->op == IR_FMA && update->reduction == IR_FMA) {
    const Node *product = &region->nodes.data[update->value], *z = &region->nodes.data[n->operands[2]];
    return z->kind == NODE_LOAD && z->index == update->target && product->operands[0] == n->operands[0] &&
           product->operands[1] == n->operands[1];
  }
  bool op = n->op == update->reduction || (n->op == IR_FADD && update->reduction == IR_FMA);
  return op && ((x->kind == NODE_LOAD && x->index == update->target && n->operands[1] == update->value) ||
                (y->kind == NODE_LOAD && y->index == update->target && n->operands[0] == update->value));
}

// a := total + x; total := total + x, or a choice of the two: a is set to the new total instead.
static bool store_total(Region *region, Body body, size_t at) {
  if (at + 1 >= body.count || body.items[at].loop || body.items[at + 1].loop)
    return false;
  Statement *s = &region->statements.data[body.items[at].index];
  const Statement *update = &region->statements.data[body.items[at + 1].index];
  if (!is_scalar(region, update->target) || is_scalar(region, s->target) || s->reduction != IR_OP_COUNT ||
      !unconditional(s) || update->guard_count || !same_result(region, s, update) ||
      node_reads(region, update->value, target_array(region, s)) ||
      (update->condition != NODE_NONE && node_reads(region, update->condition, target_array(region, s))) ||
      region->accesses.data[s->target].type != region->accesses.data[update->target].type)
    return false;
  Node load = {
      .kind = NODE_LOAD, .type = region->accesses.data[update->target].type, .index = update->target};
  VEC_PUSH(&region->nodes, load);
  s->value = (uint32_t)region->nodes.count - 1;
  Item swap = body.items[at];
  body.items[at] = body.items[at + 1];
  body.items[at + 1] = swap;
  return true;
}

static bool has_term(const Region *region, uint32_t access, uint32_t iterator) {
  const Access *a = &region->accesses.data[access];
  return affine_has(&a->offset, iterator) || a->index != NODE_NONE;
}

// In a loop's body: a := total, the same element each time: once behind the loop is enough.
static bool sink_store(Region *region, Body body, size_t at) {
  if (body.loop == UINT32_MAX || !region->iterators.data[region->loops.data[body.loop].iterator].entered)
    return false;
  uint32_t total = copied(region, body.items[at]);
  if (total == NODE_NONE || !is_scalar(region, total))
    return false;
  uint32_t target = target_of(region, body.items[at]), iterator = region->loops.data[body.loop].iterator;
  if (is_scalar(region, target) || has_term(region, target, iterator) || has_term(region, total, iterator))
    return false;
  Touches stored = touches_of(region, body.items, body.count, region->accesses.data[target].array);
  Touches later =
      touches_of(region, body.items + at + 1, body.count - at - 1, region->accesses.data[total].array);
  if (stored.reads || stored.writes != 1 || later.writes)
    return false;
  Item item = body.items[at];
  uint32_t parent = region->loops.data[body.loop].parent;
  body_remove(region, body.loop, at);
  Body around = body_of(region, parent);
  size_t place = 0;
  while (!around.items[place].loop || around.items[place].index != body.loop)
    place++;
  body_insert(region, parent, place + 1, item);
  return true;
}

// total := a; ...total...; a := total: a itself is the total.
static bool promote(Region *region, Body body, size_t at) {
  uint32_t memory = copied(region, body.items[at]);
  if (memory == NODE_NONE || is_scalar(region, memory))
    return false;
  uint32_t total = target_of(region, body.items[at]);
  if (!is_scalar(region, total) || is_result(region, total) ||
      region->accesses.data[total].type != region->accesses.data[memory].type)
    return false;
  size_t back = at + 1;
  while (back < body.count &&
         !(copied(region, body.items[back]) == total && target_of(region, body.items[back]) == memory))
    back++;
  if (back == body.count)
    return false;
  uint32_t s = region->accesses.data[total].array, a = region->accesses.data[memory].array;
  Touches between = touches_of(region, body.items + at + 1, back - at - 1, a);
  Touches inside = touches_of(region, body.items + at, back - at + 1, s), all = all_touches(region, s);
  if (between.reads || between.writes || inside.reads != all.reads || inside.writes != all.writes)
    return false;
  body_remove(region, body.loop, back);
  body_remove(region, body.loop, at);
  rename_access(region, total, memory);
  return true;
}

// Whether both write the same element, whatever the iterators stand at.
static bool same_place(const Region *region, uint32_t x, uint32_t y) {
  const Access *a = &region->accesses.data[x], *b = &region->accesses.data[y];
  return a->array == b->array && a->type == b->type && a->index == NODE_NONE && b->index == NODE_NONE &&
         affines_equal(&a->offset, &b->offset);
}

// a := x; ...; a := y: nothing reads x.
static bool drop_overwritten(Region *region, Body body, size_t at) {
  if (body.items[at].loop || is_scalar(region, target_of(region, body.items[at])))
    return false;
  uint32_t target = target_of(region, body.items[at]);
  for (size_t i = at + 1; i < body.count; i++) {
    if (touches_of(region, &body.items[i], 1, region->accesses.data[target].array).reads)
      return false;
    const Statement *s = body.items[i].loop ? NULL : &region->statements.data[body.items[i].index];
    if (s && unconditional(s) && same_place(region, s->target, target)) {
      body_remove(region, body.loop, at);
      return true;
    }
  }
  return false;
}

static bool drop_unread(Region *region, Body body, size_t at) {
  Item item = body.items[at];
  if (item.loop) {
    if (region->loops.data[item.index].body.count)
      return false;
  } else {
    uint32_t target = target_of(region, item);
    bool itself = region->statements.data[item.index].reduction != IR_OP_COUNT;
    if (!is_scalar(region, target) || is_result(region, target) ||
        all_touches(region, region->accesses.data[target].array).reads != itself)
      return false;
  }
  body_remove(region, body.loop, at);
  return true;
}

typedef bool Rule(Region *region, Body body, size_t at);

static bool tidy_body(Region *region, uint32_t loop) {
  static Rule *const rules[] = {forward_copy, coalesce, continue_total,   store_total,
                                sink_store,   promote,  drop_overwritten, drop_unread};
  for (size_t at = 0; at < body_of(region, loop).count; at++) {
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++)
      if (rules[k](region, body_of(region, loop), at))
        return true;
    Item item = body_of(region, loop).items[at];
    if (item.loop && tidy_body(region, item.index))
      return true;
  }
  return false;
}

// --- numbers that are still used --------------------------------------------------------------------------

typedef struct Renumbering {
  uint32_t *statements, *accesses, *arrays, *nodes; // old to new, UINT32_MAX: not used
} Renumbering;

static void use_access(const Region *region, Renumbering *n, uint32_t access) {
  n->accesses[access] = 0;
  n->arrays[region->accesses.data[access].array] = 0;
  if (region->accesses.data[access].index != NODE_NONE)
    n->nodes[region->accesses.data[access].index] = 0;
}

static void use_body(Region *region, Renumbering *n, Body body) {
  for (size_t i = 0; i < body.count; i++) {
    if (body.items[i].loop) {
      use_body(region, n, body_of(region, body.items[i].index));
      continue;
    }
    const Statement *s = &region->statements.data[body.items[i].index];
    n->statements[body.items[i].index] = 0;
    use_access(region, n, s->target);
    n->nodes[s->value] = 0;
    if (s->condition != NODE_NONE)
      n->nodes[s->condition] = 0;
  }
}

static void renumber_items(Region *region, const Renumbering *n, Body body) {
  for (size_t i = 0; i < body.count; i++) {
    if (body.items[i].loop)
      renumber_items(region, n, body_of(region, body.items[i].index));
    else
      body.items[i].index = n->statements[body.items[i].index];
  }
}

// Keeps the elements that are used, and fills the map with their new numbers.
static size_t keep_used(void *data, size_t count, size_t size, uint32_t *map) {
  char *bytes = data;
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (map[i] == UINT32_MAX)
      continue;
    memmove(bytes + kept * size, bytes + i * size, size);
    map[i] = (uint32_t)kept++;
  }
  return kept;
}

#define KEEP_USED(vec, map)                                                                                  \
  ((vec)->count = (vec)->count ? keep_used((vec)->data, (vec)->count, sizeof *(vec)->data, map) : 0)

static uint32_t *unused_map(Arena *arena, size_t count) {
  uint32_t *map = ARENA_ARRAY(arena, uint32_t, count + 1);
  memset(map, 0xff, (count + 1) * sizeof *map);
  return map;
}

static void renumber_parts(Region *region, const Renumbering *n) {
  for (size_t i = 0; i < region->nodes.count; i++) {
    Node *node = &region->nodes.data[i];
    for (uint32_t k = 0; k < node->operand_count; k++)
      node->operands[k] = n->nodes[node->operands[k]];
    if (node->kind == NODE_LOAD)
      node->index = n->accesses[node->index];
  }
  for (size_t i = 0; i < region->accesses.count; i++) {
    Access *access = &region->accesses.data[i];
    access->array = n->arrays[access->array];
    access->index = access->index == NODE_NONE ? NODE_NONE : n->nodes[access->index];
  }
  for (size_t i = 0; i < region->statements.count; i++) {
    Statement *s = &region->statements.data[i];
    s->target = n->accesses[s->target];
    s->value = n->nodes[s->value];
    s->condition = s->condition == NODE_NONE ? NODE_NONE : n->nodes[s->condition];
  }
  for (size_t i = 0; i < region->live_outs.count; i++)
    region->live_outs.data[i].access = n->accesses[region->live_outs.data[i].access];
}

// Statements in the order of execution, in which rules above have moved some.
static void order_statements(Region *region, Body body, const Statement *old) {
  for (size_t i = 0; i < body.count; i++) {
    if (body.items[i].loop) {
      order_statements(region, body_of(region, body.items[i].index), old);
      continue;
    }
    VEC_PUSH(&region->statements, old[body.items[i].index]);
    body.items[i].index = (uint32_t)region->statements.count - 1;
  }
}

static void drop_unused(Region *region) {
  Renumbering n = {
      unused_map(region->arena, region->statements.count), unused_map(region->arena, region->accesses.count),
      unused_map(region->arena, region->arrays.count), unused_map(region->arena, region->nodes.count)};
  for (size_t i = 0; i < region->live_outs.count; i++)
    use_access(region, &n, region->live_outs.data[i].access);
  for (uint32_t i = 0; i < region->accesses.count; i++)
    if (region->accesses.data[i].early)
      use_access(region, &n, i);
  use_body(region, &n, body_of(region, UINT32_MAX));
  for (size_t i = region->nodes.count; i-- > 0;) {
    const Node *node = &region->nodes.data[i];
    if (n.nodes[i] == UINT32_MAX)
      continue;
    for (uint32_t k = 0; k < node->operand_count; k++)
      n.nodes[node->operands[k]] = 0;
    if (node->kind == NODE_LOAD)
      use_access(region, &n, node->index);
  }
  KEEP_USED(&region->statements, n.statements);
  KEEP_USED(&region->accesses, n.accesses);
  KEEP_USED(&region->arrays, n.arrays);
  KEEP_USED(&region->nodes, n.nodes);
  renumber_items(region, &n, body_of(region, UINT32_MAX));
  renumber_parts(region, &n);
  size_t count = region->statements.count;
  Statement *old = ARENA_ARRAY(region->arena, Statement, count + 1);
  memcpy(old, region->statements.data, count * sizeof *old);
  region->statements.count = 0;
  order_statements(region, body_of(region, UINT32_MAX), old);
}

void tidy_region(Raise *r) {
  Region *region = r->region;
  for (unsigned rounds = 0; rounds < 4096 && tidy_body(region, UINT32_MAX); rounds++)
    ;
  join_region_totals(r);
  roll_unrolled(region);
  roll_fills(region);
  reroll_sums(r);
  bundle_statements(r);
  split_iterators(region);
  shape_loops(region);
  drop_unused(region);
  reverse_loops(region);
}
