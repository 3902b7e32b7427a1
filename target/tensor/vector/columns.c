// Statements that reduce into elements which all steps of a loop around the lanes have in common, as sums of
// columns: a strip of these elements stays in registers while the steps of a tile go by, instead of being
// loaded and stored in each.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

enum { MOST_STATEMENTS = 4 };

static bool keeps_place(const Mapper *m, const Statement *s, uint32_t iterator) {
  const Access *target = &m->region->accesses.data[s->target];
  Quantity stride = affine_coefficient(&target->offset, iterator), lanes = lane_stride(m, &target->offset);
  return !is_scalar_access(m->region, s->target) && s->reduction != IR_OP_COUNT && !s->guard_count &&
         s->condition == NODE_NONE && target->index == NODE_NONE && quantity_is_zero(stride) &&
         !quantity_is_zero(lanes);
}

static bool only_reduces(const Mapper *m, const Loop *lanes, uint32_t iterator) {
  const Region *region = m->region;
  bool fits = lanes->body.count <= MOST_STATEMENTS;
  for (size_t i = 0; i < lanes->body.count && fits; i++)
    fits = !lanes->body.data[i].loop &&
           keeps_place(m, &region->statements.data[lanes->body.data[i].index], iterator);
  for (size_t i = 0; i < lanes->body.count && fits; i++) {
    uint32_t array = region->accesses.data[region->statements.data[lanes->body.data[i].index].target].array;
    for (size_t k = 0; k < lanes->body.count && fits; k++) {
      const Statement *other = &region->statements.data[lanes->body.data[k].index];
      fits = !statement_reads(region, other, array) &&
             (i == k || region->accesses.data[other->target].array != array);
    }
  }
  return fits;
}

uint32_t columns_within(Mapper *m, uint32_t loop) {
  const Loop *l = &m->region->loops.data[loop];
  if ((!m->stage && !m->local) || m->lane != UINT32_MAX || m->deferred.keeps || m->swapped != UINT32_MAX ||
      l->body.count != 1 || !l->body.data[0].loop || !m->chosen[l->body.data[0].index])
    return UINT32_MAX;
  const Loop *lanes = &m->region->loops.data[l->body.data[0].index];
  m->lane = lanes->iterator;
  bool fits = only_reduces(m, lanes, l->iterator);
  m->lane = UINT32_MAX;
  return fits ? l->body.data[0].index : UINT32_MAX;
}

// One step of the loop around.
static void add_step(Mapper *m, const Loop *lanes, uint32_t first) {
  const Region *region = m->region;
  uint32_t loop = m->columns.loop, iterator = m->iterators[region->loops.data[loop].iterator];
  m->emitted.count = 0;
  for (uint32_t i = 0; i < lanes->body.count; i++) {
    const Statement *s = &region->statements.data[lanes->body.data[i].index];
    IrValue *sum = &m->e.variables[first + i];
    *sum = vector_reduced(m, s, region->accesses.data[s->target].type, *sum, IR_NONE);
  }
  m->e.variables[iterator] = emit_add_number(&m->e, m->e.variables[iterator], 1);
  walks_step(m, loop);
}

void columns_strip(Mapper *m, const Loop *lanes) {
  Emitter *e = &m->e;
  FlowLoop flow;
  const Region *region = m->region;
  const Columns *columns = &m->columns;
  uint32_t own = region->loops.data[columns->loop].iterator, first = e->variable_count;
  bool pairs = has_pairs(m, columns->loop, columns->from, columns->to, 1);
  e->variables[m->iterators[own]] = columns->from;
  for (size_t i = 0; i < lanes->body.count; i++) {
    const Statement *s = &region->statements.data[lanes->body.data[i].index];
    emit_variable(e, vector_load(m, &region->accesses.data[s->target], IR_NONE));
  }
  size_t walks = walks_open(m, columns->loop, columns->from);
  double times = estimate_enter(m, emit_quantity(e, region->iterators.data[own].extent), pairs ? 2 : 1);
  flow_loop(e, &flow);
  for (int i = 0; i < (pairs ? 2 : 1); i++)
    add_step(m, lanes, first);
  flow_end_loop(e, &flow, emit_less(e, e->variables[m->iterators[own]], columns->to));
  estimate_leave(m, times);
  walks_close(m, walks);
  m->emitted.count = 0;
  for (uint32_t i = 0; i < lanes->body.count; i++) {
    const Statement *s = &region->statements.data[lanes->body.data[i].index];
    vector_store(m, &region->accesses.data[s->target], e->variables[first + i], IR_NONE);
  }
  e->variable_count = first;
}
