// Statements one after the other that add to the same element become one, which adds their sum: narrow
// numbers are added as such, and the lanes have one total less to keep.
#include "target/tensor/vector/map.h"

// Whether the statement adds an integer to an element that is the same in all iterations of its loop.
static bool is_plain_sum(const Region *region, const Item *item, uint32_t iterator) {
  if (item->loop)
    return false;
  const Statement *s = &region->statements.data[item->index];
  const Access *target = &region->accesses.data[s->target];
  return s->reduction == IR_ADD && !ir_is_float(target->type) && !s->guard_count &&
         s->condition == NODE_NONE && target->index == NODE_NONE && !affine_has(&target->offset, iterator);
}

static bool is_same_target(const Region *region, const Statement *x, const Statement *y) {
  const Access *a = &region->accesses.data[x->target], *b = &region->accesses.data[y->target];
  return a->array == b->array && a->type == b->type && affines_equal(&a->offset, &b->offset);
}

// Takes the operations of a value, shared ones as often as they are used, from those that may be; false: they
// are more.
static bool take_operations(const Region *region, uint32_t node, unsigned *left) {
  const Node *n = &region->nodes.data[node];
  if (!*left)
    return false;
  *left -= n->kind == NODE_OPERATION;
  for (uint32_t i = 0; i < n->operand_count; i++)
    if (!take_operations(region, n->operands[i], left))
      return false;
  return true;
}

static bool join_pair(Region *region, uint32_t loop, size_t at) {
  enum { MOST_OPERATIONS = 24 };
  unsigned left = MOST_OPERATIONS;
  Body body = body_of(region, loop);
  uint32_t iterator = region->loops.data[loop].iterator;
  if (!is_plain_sum(region, &body.items[at], iterator) ||
      !is_plain_sum(region, &body.items[at + 1], iterator))
    return false;
  Statement *first = &region->statements.data[body.items[at].index],
            *second = &region->statements.data[body.items[at + 1].index];
  if (!is_same_target(region, first, second) ||
      statement_reads(region, second, region->accesses.data[first->target].array) ||
      !take_operations(region, first->value, &left) || !take_operations(region, second->value, &left))
    return false;
  Node sum = {.kind = NODE_OPERATION,
              .op = IR_ADD,
              .type = region->accesses.data[first->target].type,
              .operand_count = 2,
              .operands = {first->value, second->value}};
  VEC_PUSH(&region->nodes, sum);
  first->value = (uint32_t)region->nodes.count - 1;
  body_remove(region, loop, at + 1);
  return true;
}

void join_sums(Region *region) {
  for (uint32_t l = 0; l < region->loops.count; l++)
    for (size_t at = 0; at + 1 < region->loops.data[l].body.count;)
      at += !join_pair(region, l, at);
}
