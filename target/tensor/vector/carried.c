// Scalars in which iterations hand on what they have loaded, as a delay line does and a loop that keeps the
// element before: the first iterations are written out in front of the loop, and the others load it again
// from where it came. Then nothing goes from one to the next, so that they can be lanes.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

enum { MOST_DISTANCE = 8, MOST_PEELED = 128 };

// What a scalar of the loop holds at a place of an iteration.
typedef struct Held {
  enum { HELD_OTHER, HELD_BEFORE, HELD_VALUE } kind;
  uint32_t what; // HELD_BEFORE: the scalar (array) whose value before the iteration it is; HELD_VALUE: a node
  uint32_t iterations; // HELD_VALUE: so many before
} Held;

typedef struct Carrier {
  Region *region;
  uint32_t loop, iterator;
  bool *handled; // by array: a scalar that the loop's statements only set, always
  bool *asked;   // by array: its value before the iteration is read
  Held *held;    // by array
  Held *before;  // by array: what the value before the iteration is
} Carrier;

static const Statement *statement_of(const Carrier *c, size_t item) {
  const Region *region = c->region;
  return &region->statements.data[region->loops.data[c->loop].body.data[item].index];
}

static uint32_t array_of(const Region *region, uint32_t access) {
  return region->accesses.data[access].array;
}

static bool is_plain(const Statement *s) {
  return s->reduction == IR_OP_COUNT && !s->guard_count && s->condition == NODE_NONE;
}

// --- what goes from iteration to iteration ----------------------------------------------------------------

// Finds the scalars that are handled; false: the loop has other loops in it.
static bool find_scalars(Carrier *c) {
  const Region *region = c->region;
  const Loop *l = &region->loops.data[c->loop];
  for (size_t i = 0; i < l->body.count; i++)
    if (l->body.data[i].loop)
      return false;
  for (size_t i = 0; i < l->body.count; i++)
    c->handled[array_of(region, statement_of(c, i)->target)] =
        is_scalar_access(region, statement_of(c, i)->target);
  for (size_t i = 0; i < l->body.count; i++)
    if (!is_plain(statement_of(c, i)))
      c->handled[array_of(region, statement_of(c, i)->target)] = false;
  return true;
}

// Whether a node is made of what does not change in the region, but for what the iterator chooses, and of few
// operations.
static bool is_lasting(const Carrier *c, uint32_t node, unsigned *operations) {
  const Region *region = c->region;
  const Node *n = &region->nodes.data[node];
  if (n->kind == NODE_LOAD) {
    const Access *access = &region->accesses.data[n->index];
    const Array *array = &region->arrays.data[access->array];
    return array->kind == ARRAY_MEMORY && !array->written && access->index == NODE_NONE;
  }
  if (n->kind == NODE_CALL || (n->kind == NODE_OPERATION && !(*operations)--))
    return false;
  for (uint32_t i = 0; i < n->operand_count; i++)
    if (!is_lasting(c, n->operands[i], operations))
      return false;
  return true;
}

static Held held_of(const Carrier *c, uint32_t value) {
  enum { MOST_OPERATIONS = 3 };
  const Node *n = &c->region->nodes.data[value];
  unsigned operations = MOST_OPERATIONS;
  if (n->kind == NODE_LOAD && c->handled[array_of(c->region, n->index)])
    return c->held[array_of(c->region, n->index)];
  return is_lasting(c, value, &operations) ? (Held){HELD_VALUE, value, 0} : (Held){HELD_OTHER, 0, 0};
}

static void begin_iteration(Carrier *c) {
  for (uint32_t a = 0; a < c->region->arrays.count; a++)
    c->held[a] = (Held){HELD_BEFORE, a, 0};
}

static void note_reads(Carrier *c, const Statement *s) {
  const Region *region = c->region;
  uint32_t index = region->accesses.data[s->target].index;
  for (uint32_t a = 0; a < region->arrays.count; a++)
    if (c->handled[a] && c->held[a].kind == HELD_BEFORE &&
        (statement_reads(region, s, a) || (index != NODE_NONE && node_reads(region, index, a))))
      c->asked[c->held[a].what] = true;
}

static void walk_iteration(Carrier *c) {
  const Loop *l = &c->region->loops.data[c->loop];
  begin_iteration(c);
  for (size_t i = 0; i < l->body.count; i++) {
    const Statement *s = statement_of(c, i);
    note_reads(c, s);
    if (c->handled[array_of(c->region, s->target)])
      c->held[array_of(c->region, s->target)] = held_of(c, s->value);
  }
}

// What scalars hold before an iteration: what was loaded so many before. *most: of all of them; 0: not all
// are known, or there are none.
static void find_before(Carrier *c, uint32_t *most) {
  *most = 0;
  for (uint32_t a = 0; a < c->region->arrays.count; a++) {
    uint32_t distance = 1, at = a;
    if (!c->asked[a])
      continue;
    for (; c->held[at].kind == HELD_BEFORE && distance <= MOST_DISTANCE; distance++)
      at = c->held[at].what;
    if (c->held[at].kind != HELD_VALUE || distance > MOST_DISTANCE) {
      *most = 0;
      return;
    }
    c->before[a] = (Held){HELD_VALUE, c->held[at].what, distance};
    *most = distance > *most ? distance : *most;
  }
}

// Whether something outside of the loop reads a scalar that it handles.
static bool is_read_behind(const Carrier *c) {
  const Region *region = c->region;
  for (size_t i = 0; i < region->live_outs.count; i++)
    if (c->handled[array_of(region, region->live_outs.data[i].access)])
      return true;
  bool *inside = ARENA_ARRAY(region->arena, bool, region->statements.count + 1);
  for (size_t i = 0; i < region->loops.data[c->loop].body.count; i++)
    inside[region->loops.data[c->loop].body.data[i].index] = true;
  for (uint32_t s = 0; s < region->statements.count; s++)
    for (uint32_t a = 0; a < region->arrays.count && !inside[s]; a++)
      if (c->handled[a] && region_has_statement(region, s) &&
          (statement_reads(region, &region->statements.data[s], a) ||
           (array_of(region, region->statements.data[s].target) == a &&
            region->statements.data[s].reduction != IR_OP_COUNT)))
        return true;
  return false;
}

static bool has_constant_steps(const Carrier *c) {
  const Region *region = c->region;
  for (size_t i = 0; i < region->accesses.count; i++)
    if (affine_coefficient(&region->accesses.data[i].offset, c->iterator).value != IR_NONE)
      return false;
  for (size_t i = 0; i < region->statements.count; i++)
    for (uint32_t k = 0; k < region->statements.data[i].guard_count; k++)
      if (affine_coefficient(&region->statements.data[i].guards[k], c->iterator).value != IR_NONE)
        return false;
  return true;
}

// --- copies -----------------------------------------------------------------------------------------------

// A copy of what iteration `by` does, or of what is done `by` iterations on.
typedef struct Copy {
  Carrier *c;
  bool on;
  int64_t by;
  uint32_t *made; // by node of before: NODE_NONE or the copy
} Copy;

static Copy copy_of(Carrier *c, bool on, int64_t by) {
  Copy copy = {.c = c, .on = on, .by = by};
  size_t count = c->region->nodes.count + 1;
  copy.made = ARENA_ARRAY(c->region->arena, uint32_t, count);
  for (size_t i = 0; i < count; i++)
    copy.made[i] = NODE_NONE;
  return copy;
}

static Affine copied_affine(const Copy *copy, const Affine *affine) {
  const Region *region = copy->c->region;
  Affine result = *affine;
  result.count = 0;
  result.terms = ARENA_ARRAY(region->arena, AffineTerm, affine->count + 1);
  for (uint32_t i = 0; i < affine->count; i++) {
    bool own = affine->terms[i].iterator == copy->c->iterator;
    if (own)
      result.constant = (int64_t)((uint64_t)result.constant +
                                  (uint64_t)affine->terms[i].coefficient.constant * (uint64_t)copy->by);
    if (!own || copy->on)
      result.terms[result.count++] = affine->terms[i];
  }
  return result;
}

static uint32_t copied_node(Copy *copy, uint32_t node);

static uint32_t copied_access(Copy *copy, uint32_t number) {
  Region *region = copy->c->region;
  Access access = region->accesses.data[number];
  access.offset = copied_affine(copy, &access.offset);
  if (access.index != NODE_NONE)
    access.index = copied_node(copy, access.index);
  VEC_PUSH(&region->accesses, access);
  return (uint32_t)region->accesses.count - 1;
}

static uint32_t push_node(Region *region, Node node) {
  VEC_PUSH(&region->nodes, node);
  return (uint32_t)region->nodes.count - 1;
}

// The iteration's number.
static uint32_t copied_iterator(const Copy *copy, Node iterator) {
  Region *region = copy->c->region;
  uint32_t number = push_node(region, (Node){.kind = NODE_CONSTANT, .type = IR_I64, .imm = copy->by});
  if (!copy->on)
    return number;
  Node sum = {.kind = NODE_OPERATION, .op = IR_ADD, .type = IR_I64, .operand_count = 2};
  sum.operands[0] = push_node(region, iterator);
  sum.operands[1] = number;
  return push_node(region, sum);
}

// What a scalar holds, of which later iterations are made, is loaded again.
static bool is_held(const Copy *copy, const Node *n, uint32_t *result) {
  const Carrier *c = copy->c;
  if (!copy->on || n->kind != NODE_LOAD || !c->handled[array_of(c->region, n->index)])
    return false;
  Held held = c->held[array_of(c->region, n->index)];
  if (held.kind == HELD_BEFORE)
    held = c->before[held.what];
  if (held.kind != HELD_VALUE)
    return false;
  Copy again = copy_of(copy->c, true, copy->by - held.iterations);
  *result = copied_node(&again, held.what);
  return true;
}

static uint32_t copied_node(Copy *copy, uint32_t number) {
  Region *region = copy->c->region;
  Node node = region->nodes.data[number];
  if (copy->made[number] != NODE_NONE)
    return copy->made[number];
  uint32_t result = NODE_NONE;
  if (node.kind == NODE_ITERATOR && node.index == copy->c->iterator) {
    result = copied_iterator(copy, node);
  } else if (!is_held(copy, &node, &result)) {
    for (uint32_t i = 0; i < node.operand_count; i++)
      node.operands[i] = copied_node(copy, node.operands[i]);
    if (node.kind == NODE_LOAD)
      node.index = copied_access(copy, node.index);
    result = push_node(region, node);
  }
  return copy->made[number] = result;
}

static Statement copied_statement(Copy *copy, const Statement *from) {
  Statement s = *from;
  s.value = copied_node(copy, s.value);
  if (s.condition != NODE_NONE)
    s.condition = copied_node(copy, s.condition);
  s.target = copied_access(copy, s.target);
  s.guards = ARENA_ARRAY(copy->c->region->arena, Affine, s.guard_count + 1);
  for (uint32_t i = 0; i < s.guard_count; i++)
    s.guards[i] = copied_affine(copy, &from->guards[i]);
  return s;
}

// --- the loop ---------------------------------------------------------------------------------------------

static size_t place_of(Region *region, uint32_t loop) {
  Body around = body_of(region, region->loops.data[loop].parent);
  size_t at = 0;
  while (!around.items[at].loop || around.items[at].index != loop)
    at++;
  return at;
}

// Writes out the first iterations in front of the loop.
static void peel(Carrier *c, uint32_t count) {
  Region *region = c->region;
  size_t at = place_of(region, c->loop);
  for (uint32_t i = 0; i < count; i++)
    for (size_t k = 0; k < region->loops.data[c->loop].body.count; k++) {
      Copy copy = copy_of(c, false, i);
      const Statement from = *statement_of(c, k);
      Statement s = copied_statement(&copy, &from);
      VEC_PUSH(&region->statements, s);
      body_insert(region, region->loops.data[c->loop].parent, at++,
                  (Item){false, (uint32_t)region->statements.count - 1});
    }
}

// The others: statements that set what is loaded again go.
static void go_on(Carrier *c, uint32_t count) {
  Region *region = c->region;
  begin_iteration(c);
  for (size_t k = 0; k < region->loops.data[c->loop].body.count;) {
    const Statement from = *statement_of(c, k);
    uint32_t array = array_of(region, from.target);
    Held held = c->handled[array] ? held_of(c, from.value) : (Held){HELD_OTHER, 0, 0};
    if (held.kind == HELD_OTHER) {
      Copy copy = copy_of(c, true, count);
      Statement s = copied_statement(&copy, &from);
      region->statements.data[region->loops.data[c->loop].body.data[k].index] = s;
      k++;
    } else {
      body_remove(region, c->loop, k);
    }
    if (c->handled[array])
      c->held[array] = held;
  }
}

static void shorten(Carrier *c, uint32_t count) {
  Region *region = c->region;
  Iterator *iterator = &region->iterators.data[c->iterator];
  iterator->entered = true;
  if (iterator->most)
    iterator->most -= count;
  if (iterator->extent.value == IR_NONE) {
    iterator->extent.constant -= count;
    return;
  }
  Builder b = region_before(region);
  IrValue more = build_const(&b, IR_I64, (int64_t)count + 1);
  IrValue enough = build_compare(&b, IR_ICMP, IR_SGE, iterator->extent.value, more);
  VEC_PUSH(&region->assumptions, enough);
  iterator->extent.value =
      build2(&b, IR_ADD, IR_I64, iterator->extent.value, build_const(&b, IR_I64, -(int64_t)count));
}

static void load_again(Region *region, uint32_t loop) {
  size_t arrays = region->arrays.count + 1;
  const Iterator *iterator = &region->iterators.data[region->loops.data[loop].iterator];
  Carrier c = {.region = region,
               .loop = loop,
               .iterator = region->loops.data[loop].iterator,
               .handled = ARENA_ARRAY(region->arena, bool, arrays),
               .asked = ARENA_ARRAY(region->arena, bool, arrays),
               .held = ARENA_ARRAY(region->arena, Held, arrays),
               .before = ARENA_ARRAY(region->arena, Held, arrays)};
  uint32_t count = 0;
  if (!find_scalars(&c))
    return;
  walk_iteration(&c);
  find_before(&c, &count);
  bool long_enough = iterator->extent.value != IR_NONE
                         ? !iterator->most || iterator->most > 4 * (int64_t)count
                         : iterator->extent.constant > 4 * (int64_t)count;
  if (!count || !long_enough || count * region->loops.data[loop].body.count > MOST_PEELED ||
      !has_constant_steps(&c) || is_read_behind(&c))
    return;
  peel(&c, count);
  go_on(&c, count);
  shorten(&c, count);
}

void load_carried(Region *region) {
  for (uint32_t l = 0; l < region->loops.count; l++)
    load_again(region, l);
}
