// The totals of a loop's lanes: where they begin, and what is done with them behind the loop.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

Total *totals_find(Mapper *m, uint32_t access) {
  LaneLoop *lanes = m->totals;
  for (size_t i = 0; i < lanes->totals.count; i++)
    if (lanes->totals.data[i].access == access)
      return &lanes->totals.data[i];
  return NULL;
}

bool totals_wait(const Mapper *m) {
  for (size_t i = 0; i < m->totals->totals.count; i++)
    if (m->e.variables[m->totals->totals.data[i].variable] == IR_NONE)
      return true;
  return false;
}

static IrValue old_total(Mapper *m, const Access *access) {
  if (m->region->arrays.data[access->array].kind == ARRAY_SCALAR)
    return m->e.variables[m->scalars[access->array]];
  return build_load(&m->e.builder, access->type, access_address(m, access));
}

// Whether the code of a strip is so short that the first one may have its own.
static bool is_short(const Region *region, const StatementList *list) {
  enum { MOST_NODES = 8 };
  unsigned count = 0;
  for (size_t i = 0; i < list->count; i++) {
    uint32_t root = region->statements.data[list->data[i]].value;
    bool *reached = ARENA_ARRAY(region->arena, bool, root + 1);
    reached[root] = true;
    for (uint32_t n = root + 1; n-- > 0;) {
      const Node *node = &region->nodes.data[n];
      count += reached[n] ? (node->kind == NODE_CALL ? MOST_NODES : 1) : 0;
      for (uint32_t k = 0; reached[n] && k < node->operand_count; k++)
        reached[node->operands[k]] = true;
    }
  }
  return count <= MOST_NODES;
}

// Whether the first strip gives what the total begins with: each strip gives it something in all its lanes,
// once, and strips are made one after the other to the end.
static bool opens_with_strip(Mapper *m, uint32_t loop, const StatementList *list, const Statement *s,
                             bool *single) {
  const Region *region = m->region;
  const Quantity *extent = &region->iterators.data[region->loops.data[loop].iterator].extent;
  unsigned count = 0;
  bool direct = false;
  for (size_t i = 0; i < list->count; i++)
    count += region->statements.data[list->data[i]].target == s->target;
  for (size_t i = 0; i < region->loops.data[loop].body.count; i++) {
    const Item *item = &region->loops.data[loop].body.data[i];
    direct = direct || (!item->loop && &region->statements.data[item->index] == s);
  }
  *single = extent->value == IR_NONE && strip_length(m, loop) == extent->constant;
  // A maximum of several strips that is asked for at once gains nothing: the unit waits for it longer than
  // for what it begins with.
  bool asked = m->totals->choices && m->tail.lanes != loop && extent->value == IR_NONE;
  bool several = is_short(region, list) && !asked;
  bool staged = m->stage && m->stage->loop != loop;
  return (staged ? *single || several : is_one_strip(m, loop)) && count == 1 && direct && !s->guard_count &&
         s->condition == NODE_NONE;
}

void totals_start(Mapper *m, uint32_t loop, const StatementList *list) {
  Region *region = m->region;
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &region->statements.data[list->data[i]];
    if (!is_total(m, s) || totals_find(m, s->target))
      continue;
    const Access *access = &region->accesses.data[s->target];
    bool single = false, opens = opens_with_strip(m, loop, list, s, &single);
    Total total = {.access = s->target,
                   .op = s->reduction,
                   .type = access->type,
                   .chosen = m->choices[list->data[i]].entered,
                   .unordered = m->choices[list->data[i]].entered && m->choices[list->data[i]].unordered,
                   .replaces_nan =
                       m->choices[list->data[i]].entered && m->choices[list->data[i]].replaces_nan,
                   .opens = opens,
                   .single = opens && single,
                   .ordered = ir_is_float(access->type) && !s->reassociable};
    total_start(m, &total, old_total(m, access));
    VEC_PUSH(&m->totals->totals, total);
  }
}

static void set_total(Mapper *m, const Total *total, IrValue value) {
  const Access *access = &m->region->accesses.data[total->access];
  if (is_scalar_access(m->region, total->access))
    m->e.variables[m->scalars[access->array]] = value;
  else
    build_store(&m->e.builder, value, access_address(m, access));
}

IrValue totals_values(Mapper *m, const Totals *of, const RawTotal *raw, IrValue *values) {
  IrValue ordered = IR_NONE;
  for (size_t i = 0; i < of->count; i++) {
    const Total *total = &of->totals[i];
    IrValue old = old_total(m, &m->region->accesses.data[total->access]);
    values[i] = total_of_raw(m, total, old, raw[i]);
    if (!total->chosen)
      continue;
    IrValue depends = choice_depends_on_order(m, total, old, values[i], raw[i]);
    ordered = ordered == IR_NONE ? depends : build2(&m->e.builder, IR_OR, IR_I1, ordered, depends);
  }
  return ordered;
}

void totals_set(Mapper *m, const Totals *of, const RawTotal *raw) {
  IrValue *values = ARENA_ARRAY(m->region->arena, IrValue, of->count + 1);
  IrValue ordered = totals_values(m, of, raw, values);
  FlowIf flow;
  m->estimate.ignored++;
  if (ordered != IR_NONE && flow_if(&m->e, &flow, ordered))
    map_as_written(m, of->loop);
  m->estimate.ignored--;
  if (ordered == IR_NONE || flow_else(&m->e, &flow))
    for (size_t i = 0; i < of->count; i++)
      set_total(m, &of->totals[i], values[i]);
  if (ordered != IR_NONE)
    flow_end_if(&m->e, &flow);
}

void totals_end(Mapper *m, uint32_t loop, const StatementList *list) {
  const LaneLoop *lanes = m->totals;
  RawTotal *raw = ARENA_ARRAY(m->region->arena, RawTotal, lanes->totals.count + 1);
  for (size_t i = 0; i < lanes->totals.count; i++)
    raw[i] = total_across(m, &lanes->totals.data[i]);
  if (lanes->choices)
    choices_leave(m, list->data, list->count);
  if (tail_keeps_totals(m, loop, lanes, raw))
    return;
  for (size_t i = 0; i < lanes->totals.count; i++)
    raw[i] = total_raw(m, &lanes->totals.data[i], raw[i]);
  totals_set(m, &(Totals){lanes->totals.data, lanes->totals.count, lanes->choices, loop}, raw);
}
