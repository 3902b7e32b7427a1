// Offsets that grow by a step of the run time with each iteration of a loop: kept as variables, so that there
// are additions instead of products with the iterator.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/box.h"

static const Walk *find_walk(const Mapper *m, const Stream *stream, uint32_t iterator, Quantity stride) {
  for (size_t i = 0; i < m->walks.count; i++) {
    const Walk *walk = &m->walks.data[i];
    if (walk->stream == stream && walk->iterator == iterator && quantities_equal(walk->stride, stride))
      return walk;
  }
  return NULL;
}

static IrValue step_of(Mapper *m, const Stream *stream, Quantity stride) {
  return stream ? stream_coefficient(m, stream, stride) : emit_quantity(&m->e, stride);
}

// Marks what the statements access.
static void touch(const Region *region, const StatementList *list, bool *touched) {
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &region->statements.data[list->data[i]];
    bool *reached = ARENA_ARRAY(region->arena, bool, region->nodes.count + 1);
    touched[s->target] = true;
    reached[s->value] = true;
    if (s->condition != NODE_NONE)
      reached[s->condition] = true;
    for (uint32_t n = (uint32_t)region->nodes.count; n-- > 0;) {
      for (uint32_t k = 0; reached[n] && k < region->nodes.data[n].operand_count; k++)
        reached[region->nodes.data[n].operands[k]] = true;
      if (reached[n] && region->nodes.data[n].kind == NODE_LOAD)
        touched[region->nodes.data[n].index] = true;
    }
  }
}

size_t walks_open(Mapper *m, uint32_t loop, IrValue from) {
  enum { MOST_WALKS = 6, SPARE_VARIABLES = 12 };
  const Region *region = m->region;
  uint32_t iterator = region->loops.data[loop].iterator, loops = 0;
  size_t before = m->walks.count;
  bool *touched = ARENA_ARRAY(region->arena, bool, region->accesses.count + 1);
  StatementList list = {0};
  collect_statements(region, loop, &list, &loops);
  touch(region, &list, touched);
  VEC_FREE(&list);
  for (uint32_t a = 0; a < region->accesses.count; a++) {
    const Access *access = &region->accesses.data[a];
    Quantity stride = affine_coefficient(&access->offset, iterator);
    const Stream *stream = stage_stream(m, access);
    int64_t number = 0;
    if (!touched[a] || is_scalar_access(region, a) || quantity_is_zero(stride) ||
        find_walk(m, stream, iterator, stride) || m->walks.count - before == MOST_WALKS ||
        m->e.variable_count + SPARE_VARIABLES > EMITTER_VARIABLES)
      continue;
    IrValue step = step_of(m, stream, stride);
    if (emit_is_number(&m->e, step, &number))
      continue;
    Walk walk = {stream, iterator, stride, step, emit_variable(&m->e, emit_mul(&m->e, from, step))};
    VEC_PUSH(&m->walks, walk);
  }
  return before;
}

void walks_step(Mapper *m, uint32_t loop) {
  for (size_t i = 0; i < m->walks.count; i++) {
    const Walk *walk = &m->walks.data[i];
    if (walk->iterator == m->region->loops.data[loop].iterator)
      m->e.variables[walk->variable] = emit_add(&m->e, m->e.variables[walk->variable], walk->step);
  }
}

void walks_close(Mapper *m, size_t before) {
  if (m->walks.count > before)
    m->e.variable_count = m->walks.data[before].variable;
  m->walks.count = before;
}

IrValue walk_value(const Mapper *m, const Stream *stream, uint32_t iterator, Quantity stride) {
  const Walk *walk = find_walk(m, stream, iterator, stride);
  return walk ? m->e.variables[walk->variable] : IR_NONE;
}
