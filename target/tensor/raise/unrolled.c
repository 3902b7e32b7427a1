// Loops that were unrolled, by compilers, by hand, or since elements have parts (pixels have colours): where
// the statements of a loop do the same, one after the other, with elements that follow one another, and the
// next iteration goes on behind them, there is one statement and the loop goes from element to element. What
// is done, and in which order, stays as it is.
#include "target/tensor/raise/alike.h"

#include <string.h>

enum { MOST_STATEMENTS = 64, MOST_LOADS = 8 };

// What the first statement's accesses move by from statement to statement.
typedef struct Steps {
  int64_t target;
  int64_t loads[MOST_LOADS]; // in the order in which they are met
  unsigned count;
} Steps;

static const Statement *statement_of(const Region *region, const Loop *loop, size_t at) {
  return &region->statements.data[loop->body.data[at].index];
}

static const Access *target_of(const Region *region, const Statement *s) {
  return &region->accesses.data[s->target];
}

static bool is_plain(const Access *access) {
  return access->index == NODE_NONE && !access->clipped && !access->early;
}

// Whether statement `at` is the first one, moved by so many steps; the second one says how far a step is.
static bool is_moved(const Region *region, const Loop *loop, size_t at, Steps *steps) {
  const Statement *first = statement_of(region, loop, 0), *s = statement_of(region, loop, at);
  const Access *from = target_of(region, first), *to = target_of(region, s);
  int64_t moved[MOST_LOADS] = {0}, target;
  Likeness l = {.region = region, .moved = moved, .most = MOST_LOADS};
  if (s->reduction != first->reduction || s->reassociable != first->reassociable || s->guard_count ||
      s->condition != NODE_NONE || !is_plain(to) || !places_alike(&l, from, to) ||
      !expressions_alike(&l, first->value, s->value))
    return false;
  target = (int64_t)((uint64_t)to->offset.constant - (uint64_t)from->offset.constant);
  if (at == 1) {
    steps->target = target;
    steps->count = l.loads;
    memcpy(steps->loads, moved, sizeof moved);
  }
  bool same = target == (int64_t)((uint64_t)steps->target * at);
  for (unsigned i = 0; i < l.loads; i++)
    same = same && moved[i] == (int64_t)((uint64_t)steps->loads[i] * at);
  return same;
}

// Whether an access goes on in the next iteration where `count` steps have led to. Sets its step, if there is
// one to be set.
static bool goes_on(const Access *access, uint32_t iterator, size_t count, int64_t step) {
  Quantity stride = affine_coefficient(&access->offset, iterator);
  return is_plain(access) && stride.value == IR_NONE && stride.constant == (int64_t)((uint64_t)step * count);
}

// The loads of the first statement, in the order in which they are compared. False: something else depends on
// the iterator, or a load does not go on.
static bool loads_go_on(const Region *region, uint32_t node, uint32_t iterator, size_t count,
                        const Steps *steps, unsigned *next) {
  const Node *n = &region->nodes.data[node];
  if (n->kind == NODE_ITERATOR)
    return n->index != iterator;
  if (n->kind == NODE_LOAD)
    return goes_on(&region->accesses.data[n->index], iterator, count, steps->loads[(*next)++]);
  for (uint32_t k = 0; k < n->operand_count; k++)
    if (!loads_go_on(region, n->operands[k], iterator, count, steps, next))
      return false;
  return true;
}

static bool is_unrolled(const Region *region, const Loop *loop, Steps *steps) {
  size_t count = loop->body.count;
  if (count < 2 || count > MOST_STATEMENTS)
    return false;
  for (size_t i = 0; i < count; i++)
    if (loop->body.data[i].loop)
      return false;
  const Statement *first = statement_of(region, loop, 0);
  if (first->guard_count || first->condition != NODE_NONE)
    return false;
  for (size_t i = 1; i < count; i++)
    if (!is_moved(region, loop, i, steps))
      return false;
  unsigned next = 0;
  return steps->target && goes_on(target_of(region, first), loop->iterator, count, steps->target) &&
         loads_go_on(region, first->value, loop->iterator, count, steps, &next);
}

// Accesses that are met several times move once: their step has been set then.
static void set_step(const Region *region, Affine *offset, uint32_t iterator, int64_t step) {
  AffineTerm *terms = ARENA_ARRAY(region->arena, AffineTerm, offset->count + 1);
  for (uint32_t i = 0; i < offset->count; i++) {
    terms[i] = offset->terms[i];
    if (terms[i].iterator == iterator)
      terms[i].coefficient.constant = step;
  }
  offset->terms = terms;
}

static void set_loads(Region *region, uint32_t node, uint32_t iterator, const Steps *steps, unsigned *next) {
  const Node *n = &region->nodes.data[node];
  if (n->kind == NODE_LOAD)
    set_step(region, &region->accesses.data[n->index].offset, iterator, steps->loads[(*next)++]);
  for (uint32_t k = 0; k < n->operand_count; k++)
    set_loads(region, n->operands[k], iterator, steps, next);
}

// An extent below zero is no iteration, and would be one in a product that wraps.
static Quantity extent_times(Region *region, Quantity extent, int64_t count) {
  if (extent.value == IR_NONE)
    return (Quantity){IR_NONE, extent.constant * count};
  Builder b = region_before(region);
  IrValue some = build2(&b, IR_SMAX, IR_I64, extent.value, build_const(&b, IR_I64, 0));
  return (Quantity){build2(&b, IR_MUL, IR_I64, some, build_const(&b, IR_I64, count)), 0};
}

void roll_unrolled(Region *region) {
  for (uint32_t l = 0; l < region->loops.count; l++) {
    Loop *loop = &region->loops.data[l];
    Steps steps = {0};
    if (!is_unrolled(region, loop, &steps))
      continue;
    int64_t count = (int64_t)loop->body.count;
    const Statement *first = statement_of(region, loop, 0);
    Iterator *iterator = &region->iterators.data[loop->iterator];
    unsigned next = 0;
    set_step(region, &region->accesses.data[first->target].offset, loop->iterator, steps.target);
    set_loads(region, first->value, loop->iterator, &steps, &next);
    iterator->extent = extent_times(region, iterator->extent, count);
    iterator->most *= count;
    loop->body.count = 1;
  }
}
