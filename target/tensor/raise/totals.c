// Sums that were kept apart, in several totals that are added up behind their loops, are one total again
// where the order of its additions is free.
#include "target/tensor/raise/raise.h"

#include <string.h>

enum { MOST_PARTS = 32 };

// The values that a sum is made of.
typedef struct Parts {
  IrOp op; // IR_ADD, IR_FADD
  IrType type;
  uint8_t flags;
  uint32_t count;
  uint32_t nodes[MOST_PARTS];
} Parts;

static bool has_free_order(const Node *n) {
  return is_operation(n, IR_ADD) || (is_operation(n, IR_FADD) && (n->flags & IR_REASSOCIATE));
}

static bool read_parts(const Region *region, uint32_t node, Parts *parts) {
  const Node *n = &region->nodes.data[node];
  if (is_operation(n, parts->op) && n->flags == parts->flags)
    return read_parts(region, n->operands[0], parts) && read_parts(region, n->operands[1], parts);
  if (parts->count == MOST_PARTS)
    return false;
  parts->nodes[parts->count++] = node;
  return true;
}

static uint32_t sum_of(Raise *r, const Parts *parts) {
  uint32_t sum = parts->nodes[0];
  for (uint32_t i = 1; i < parts->count; i++) {
    sum = node_binary(r, parts->op, parts->type, sum, parts->nodes[i]);
    r->region->nodes.data[sum].flags = parts->flags;
  }
  return sum;
}

static uint32_t array_of(const Region *region, uint32_t access) {
  return region->accesses.data[access].array;
}

static bool touches(const Region *region, const Statement *s, uint32_t array) {
  uint32_t index = region->accesses.data[s->target].index;
  return array_of(region, s->target) == array || node_reads(region, s->value, array) ||
         (s->condition != NODE_NONE && node_reads(region, s->condition, array)) ||
         (index != NODE_NONE && node_reads(region, index, array));
}

// --- one total of two

// What the statements of items do with a total.
typedef struct Uses {
  uint32_t begins, adds, others;
} Uses;

static void count_uses(const Region *region, const Item *items, size_t count, uint32_t array, IrOp op,
                       Uses *uses) {
  for (size_t i = 0; i < count; i++) {
    if (items[i].loop) {
      const Loop *loop = &region->loops.data[items[i].index];
      count_uses(region, loop->body.data, loop->body.count, array, op, uses);
      continue;
    }
    const Statement *s = &region->statements.data[items[i].index];
    if (!touches(region, s, array))
      continue;
    bool own = array_of(region, s->target) == array && !node_reads(region, s->value, array) &&
               (s->condition == NODE_NONE || !node_reads(region, s->condition, array));
    bool adds = s->reduction == op || (op == IR_FADD && s->reduction == IR_FMA);
    if (own && adds && s->reassociable)
      uses->adds++;
    else if (own && s->reduction == IR_OP_COUNT && !s->guard_count && s->condition == NODE_NONE)
      uses->begins++;
    else
      uses->others++;
  }
}

// Where in front of item `at` the total is set to zero, and then only added to, until that item reads it, as
// nothing else does; SIZE_MAX: it is not so.
static size_t begin_of_total(const Region *region, const Item *items, size_t at, uint32_t access, IrOp op) {
  uint32_t array = array_of(region, access);
  Uses all = {0}, before = {0};
  count_uses(region, region->body.data, region->body.count, array, op, &all);
  count_uses(region, items, at, array, op, &before);
  if (all.begins != 1 || all.others != 1 || before.begins != 1 || before.others || before.adds != all.adds)
    return SIZE_MAX;
  for (size_t i = 0; i < at; i++) {
    const Statement *s = &region->statements.data[items[i].index];
    if (items[i].loop || array_of(region, s->target) != array || s->reduction != IR_OP_COUNT) {
      Uses here = {0};
      count_uses(region, &items[i], 1, array, op, &here);
      if (here.adds || here.begins)
        return SIZE_MAX; // it is begun later, or in a loop
      continue;
    }
    const Node *value = &region->nodes.data[s->value];
    return value->kind == NODE_CONSTANT && value->imm == 0 ? i : SIZE_MAX;
  }
  return SIZE_MAX;
}

// One element all over, which nothing reads behind the region.
static bool is_inner_scalar(const Region *region, uint32_t access) {
  uint32_t array = array_of(region, access);
  if (region->arrays.data[array].kind != ARRAY_SCALAR)
    return false;
  for (size_t i = 0; i < region->accesses.count; i++)
    if (region->accesses.data[i].array == array &&
        !affines_equal(&region->accesses.data[i].offset, &region->accesses.data[access].offset))
      return false;
  for (size_t i = 0; i < region->live_outs.count; i++)
    if (array_of(region, region->live_outs.data[i].access) == array)
      return false;
  return true;
}

// Whether a node is the load of a total, begun at *begin.
static bool is_total(const Region *region, const Item *items, size_t at, uint32_t node, IrOp op,
                     size_t *begin) {
  const Node *n = &region->nodes.data[node];
  if (n->kind != NODE_LOAD || !is_inner_scalar(region, n->index))
    return false;
  *begin = begin_of_total(region, items, at, n->index, op);
  return *begin != SIZE_MAX;
}

static void rename_array(Region *region, uint32_t from, uint32_t to) {
  for (size_t i = 0; i < region->accesses.count; i++)
    if (region->accesses.data[i].array == from)
      region->accesses.data[i].array = to;
}

// Two totals in a sum of a statement.
typedef struct Pair {
  uint32_t into, from; // parts
  size_t begins[2];    // items that set them to zero
} Pair;

static bool find_pair(const Region *region, const Item *items, size_t at, const Parts *parts, Pair *pair) {
  bool any = false;
  for (uint32_t i = 0; i < parts->count; i++) {
    size_t begin = 0;
    if (!is_total(region, items, at, parts->nodes[i], parts->op, &begin))
      continue;
    pair->from = i;
    pair->begins[any] = begin;
    if (any)
      return true;
    any = true;
    pair->into = i;
  }
  return false;
}

// Whether the statement reads an array in nothing but that part of the sum.
static bool reads_only_in_sum(Raise *r, const Statement *s, uint32_t sum, const Parts *parts, uint32_t part) {
  Region *region = r->region;
  uint32_t array = array_of(region, region->nodes.data[parts->nodes[part]].index);
  uint32_t nothing = node_constant(r, parts->type, 0);
  if (node_reads(region, node_replaced(r, s->value, sum, nothing), array) ||
      array_of(region, s->target) == array ||
      (s->condition != NODE_NONE && node_reads(region, s->condition, array)))
    return false;
  for (uint32_t i = 0; i < parts->count; i++)
    if (i != part && node_reads(region, parts->nodes[i], array))
      return false;
  return true;
}

// Whether both are zero before anything is added to either.
static bool begin_together(const Region *region, const Item *items, const Pair *pair, uint32_t x, uint32_t y,
                           IrOp op) {
  size_t first = pair->begins[0], last = pair->begins[1];
  if (first > last) {
    first = last;
    last = pair->begins[0];
  }
  Uses between = {0};
  count_uses(region, items + first, last - first, x, op, &between);
  count_uses(region, items + first, last - first, y, op, &between);
  return between.adds == 0;
}

static bool join_totals(Raise *r, uint32_t parent, size_t at, uint32_t node) {
  Region *region = r->region;
  const Node n = region->nodes.data[node];
  Parts parts = {.op = (IrOp)n.op, .type = n.type, .flags = n.flags};
  Pair pair = {0};
  const Item *items = body_of(region, parent).items;
  if (!read_parts(region, node, &parts) || !find_pair(region, items, at, &parts, &pair))
    return false;
  Statement *s = &region->statements.data[items[at].index];
  uint32_t into = region->nodes.data[parts.nodes[pair.into]].index,
           from = region->nodes.data[parts.nodes[pair.from]].index;
  uint32_t x = array_of(region, into), y = array_of(region, from);
  if (!affines_equal(&region->accesses.data[into].offset, &region->accesses.data[from].offset) ||
      !begin_together(region, items, &pair, x, y, parts.op) ||
      !reads_only_in_sum(r, s, node, &parts, pair.into) || !reads_only_in_sum(r, s, node, &parts, pair.from))
    return false;
  parts.nodes[pair.from] = parts.nodes[--parts.count];
  s->value = node_replaced(r, s->value, node, sum_of(r, &parts));
  rename_array(region, y, x);
  body_remove(region, parent, pair.begins[1]);
  return true;
}

// The outermost sums in a value.
static bool join_in_value(Raise *r, uint32_t parent, size_t at, uint32_t value) {
  bool *reached = ARENA_ARRAY(r->arena, bool, value + 1);
  reached[value] = true;
  for (uint32_t i = value + 1; i-- > 0;) {
    const Node n = r->region->nodes.data[i];
    bool sum = reached[i] && has_free_order(&n);
    if (sum && join_totals(r, parent, at, i))
      return true;
    for (uint32_t k = 0; reached[i] && !sum && k < n.operand_count; k++)
      reached[n.operands[k]] = true;
  }
  return false;
}

static void join_in_body(Raise *r, uint32_t parent) {
  Region *region = r->region;
  for (size_t at = 0; at < body_of(region, parent).count; at++) {
    Item item = body_of(region, parent).items[at];
    if (item.loop)
      join_in_body(r, item.index);
    else
      while (join_in_value(r, parent, at, region->statements.data[item.index].value))
        at--; // an item in front of it has gone
  }
}

void join_region_totals(Raise *r) {
  join_in_body(r, UINT32_MAX);
}
