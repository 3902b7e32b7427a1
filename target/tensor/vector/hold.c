// Elements that the loops within add to or choose, again and again, in memory: as loops look that MLIR makes
// of products and pooling. They become scalars, which are set in front of these loops and stored behind them,
// so that lanes keep them in registers.
#include "target/tensor/vector/map.h"

#include <string.h>

typedef struct Holder {
  Region *region;
  bool *inside, *outside; // nodes that statements of the loop reach, and all others
  size_t scalars;
} Holder;

static bool is_plain_set(const Statement *s) {
  return s->reduction == IR_OP_COUNT && !s->guard_count && s->condition == NODE_NONE;
}

static bool same_element(const Region *region, uint32_t x, uint32_t y) {
  const Access *a = &region->accesses.data[x], *b = &region->accesses.data[y];
  return a->array == b->array && a->type == b->type && a->index == NODE_NONE && b->index == NODE_NONE &&
         affines_equal(&a->offset, &b->offset);
}

static void mark_node(const Region *region, uint32_t root, bool *reached) {
  if (root == NODE_NONE)
    return;
  reached[root] = true;
  for (uint32_t i = root + 1; i-- > 0;) {
    const Node *n = &region->nodes.data[i];
    for (uint32_t k = 0; reached[i] && k < n->operand_count; k++)
      reached[n->operands[k]] = true;
    if (reached[i] && n->kind == NODE_LOAD && region->accesses.data[n->index].index != NODE_NONE)
      reached[region->accesses.data[n->index].index] = true;
  }
}

static void mark_items(const Holder *h, const Item *items, size_t count, uint32_t loop, bool within) {
  for (size_t i = 0; i < count; i++) {
    if (items[i].loop) {
      const Loop *l = &h->region->loops.data[items[i].index];
      mark_items(h, l->body.data, l->body.count, loop, within || items[i].index == loop);
      continue;
    }
    const Statement *s = &h->region->statements.data[items[i].index];
    bool *reached = within ? h->inside : h->outside;
    mark_node(h->region, s->value, reached);
    mark_node(h->region, s->condition, reached);
    mark_node(h->region, h->region->accesses.data[s->target].index, reached);
  }
}

// Whether all that a loop's statements store to the element's array is the element; *certain: in each
// iteration of the loop around it.
static bool stores_fit(const Region *region, uint32_t loop, uint32_t element, bool entered, bool *certain) {
  const Loop *l = &region->loops.data[loop];
  entered = entered && region->iterators.data[l->iterator].entered;
  for (size_t i = 0; i < l->body.count; i++) {
    const Item item = l->body.data[i];
    if (item.loop) {
      if (!stores_fit(region, item.index, element, entered, certain))
        return false;
      continue;
    }
    const Statement *s = &region->statements.data[item.index];
    if (region->accesses.data[s->target].array != region->accesses.data[element].array)
      continue;
    if (!same_element(region, s->target, element))
      return false;
    *certain = *certain || (entered && !s->guard_count && s->condition == NODE_NONE);
  }
  return true;
}

// Whether the loop's statements load nothing else of the element's array, by nodes of their own.
static bool loads_fit(const Holder *h, uint32_t element) {
  const Region *region = h->region;
  for (size_t i = 0; i < region->nodes.count; i++) {
    const Node *n = &region->nodes.data[i];
    if (h->inside[i] && n->kind == NODE_LOAD &&
        region->accesses.data[n->index].array == region->accesses.data[element].array &&
        (h->outside[i] || !same_element(region, n->index, element)))
      return false;
  }
  return true;
}

static bool stays(const Region *region, uint32_t loop, const Access *a) {
  for (uint32_t i = 0; i < a->offset.count; i++)
    if (loop_within(region, region->iterators.data[a->offset.terms[i].iterator].loop, loop))
      return false;
  return a->index == NODE_NONE && a->type != IR_BFLOAT && region->arrays.data[a->array].kind == ARRAY_MEMORY;
}

static Quantity times(Region *region, Quantity x, Quantity y) {
  Builder b = region_before(region);
  if (x.value == IR_NONE && y.value == IR_NONE)
    return (Quantity){IR_NONE, x.constant * y.constant};
  IrValue p = x.value == IR_NONE ? ir_leaf(b.f, IR_CONST, IR_I64, x.constant) : x.value;
  IrValue q = y.value == IR_NONE ? ir_leaf(b.f, IR_CONST, IR_I64, y.constant) : y.value;
  return (Quantity){build2(&b, IR_MUL, IR_I64, p, q), 0};
}

// A scalar for each iteration of these loops.
static uint32_t new_scalar(Region *region, IrType type, uint32_t loop) {
  Array array = {.kind = ARRAY_SCALAR, .base = IR_NONE, .size = -1, .written = true};
  VEC_PUSH(&region->arrays, array);
  Access access = {.array = (uint32_t)region->arrays.count - 1, .type = type, .index = NODE_NONE};
  access.offset.invariant = IR_NONE;
  access.offset.terms = ARENA_ARRAY(region->arena, AffineTerm, region->iterators.count + 1);
  Quantity stride = {IR_NONE, 1};
  for (; loop != UINT32_MAX; loop = region->loops.data[loop].parent) {
    uint32_t iterator = region->loops.data[loop].iterator, at = access.offset.count++;
    for (; at > 0 && access.offset.terms[at - 1].iterator > iterator; at--)
      access.offset.terms[at] = access.offset.terms[at - 1];
    access.offset.terms[at] = (AffineTerm){iterator, stride};
    if (region->loops.data[loop].parent != UINT32_MAX)
      stride = times(region, stride, region->iterators.data[iterator].extent);
  }
  VEC_PUSH(&region->accesses, access);
  return (uint32_t)region->accesses.count - 1;
}

static void rename_targets(Region *region, uint32_t loop, uint32_t element, uint32_t scalar) {
  const Loop *l = &region->loops.data[loop];
  for (size_t i = 0; i < l->body.count; i++) {
    Statement *s = l->body.data[i].loop ? NULL : &region->statements.data[l->body.data[i].index];
    if (!s)
      rename_targets(region, l->body.data[i].index, element, scalar);
    else if (same_element(region, s->target, element))
      s->target = scalar;
  }
}

// to := from, as an item of the loop's body.
static void insert_copy(Region *region, uint32_t loop, size_t at, uint32_t to, uint32_t from,
                        IrValue source) {
  Node load = {.kind = NODE_LOAD, .type = region->accesses.data[from].type, .index = from};
  VEC_PUSH(&region->nodes, load);
  Statement copy = {.target = to,
                    .value = (uint32_t)region->nodes.count - 1,
                    .reduction = IR_OP_COUNT,
                    .condition = NODE_NONE,
                    .source = source};
  VEC_PUSH(&region->statements, copy);
  Loop *l = &region->loops.data[loop];
  Item item = {false, (uint32_t)region->statements.count - 1};
  VEC_PUSH(&l->body, item);
  memmove(l->body.data + at + 1, l->body.data + at, (l->body.count - 1 - at) * sizeof item);
  l->body.data[at] = item;
}

// The element of the statement, which is in the loop that is item `at` of another one.
static bool hold(Holder *h, uint32_t around, size_t at, const Statement *statement) {
  Region *region = h->region;
  const Item *items = region->loops.data[around].body.data;
  const uint32_t loop = items[at].index, element = statement->target;
  const IrValue source = statement->source;
  bool certain = false;
  if (!stays(region, loop, &region->accesses.data[element]) ||
      !stores_fit(region, loop, element, true, &certain))
    return false;
  Statement *set = at > 0 && !items[at - 1].loop ? &region->statements.data[items[at - 1].index] : NULL;
  bool begins = set && is_plain_set(set) && same_element(region, set->target, element);
  h->inside = ARENA_ARRAY(region->arena, bool, region->nodes.count + 1);
  h->outside = ARENA_ARRAY(region->arena, bool, region->nodes.count + 1);
  mark_items(h, region->body.data, region->body.count, loop, false);
  if ((!begins && !certain) || !loads_fit(h, element))
    return false;
  uint32_t scalar = new_scalar(region, region->accesses.data[element].type, around);
  for (size_t i = 0; i < region->nodes.count; i++) {
    Node *n = &region->nodes.data[i];
    if (h->inside[i] && n->kind == NODE_LOAD && same_element(region, n->index, element))
      n->index = scalar;
  }
  rename_targets(region, loop, element, scalar);
  if (begins)
    set->target = scalar;
  insert_copy(region, around, at + 1, element, scalar, source);
  if (!begins)
    insert_copy(region, around, at, scalar, element, source);
  return true;
}

static const Statement *next_to_hold(const Region *region, uint32_t loop, uint32_t *number) {
  const Loop *l = &region->loops.data[loop];
  for (size_t i = 0; i < l->body.count; i++) {
    const Item item = l->body.data[i];
    const Statement *found = item.loop ? next_to_hold(region, item.index, number) : NULL;
    if (!item.loop && (*number)-- == 0)
      found = &region->statements.data[item.index];
    if (found)
      return found;
  }
  return NULL;
}

static void hold_within(Holder *h, uint32_t loop) {
  Region *region = h->region;
  for (size_t at = 0; at < region->loops.data[loop].body.count; at++) {
    Item item = region->loops.data[loop].body.data[at];
    for (uint32_t k = 0; item.loop && region->iterators.count + h->scalars + 32 < EMITTER_VARIABLES; k++) {
      uint32_t number = k;
      const Statement *s = next_to_hold(region, item.index, &number);
      if (!s)
        break;
      if (hold(h, loop, at, s)) {
        h->scalars++;
        while (!region->loops.data[loop].body.data[at].loop ||
               region->loops.data[loop].body.data[at].index != item.index)
          at++;
      }
    }
    if (item.loop)
      hold_within(h, item.index);
  }
}

void hold_elements(Region *region) {
  Holder h = {.region = region};
  for (size_t i = 0; i < region->arrays.count; i++)
    h.scalars += region->arrays.data[i].kind == ARRAY_SCALAR;
  for (size_t i = 0; i < region->body.count; i++)
    if (region->body.data[i].loop)
      hold_within(&h, region->body.data[i].index);
}
