// What stands behind a step's totals (the store of a row's sum, a root and a division before it) is done in
// the next step, behind that one's totals: issue is in order, and would otherwise wait for what the vector
// unit puts together last. The first time it is done for no step yet, at the place of the first one, which
// follows.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

static const Statement *statement_at(const Region *region, const Loop *loop, size_t item) {
  return &region->statements.data[loop->body.data[item].index];
}

// Whether another statement in the loop accesses the array that the statement stores to.
static bool is_shared(const Region *region, const StatementList *list, const Statement *store) {
  uint32_t array = region->accesses.data[store->target].array;
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &region->statements.data[list->data[i]];
    if (statement_reads(region, s, array) || (s != store && region->accesses.data[s->target].array == array))
      return true;
  }
  return false;
}

static bool is_written(const Region *region, const StatementList *list, uint32_t array) {
  for (size_t i = 0; i < list->count; i++)
    if (region->accesses.data[region->statements.data[list->data[i]].target].array == array)
      return true;
  return false;
}

// Whether the value can be computed a step later from scalars that are kept, which are added to the tail's.
static bool can_wait(const Mapper *m, const StatementList *list, const Statement *s, Tail *tail) {
  const Region *region = m->region;
  bool *reached = ARENA_ARRAY(region->arena, bool, s->value + 1);
  reached[s->value] = true;
  for (uint32_t i = s->value + 1; i-- > 0;) {
    const Node *n = &region->nodes.data[i];
    for (uint32_t k = 0; reached[i] && k < region->nodes.data[i].operand_count; k++)
      reached[region->nodes.data[i].operands[k]] = true;
    if (!reached[i] || n->kind != NODE_LOAD)
      continue;
    const Access *access = &region->accesses.data[n->index];
    bool scalar = region->arrays.data[access->array].kind == ARRAY_SCALAR, known = false;
    if (access->index != NODE_NONE || (!scalar && is_written(region, list, access->array)))
      return false;
    for (uint32_t t = 0; t < tail->count; t++)
      known = known || tail->arrays[t] == access->array;
    if (!scalar || known)
      continue;
    if (tail->count == TAIL_SCALARS)
      return false;
    tail->types[tail->count] = access->type;
    tail->arrays[tail->count++] = access->array;
  }
  return true;
}

static bool has_totals(Mapper *m, const Loop *lanes, uint32_t number) {
  StatementList list = {0};
  uint32_t loops = 0;
  bool totals = false;
  collect_statements(m->region, number, &list, &loops);
  m->lane = lanes->iterator;
  for (size_t i = 0; i < list.count; i++)
    totals = totals || is_total(m, &m->region->statements.data[list.data[i]]);
  m->lane = UINT32_MAX;
  VEC_FREE(&list);
  return totals;
}

static bool find_tail(Mapper *m, uint32_t loop, Tail *tail) {
  const Region *region = m->region;
  const Loop *l = &region->loops.data[loop];
  size_t first = l->body.count;
  while (first > 0 && !l->body.data[first - 1].loop)
    first--;
  if (!m->stage || m->lane != UINT32_MAX || first == l->body.count || first == 0)
    return false;
  uint32_t lanes = l->body.data[first - 1].index;
  if (!m->chosen[lanes] || !has_totals(m, &region->loops.data[lanes], lanes))
    return false;
  StatementList list = {0};
  uint32_t loops = 0;
  *tail = (Tail){.loop = loop, .first = first};
  collect_statements(region, loop, &list, &loops);
  bool found = true;
  for (size_t i = first; i < l->body.count && found; i++) {
    const Statement *s = statement_at(region, l, i);
    found = !is_scalar_access(region, s->target) && s->reduction == IR_OP_COUNT && !s->guard_count &&
            s->condition == NODE_NONE && region->accesses.data[s->target].index == NODE_NONE &&
            !is_shared(region, &list, s) && can_wait(m, &list, s, tail);
  }
  VEC_FREE(&list);
  return found && tail->count;
}

bool tail_open(Mapper *m, uint32_t loop) {
  enum { SPARE_VARIABLES = 16 };
  Tail tail;
  if (m->tail.loop != UINT32_MAX || m->e.variable_count + SPARE_VARIABLES > EMITTER_VARIABLES ||
      !find_tail(m, loop, &tail))
    return false;
  tail.iterator = emit_variable(&m->e, m->e.variables[m->iterators[m->region->loops.data[loop].iterator]]);
  for (uint32_t i = 0; i < tail.count; i++) {
    IrOp op = ir_is_float(tail.types[i]) ? IR_FCONST : IR_CONST;
    tail.kept[i] = emit_variable(&m->e, ir_leaf(m->region->function, op, tail.types[i], 0));
  }
  m->tail = tail;
  return true;
}

static void exchange(Mapper *m, uint32_t a, uint32_t b) {
  IrValue swap = m->e.variables[a];
  m->e.variables[a] = m->e.variables[b];
  m->e.variables[b] = swap;
}

// The variables of the step before take the places of this one's, or back.
static void exchange_steps(Mapper *m) {
  const Tail *tail = &m->tail;
  exchange(m, m->iterators[m->region->loops.data[tail->loop].iterator], tail->iterator);
  for (uint32_t i = 0; i < tail->count; i++)
    exchange(m, m->scalars[tail->arrays[i]], tail->kept[i]);
}

void tail_step(Mapper *m) {
  const Tail *tail = &m->tail;
  const Loop *l = &m->region->loops.data[tail->loop];
  exchange_steps(m);
  map_body(m, l->body.data + tail->first, l->body.count - tail->first);
  exchange_steps(m);
  m->e.variables[tail->iterator] = m->e.variables[m->iterators[l->iterator]];
  for (uint32_t i = 0; i < tail->count; i++)
    m->e.variables[tail->kept[i]] = m->e.variables[m->scalars[tail->arrays[i]]];
}

void tail_close(Mapper *m) {
  const Tail *tail = &m->tail;
  const Loop *l = &m->region->loops.data[tail->loop];
  exchange_steps(m);
  map_body(m, l->body.data + tail->first, l->body.count - tail->first);
  exchange_steps(m);
  m->e.variable_count = tail->iterator;
  m->tail.loop = UINT32_MAX;
}
