// What is the same in all iterations of a lanes' loop, computed before it.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

static bool written_within(const Region *region, uint32_t loop, uint32_t array) {
  const Loop *l = &region->loops.data[loop];
  bool written = false;
  for (size_t i = 0; i < l->body.count && !written; i++) {
    uint32_t index = l->body.data[i].index;
    written = l->body.data[i].loop
                  ? written_within(region, index, array)
                  : region->accesses.data[region->statements.data[index].target].array == array;
  }
  return written;
}

static bool takes_long(const Node *n) {
  return n->kind == NODE_CALL ||
         (n->kind == NODE_OPERATION && (n->op == IR_FDIV || n->op == IR_FSQRT || n->op == IR_SDIV ||
                                        n->op == IR_UDIV || n->op == IR_SREM || n->op == IR_UREM));
}

// What is computed whatever the lanes hold: all of a value but what selects choose.
static bool *always_computed(const Region *region, uint32_t root) {
  bool *reached = ARENA_ARRAY(region->arena, bool, root + 1);
  reached[root] = true;
  for (uint32_t i = root + 1; i-- > 0;) {
    const Node *n = &region->nodes.data[i];
    uint32_t count = is_operation(n, IR_SELECT) ? 1 : n->operand_count;
    for (uint32_t k = 0; reached[i] && k < count; k++)
      reached[n->operands[k]] = true;
  }
  return reached;
}

// Whether a load is the same in all iterations, and none of them stores there.
static bool is_fixed_load(const Mapper *m, uint32_t loop, const Node *n) {
  const Region *region = m->region;
  const Access *access = n->kind == NODE_LOAD ? &region->accesses.data[n->index] : NULL;
  if (!access || access->index != NODE_NONE || access->clipped ||
      region->arrays.data[access->array].kind == ARRAY_SCALAR || written_within(region, loop, access->array))
    return false;
  for (uint32_t i = 0; i < access->offset.count; i++)
    if (loop_within(region, region->iterators.data[access->offset.terms[i].iterator].loop, loop))
      return false;
  return true;
}

// Loads what is the same in all iterations once before them: also where a choice needs it again, it is a
// scalar then.
static void prepare_loads(Mapper *m, uint32_t loop, const Statement *s) {
  const Region *region = m->region;
  const Loop *l = &region->loops.data[loop];
  bool direct = false;
  for (size_t i = 0; i < l->body.count; i++)
    direct = direct || (!l->body.data[i].loop && &region->statements.data[l->body.data[i].index] == s);
  if (!direct || s->guard_count)
    return;
  uint32_t root = s->condition != NODE_NONE ? s->condition : s->value;
  const bool *always = always_computed(region, root);
  for (uint32_t i = 0; i <= root; i++) {
    const Node *n = &region->nodes.data[i];
    if (!always[i] || m->ready[i] != IR_NONE || !is_fixed_load(m, loop, n))
      continue;
    IrValue value = scalar_node(m, i);
    for (uint32_t k = 0; k < region->nodes.count; k++)
      if (region->nodes.data[k].kind == NODE_LOAD && region->nodes.data[k].index == n->index)
        m->ready[k] = value;
  }
  for (uint32_t i = 0; i < region->nodes.count; i++) {
    const Node *n = &region->nodes.data[i];
    bool reads = n->kind == NODE_LOAD && m->reads[i] && m->ready[i] == IR_NONE;
    bool masked = reads && m->masked[i];
    for (uint32_t k = 0; k < n->operand_count; k++) {
      reads = reads || m->reads[n->operands[k]];
      masked = masked || m->masked[n->operands[k]];
    }
    m->reads[i] = reads;
    m->masked[i] = masked;
  }
}

void vector_prepare(Mapper *m, uint32_t loop, const Statement *s) {
  const Region *region = m->region;
  prepare_loads(m, loop, s);
  uint32_t count = s->value + 1;
  bool *changes = ARENA_ARRAY(region->arena, bool, count), *reached = ARENA_ARRAY(region->arena, bool, count);
  for (uint32_t i = 0; i < count; i++) {
    const Node *n = &region->nodes.data[i];
    changes[i] =
        m->varies[i] || m->reads[i] ||
        (n->kind == NODE_ITERATOR && loop_within(region, region->iterators.data[n->index].loop, loop)) ||
        (n->kind == NODE_LOAD && written_within(region, loop, region->accesses.data[n->index].array));
    for (uint32_t k = 0; k < n->operand_count; k++)
      changes[i] = changes[i] || changes[n->operands[k]];
  }
  reached[s->value] = true;
  for (uint32_t i = count; i-- > 0;)
    for (uint32_t k = 0; reached[i] && k < region->nodes.data[i].operand_count; k++)
      reached[region->nodes.data[i].operands[k]] = true;
  for (uint32_t i = 0; i < count; i++)
    if (reached[i] && !changes[i] && m->ready[i] == IR_NONE && takes_long(&region->nodes.data[i])) {
      m->ready[i] = scalar_node(m, i);
      estimate_function(m, m->e.machine->fdiv_latency);
    }
}
