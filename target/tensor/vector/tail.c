// What stands behind a step's totals (the store of a row's sum, a root and a division before it) is done two
// steps later: issue is in order, and would otherwise wait for what the vector unit puts together last. Steps
// go in pairs, whose totals are put together one right behind the other, then taken out of the vector unit,
// which waits for a result only once so; and then comes what the pair before left to do. The first time that
// is done for no step yet, at the place of the first one, which follows.
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

static bool add_total(Mapper *m, const Statement *s, const Choice *choice, Tail *tail) {
  for (uint32_t i = 0; i < tail->total_count; i++)
    if (tail->totals[i].access == s->target)
      return true;
  if (tail->total_count == TAIL_TOTALS)
    return false;
  IrType type = m->region->accesses.data[s->target].type;
  tail->totals[tail->total_count++] = (Total){.access = s->target,
                                              .op = s->reduction,
                                              .type = type,
                                              .chosen = choice->entered,
                                              .unordered = choice->entered && choice->unordered,
                                              .replaces_nan = choice->entered && choice->replaces_nan,
                                              .ordered = ir_is_float(type) && !s->reassociable};
  return true;
}

// Collects the totals of the lanes' loop; *all: these are all of them.
static bool find_totals(Mapper *m, uint32_t lanes, Tail *tail, bool *all) {
  const Region *region = m->region;
  StatementList list = {0};
  uint32_t loops = 0;
  collect_statements(region, lanes, &list, &loops);
  m->lane = region->loops.data[lanes].iterator;
  tail->choices = choices_enter(m, list.data, list.count);
  *all = true;
  for (size_t i = 0; i < list.count; i++) {
    const Statement *s = &region->statements.data[list.data[i]];
    if (is_total(m, s))
      *all = add_total(m, s, &m->choices[list.data[i]], tail) && *all;
  }
  if (tail->choices)
    choices_leave(m, list.data, list.count);
  m->lane = UINT32_MAX;
  VEC_FREE(&list);
  return tail->total_count;
}

// Whether each step sets the scalar before anything else looks at it.
static bool is_set_first(const Region *region, const Loop *l, uint32_t array) {
  for (size_t i = 0; i < l->body.count && !l->body.data[i].loop; i++) {
    const Statement *s = statement_at(region, l, i);
    if (statement_reads(region, s, array))
      return false;
    if (region->accesses.data[s->target].array == array)
      return s->reduction == IR_OP_COUNT && !s->guard_count && s->condition == NODE_NONE;
  }
  return false;
}

// Whether the totals can be set a step later: they are scalars which are new in each step and which the tail
// keeps.
static bool totals_can_wait(const Mapper *m, const Loop *l, const Tail *tail) {
  for (uint32_t i = 0; i < tail->total_count; i++) {
    uint32_t array = m->region->accesses.data[tail->totals[i].access].array;
    bool kept = false;
    for (uint32_t k = 0; k < tail->count; k++)
      kept = kept || tail->arrays[k] == array;
    if (!kept || !is_scalar_access(m->region, tail->totals[i].access) || !is_set_first(m->region, l, array))
      return false;
  }
  return true;
}

// Whether the statement adds to a scalar that goes on from step to step.
static bool goes_on(const Region *region, const Loop *l, const Statement *s) {
  return is_scalar_access(region, s->target) && s->reduction != IR_OP_COUNT &&
         !affine_has(&region->accesses.data[s->target].offset, l->iterator);
}

static bool find_tail(Mapper *m, uint32_t loop, Tail *tail) {
  const Region *region = m->region;
  const Loop *l = &region->loops.data[loop];
  size_t first = l->body.count;
  while (first > 0 && !l->body.data[first - 1].loop)
    first--;
  if (m->lane != UINT32_MAX || first == l->body.count || first == 0)
    return false;
  uint32_t lanes = l->body.data[first - 1].index;
  if (!m->stage && !is_one_strip(m, lanes))
    return false;
  bool all = false;
  *tail = (Tail){.loop = loop, .first = first, .lanes = UINT32_MAX};
  if (!m->chosen[lanes] || !find_totals(m, lanes, tail, &all))
    return false;
  StatementList list = {0};
  uint32_t loops = 0;
  collect_statements(region, loop, &list, &loops);
  bool found = true;
  for (size_t i = first; i < l->body.count && found; i++) {
    const Statement *s = statement_at(region, l, i);
    bool on = goes_on(region, l, s),
         store = !is_scalar_access(region, s->target) && s->reduction == IR_OP_COUNT;
    tail->goes_on = tail->goes_on || on;
    found = (on || store) && !s->guard_count && s->condition == NODE_NONE &&
            region->accesses.data[s->target].index == NODE_NONE && !is_shared(region, &list, s) &&
            can_wait(m, &list, s, tail);
  }
  VEC_FREE(&list);
  if (found && all && totals_can_wait(m, l, tail))
    tail->lanes = lanes;
  return found && tail->count && (tail->lanes != UINT32_MAX || !tail->choices);
}

// Variables for what the tail needs of a step.
static TailStep open_step(Mapper *m, const Tail *tail) {
  IrValue iterator = m->e.variables[m->iterators[m->region->loops.data[tail->loop].iterator]];
  TailStep step = {.iterator = emit_variable(&m->e, iterator)};
  for (uint32_t i = 0; i < tail->count; i++) {
    IrOp op = ir_is_float(tail->types[i]) ? IR_FCONST : IR_CONST;
    step.kept[i] = emit_variable(&m->e, ir_leaf(m->region->function, op, tail->types[i], 0));
  }
  for (uint32_t i = 0; i < tail->total_count && tail->lanes != UINT32_MAX; i++) {
    RawTotal none = total_raw_of_none(m, &tail->totals[i]);
    step.raw[i] = emit_variable(&m->e, none.value);
    step.bits[i] = emit_variable(&m->e, none.bits);
  }
  return step;
}

bool tail_open(Mapper *m, uint32_t loop) {
  enum { SPARE_VARIABLES = (TAIL_STEPS + 1) * (1 + TAIL_SCALARS + 2 * TAIL_TOTALS) + 2 * TAIL_TOTALS };
  Tail tail;
  IrValue from = m->e.variables[m->iterators[m->region->loops.data[loop].iterator]];
  if (m->tail.loop != UINT32_MAX || m->e.variable_count + SPARE_VARIABLES > EMITTER_VARIABLES ||
      !find_tail(m, loop, &tail))
    return false;
  tail.from = from;
  for (uint32_t s = 0; s < TAIL_STEPS; s++)
    tail.before[s] = open_step(m, &tail);
  tail.odd = open_step(m, &tail);
  for (uint32_t i = 0; i < tail.total_count; i++) {
    tail.across[i] = emit_variable(&m->e, IR_NONE);
    tail.across_bits[i] = emit_variable(&m->e, IR_NONE);
  }
  m->tail = tail;
  return true;
}

bool tail_keeps_totals(Mapper *m, uint32_t loop, const LaneLoop *lanes, const RawTotal *across) {
  const Tail *tail = &m->tail;
  if (tail->loop == UINT32_MAX || tail->lanes != loop)
    return false;
  for (size_t i = 0; i < lanes->totals.count; i++) {
    m->e.variables[tail->across[i]] = across[i].value;
    m->e.variables[tail->across_bits[i]] = across[i].bits;
  }
  return true;
}

static void exchange(Mapper *m, uint32_t a, uint32_t b) {
  IrValue swap = m->e.variables[a];
  m->e.variables[a] = m->e.variables[b];
  m->e.variables[b] = swap;
}

// The variables of a step before take the places of this one's, or back.
static void exchange_steps(Mapper *m, const TailStep *step) {
  const Tail *tail = &m->tail;
  exchange(m, m->iterators[m->region->loops.data[tail->loop].iterator], step->iterator);
  for (uint32_t i = 0; i < tail->count; i++)
    exchange(m, m->scalars[tail->arrays[i]], step->kept[i]);
}

static TailValues values_of_step(const Mapper *m) {
  const Tail *tail = &m->tail;
  const IrValue *variables = m->e.variables;
  TailValues values = {.iterator = variables[m->iterators[m->region->loops.data[tail->loop].iterator]]};
  for (uint32_t i = 0; i < tail->count; i++)
    values.kept[i] = variables[m->scalars[tail->arrays[i]]];
  for (uint32_t i = 0; i < tail->total_count && tail->lanes != UINT32_MAX; i++) {
    values.across[i] = variables[tail->across[i]];
    values.bits[i] = variables[tail->across_bits[i]];
  }
  return values;
}

static RawTotal raw_before(const Mapper *m, const TailStep *step, uint32_t i) {
  return (RawTotal){m->e.variables[step->raw[i]], m->e.variables[step->bits[i]]};
}

// The variable of a total of a step before.
static IrValue *total_before(Mapper *m, const TailStep *step, uint32_t total) {
  const Tail *tail = &m->tail;
  uint32_t k = 0;
  while (tail->arrays[k] != m->region->accesses.data[tail->totals[total].access].array)
    k++;
  return &m->e.variables[step->kept[k]];
}

static Totals totals_of_tail(const Tail *tail) {
  return (Totals){tail->totals, tail->lanes == UINT32_MAX ? 0 : tail->total_count, tail->choices,
                  tail->lanes};
}

static void take_totals(Mapper *m, const TailValues *step, RawTotal *raw) {
  const Tail *tail = &m->tail;
  for (uint32_t i = 0; i < totals_of_tail(tail).count; i++)
    raw[i] = total_raw(m, &tail->totals[i], (RawTotal){step->across[i], step->bits[i]});
}

// A pair of steps that was just made, whose totals are taken out of the vector unit when those of the steps
// before need their registers no more.
typedef struct MadePair {
  TailValues values[TAIL_STEPS];
  RawTotal raw[TAIL_STEPS][TAIL_TOTALS];
} MadePair;

static void take_pair(Mapper *m, MadePair *made) {
  for (uint32_t s = 0; s < TAIL_STEPS; s++)
    take_totals(m, &made->values[s], made->raw[s]);
}

// What steps before left to do: their totals, and the statements behind them. made: NULL or the current pair.
static void make_tails(Mapper *m, const TailStep *steps, uint32_t count, MadePair *made) {
  const Tail *tail = &m->tail;
  const Loop *l = &m->region->loops.data[tail->loop];
  const Totals totals = totals_of_tail(tail);
  IrValue values[TAIL_STEPS][TAIL_TOTALS], ordered = IR_NONE;
  RawTotal raw[TAIL_STEPS][TAIL_TOTALS];
  FlowIf flow;
  for (uint32_t s = 0; s < count && totals.count; s++) {
    for (uint32_t i = 0; i < totals.count; i++)
      raw[s][i] = raw_before(m, &steps[s], i);
    exchange_steps(m, &steps[s]);
    IrValue depends = totals_values(m, &totals, raw[s], values[s]);
    exchange_steps(m, &steps[s]);
    ordered = ordered == IR_NONE ? depends : build2(&m->e.builder, IR_OR, IR_I1, ordered, depends);
  }
  if (made && ordered != IR_NONE) // control goes different ways behind this
    take_pair(m, made);
  m->estimate.ignored++;
  if (ordered != IR_NONE && flow_if(&m->e, &flow, ordered))
    for (uint32_t s = 0; s < count; s++) {
      exchange_steps(m, &steps[s]);
      totals_set(m, &totals, raw[s]);
      exchange_steps(m, &steps[s]);
    }
  m->estimate.ignored--;
  if (ordered == IR_NONE || flow_else(&m->e, &flow))
    for (uint32_t s = 0; s < count; s++)
      for (uint32_t i = 0; i < totals.count; i++)
        *total_before(m, &steps[s], i) = values[s][i];
  if (ordered != IR_NONE)
    flow_end_if(&m->e, &flow);
  // A sum that goes on has to be left alone where no step has been made.
  bool asks = tail->goes_on && count == TAIL_STEPS;
  uint32_t newest = steps[count - 1].iterator;
  if (!asks || flow_if_likely(&m->e, &flow, emit_less(&m->e, tail->from, m->e.variables[newest])))
    for (uint32_t s = 0; s < count; s++) {
      exchange_steps(m, &steps[s]);
      map_body(m, l->body.data + tail->first, l->body.count - tail->first);
      exchange_steps(m, &steps[s]);
    }
  if (asks)
    flow_end_if(&m->e, &flow);
  if (made && ordered == IR_NONE)
    take_pair(m, made);
}

static void keep_step(Mapper *m, const TailStep *step, const TailValues *values, const RawTotal *raw) {
  const Tail *tail = &m->tail;
  IrValue *variables = m->e.variables;
  variables[step->iterator] = values->iterator;
  for (uint32_t i = 0; i < tail->count; i++)
    variables[step->kept[i]] = values->kept[i];
  for (uint32_t i = 0; i < totals_of_tail(tail).count; i++) {
    variables[step->raw[i]] = raw[i].value;
    variables[step->bits[i]] = raw[i].bits;
  }
}

void tail_step(Mapper *m) {
  Tail *tail = &m->tail;
  MadePair made = {.values = {tail->half_made, values_of_step(m)}};
  tail->half = !tail->half;
  tail->half_made = made.values[1];
  if (tail->half)
    return;
  make_tails(m, tail->before, TAIL_STEPS, &made);
  for (uint32_t s = 0; s < TAIL_STEPS; s++)
    keep_step(m, &tail->before[s], &made.values[s], made.raw[s]);
}

void tail_keep_odd(Mapper *m) {
  Tail *tail = &m->tail;
  RawTotal raw[TAIL_TOTALS];
  take_totals(m, &tail->half_made, raw);
  keep_step(m, &tail->odd, &tail->half_made, raw);
  tail->half = false;
}

static void leave_totals(Mapper *m, const TailStep *step) {
  const Tail *tail = &m->tail;
  for (uint32_t i = 0; i < totals_of_tail(tail).count; i++)
    m->e.variables[m->scalars[m->region->accesses.data[tail->totals[i].access].array]] =
        *total_before(m, step, i);
}

void tail_close(Mapper *m) {
  make_tails(m, m->tail.before, TAIL_STEPS, NULL);
  leave_totals(m, &m->tail.before[TAIL_STEPS - 1]);
}

void tail_close_odd(Mapper *m) {
  make_tails(m, &m->tail.odd, 1, NULL);
  leave_totals(m, &m->tail.odd);
}

void tail_end(Mapper *m) {
  m->e.variable_count = m->tail.before[0].iterator;
  m->tail.loop = m->tail.lanes = UINT32_MAX;
}
