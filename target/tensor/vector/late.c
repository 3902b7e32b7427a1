// Stores that are made one step late: issue is in order, so a store right behind the chain of instructions
// that makes its value would hold up the next step until the chain's end. It is made behind that step's first
// instructions instead.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

#include <string.h>

static const uint32_t no_lane = UINT32_MAX;

// Whether the statement's value is a chain of at least so many instructions.
static bool is_chain(const Mapper *m, const Statement *s, unsigned least) {
  const Region *region = m->region;
  unsigned length = 0;
  for (uint32_t n = s->value; m->varies[n] && region->nodes.data[n].operand_count; length++) {
    const Node *node = &region->nodes.data[n];
    if (node->kind == NODE_LOAD) // through an index: a gather, which is there at its end
      length += 2;
    uint32_t next = node->operands[0];
    for (uint32_t k = 1; k < node->operand_count; k++)
      next = m->varies[next] ? next : node->operands[k];
    n = next;
  }
  return length >= least;
}

// The statement in the loop and those within that alone writes memory, always and all of its elements, which
// nothing reads there; NULL: it is not so.
static const Statement *only_store(const Mapper *m, uint32_t loop) {
  const Region *region = m->region;
  StatementList list = {0};
  uint32_t loops = 0;
  const Statement *store = NULL;
  collect_statements(region, loop, &list, &loops);
  bool only = true;
  for (size_t i = 0; i < list.count && only; i++) {
    const Statement *s = &region->statements.data[list.data[i]];
    if (is_scalar_access(region, s->target))
      continue;
    only = !store && s->condition == NODE_NONE && !s->guard_count && s->reduction == IR_OP_COUNT;
    store = s;
  }
  for (size_t i = 0; i < list.count && only && store; i++)
    only = !statement_reads(region, &region->statements.data[list.data[i]],
                            region->accesses.data[store->target].array);
  VEC_FREE(&list);
  return only ? store : NULL;
}

// The loop whose body has the statement itself, where all loops from the first on to there have but the next
// one in them; UINT32_MAX: there is more.
static uint32_t loop_around(const Region *region, uint32_t loop, const Statement *store) {
  const Loop *l = &region->loops.data[loop];
  for (size_t i = 0; i < l->body.count; i++)
    if (!l->body.data[i].loop && &region->statements.data[l->body.data[i].index] == store)
      return loop;
  return l->body.count == 1 ? loop_around(region, l->body.data[0].index, store) : UINT32_MAX;
}

const Statement *late_store(const Mapper *m, uint32_t loop, uint32_t lanes) {
  const Statement *store = only_store(m, loop);
  return store && loop_around(m->region, loop, store) == lanes ? store : NULL;
}

int64_t strip_length(Mapper *m, uint32_t lanes) {
  const Quantity *size = &m->region->iterators.data[m->region->loops.data[lanes].iterator].extent;
  StatementList list = {0};
  uint32_t loops = 0;
  int64_t tile = 0;
  if (m->full == lanes)
    return (int64_t)m->e.machine->vlen >> m->ratio;
  if (size->value != IR_NONE || size->constant <= 0)
    return 0;
  if (m->lane == no_lane) {
    collect_statements(m->region, lanes, &list, &loops);
    vector_analyze(m, m->region->loops.data[lanes].iterator);
    choose_ratio(m, &list);
    m->lane = no_lane;
    VEC_FREE(&list);
  }
  int64_t most = (int64_t)m->e.machine->vlen >> m->ratio;
  int64_t length = size->constant <= most ? size->constant : size->constant % most ? 0 : most;
  bool tiled = m->stage && m->stage->loop == lanes;
  return !tiled || (length && emit_is_number(&m->e, m->stage->tile, &tile) && tile % length == 0) ? length
                                                                                                  : 0;
}

static uint32_t lanes_within(const Mapper *m, uint32_t loop) {
  for (uint32_t l = 0; l < m->region->loops.count; l++)
    if (m->chosen[l] && (loop_within(m->region, l, loop) || loop_within(m->region, loop, l)))
      return l;
  return UINT32_MAX;
}

// Enters the lanes of the first strip of a loop within, for code outside of it.
static void enter_lanes(Mapper *m, uint32_t lanes) {
  m->length = m->swapped == lanes ? m->strip : emit_number(&m->e, strip_length(m, lanes));
  vector_analyze(m, m->region->loops.data[lanes].iterator);
}

// Where the first store will go: all loops within are at their first iterations.
static IrValue first_address(Mapper *m, uint32_t loop, const Access *target) {
  IrValue before[EMITTER_VARIABLES];
  memcpy(before, m->e.variables, sizeof before);
  for (uint32_t i = 0; i < m->region->iterators.count; i++)
    if (iterator_within(m->region, i, loop) && m->region->iterators.data[i].loop != m->swapped)
      m->e.variables[m->iterators[i]] = emit_number(&m->e, 0);
  IrValue address = access_address(m, target);
  memcpy(m->e.variables, before, sizeof before);
  return address;
}

static void start(Mapper *m, const Statement *store, uint32_t loop) {
  enum { CROWDED = 5 }; // groups alive in the value's instructions, as in a function's
  m->deferred = (Deferred){.keeps = true,
                           .crowded = m->groups[store->value] >= CROWDED,
                           .access = store->target,
                           .loop = loop,
                           .lanes = UINT32_MAX,
                           .length = UINT32_MAX};
  m->deferred.value = emit_variable(&m->e, IR_NONE);
  m->deferred.address = emit_variable(&m->e, IR_NONE);
}

// The store of strips whose length only the run time knows that is worth to be made late; NULL: it is not.
static const Statement *store_of_strips(const Mapper *m, uint32_t loop, unsigned chain) {
  if ((!m->stage && !m->local) || m->deferred.keeps)
    return NULL;
  const Statement *store = late_store(m, loop, loop);
  return store && !is_total(m, store) &&
                 (m->region->loops.data[loop].body.count > 1 || is_chain(m, store, chain))
             ? store
             : NULL;
}

bool late_in_full_pairs(const Mapper *m, uint32_t loop) {
  enum { SHORT_CHAIN = 2 };
  const Quantity *extent = &m->region->iterators.data[m->region->loops.data[loop].iterator].extent;
  return extent->value != IR_NONE && store_of_strips(m, loop, SHORT_CHAIN) && m->stage &&
         m->stage->loop == loop;
}

bool late_open_strips(Mapper *m, uint32_t loop) {
  enum { LONG_CHAIN = 3 };
  const Statement *store = store_of_strips(m, loop, LONG_CHAIN);
  if (!store)
    return false;
  start(m, store, loop);
  m->deferred.length = emit_variable(&m->e, IR_NONE);
  return true;
}

bool late_open(Mapper *m, uint32_t loop) {
  enum { SHORT_CHAIN = 2 };
  const Region *region = m->region;
  if ((!m->stage && !m->local) || m->deferred.keeps)
    return false;
  const Statement *store = only_store(m, loop);
  uint32_t around = store ? loop_around(region, loop, store) : UINT32_MAX, lanes = lanes_within(m, loop);
  if (around == UINT32_MAX || lanes == UINT32_MAX || !loop_within(region, around, lanes))
    return false;
  bool outside = loop_within(region, lanes, loop), single = false;
  uint32_t lane = m->lane;
  bool swapped = m->swapped == lanes;
  int64_t length = outside && !swapped ? strip_length(m, lanes) : 1;
  if (!length)
    return false;
  if (outside)
    enter_lanes(m, lanes);
  bool late = !is_total(m, store) &&
              (loop != lanes || region->loops.data[loop].body.count > 1 || is_chain(m, store, SHORT_CHAIN));
  if (late) {
    const Access *target = &region->accesses.data[store->target];
    const Quantity *extent = &region->iterators.data[region->loops.data[lanes].iterator].extent;
    single = around == lanes && around != loop &&
             (swapped || (extent->value == IR_NONE && extent->constant == length));
    IrValue address = first_address(m, loop, target);
    start(m, store, around);
    m->deferred.lanes = outside ? lanes : UINT32_MAX;
    m->deferred.pairs = single ? region->loops.data[lanes].parent : around;
    m->e.variables[m->deferred.value] = build_undefined(&m->e.builder, vector_group_type(m, target->type));
    m->e.variables[m->deferred.address] = address;
  }
  m->lane = lane;
  return late;
}

// --- what stays the same ----------------------------------------------------------------------------------

// Marks groups that are the same in all iterations of the loop and those within, but for the lanes: of memory
// that nothing writes.
static bool *find_invariants(const Mapper *m, uint32_t loop) {
  const Region *region = m->region;
  bool *same = ARENA_ARRAY(region->arena, bool, region->nodes.count + 1);
  for (uint32_t i = 0; i < region->nodes.count; i++) {
    const Node *n = &region->nodes.data[i];
    same[i] = n->kind != NODE_CALL;
    if (n->kind == NODE_ITERATOR)
      same[i] = n->index == m->lane || !loop_within(region, region->iterators.data[n->index].loop, loop);
    const Access *access = n->kind == NODE_LOAD ? &region->accesses.data[n->index] : NULL;
    if (access)
      same[i] = access->index == NODE_NONE && region->arrays.data[access->array].kind == ARRAY_MEMORY &&
                !region->arrays.data[access->array].written;
    for (uint32_t k = 0; access && k < access->offset.count; k++) {
      uint32_t iterator = access->offset.terms[k].iterator;
      same[i] = same[i] &&
                (iterator == m->lane || !loop_within(region, region->iterators.data[iterator].loop, loop));
    }
    for (uint32_t k = 0; k < n->operand_count; k++)
      same[i] = same[i] && same[n->operands[k]];
  }
  return same;
}

// Computes those of the statement before the loop, the largest ones, as far as there are registers.
static void hold_statement(Mapper *m, const Statement *s, const bool *same, unsigned *registers) {
  enum { LARGE = 8, MOST_REGISTERS = 12, MOST_BESIDE_LARGE = 4 };
  const Region *region = m->region;
  bool *reached = ARENA_ARRAY(region->arena, bool, s->value + 1);
  unsigned most = vector_widest(m, s->value, false) >> m->ratio >= LARGE ? MOST_BESIDE_LARGE : MOST_REGISTERS;
  reached[s->value] = true;
  for (uint32_t i = s->value + 1; i-- > 0;) {
    const Node *n = &region->nodes.data[i];
    bool select = n->kind == NODE_OPERATION && n->op == IR_SELECT; // what is not chosen may not be there
    if (!reached[i] || !m->varies[i] || select)
      continue;
    int lmul = n->type == IR_I1 ? 0 : vector_config(m, n->type).lmul;
    unsigned size = lmul > 0 ? 1U << lmul : 1;
    if (same[i] && m->reads[i] && n->type != IR_I1 && *registers + size <= most) {
      *registers += size;
      IrValue value = vector_of(m, vector_node(m, i, IR_NONE), n->type);
      Emitted held = {.node = i, .type = n->type, .mask = IR_NONE, .value = value};
      VEC_PUSH(&m->held, held);
      continue;
    }
    for (uint32_t k = 0; k < n->operand_count; k++)
      reached[n->operands[k]] = true;
  }
}

void late_hold(Mapper *m, uint32_t loop) {
  const Region *region = m->region;
  uint32_t lanes = m->deferred.lanes, lane = m->lane;
  const Quantity *extent =
      lanes == UINT32_MAX ? NULL : &region->iterators.data[region->loops.data[lanes].iterator].extent;
  unsigned registers = 0;
  bool swapped = lanes != UINT32_MAX && m->swapped == lanes;
  if (!extent || lanes == loop ||
      (!swapped && (extent->value != IR_NONE || extent->constant != strip_length(m, lanes))))
    return;
  enter_lanes(m, lanes);
  if (!swapped)
    m->e.variables[m->iterators[m->lane]] = emit_number(&m->e, 0);
  const bool *same = find_invariants(m, loop);
  const Loop *l = &region->loops.data[lanes];
  for (size_t i = 0; i < l->body.count; i++) {
    const Statement *s = l->body.data[i].loop ? NULL : &region->statements.data[l->body.data[i].index];
    if (s && s->condition == NODE_NONE && !s->guard_count)
      hold_statement(m, s, same, &registers);
  }
  m->emitted.count = 0;
  m->lane = lane;
}

// --- steps ------------------------------------------------------------------------------------------------

static bool late_wants_pairs(const Mapper *m, uint32_t loop) {
  return m->deferred.keeps && m->deferred.pairs == loop;
}

bool late_in_swapped_pairs(const Mapper *m, uint32_t loop) {
  return m->swapped != UINT32_MAX && late_wants_pairs(m, loop);
}

bool late_in_pairs(const Mapper *m, uint32_t loop, IrValue from, IrValue to, int64_t step) {
  return late_wants_pairs(m, loop) && has_pairs(m, loop, from, to, step);
}

bool has_pairs(const Mapper *m, uint32_t loop, IrValue from, IrValue to, int64_t step) {
  int64_t first = 0, last = 0, tile = 0;
  uint32_t iterator = m->region->loops.data[loop].iterator;
  const Quantity *extent = &m->region->iterators.data[iterator].extent;
  if (emit_is_number(&m->e, from, &first) && emit_is_number(&m->e, to, &last))
    return (last - first) % (2 * step) == 0;
  return m->stage && m->stage->iterator == iterator && extent->value == IR_NONE &&
         extent->constant % (2 * step) == 0 && emit_is_number(&m->e, m->stage->tile, &tile) &&
         tile % (2 * step) == 0;
}

void late_begin(Mapper *m, uint32_t loop) {
  enum { BEGUN = 4, MANY = 16 }; // instructions of the next step
  // Of groups of few registers, one more can be kept until the step's end.
  int most = m->deferred.crowded ? 1 : 2;
  bool large = vector_config(m, m->region->accesses.data[m->deferred.access].type).lmul > most;
  if (m->deferred.keeps && m->deferred.loop == loop)
    m->deferred.waits = large ? BEGUN : MANY;
}

void late_end(Mapper *m, uint32_t loop) {
  if (m->deferred.loop == loop)
    late_settle(m);
}

void late_settle(Mapper *m) {
  if (m->deferred.waits)
    vector_store_deferred(m);
}

void late_close(Mapper *m) {
  Deferred *deferred = &m->deferred;
  uint32_t lane = m->lane;
  if (deferred->lanes != UINT32_MAX)
    enter_lanes(m, deferred->lanes);
  vector_store_deferred(m);
  m->lane = lane;
  m->emitted.count = 0;
  m->held.count = 0;
  deferred->keeps = false;
  m->e.variable_count = deferred->value;
}
