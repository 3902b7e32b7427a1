// Strips of lanes around the loops that are around them: a strip goes through all their iterations before the
// next one begins. So vl is set once a strip, what is the same for all of them (a channel's scale) is loaded
// once, and their steps can be made as those of a single strip.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/box.h"

static bool moving(const Mapper *m, const Access *access, uint32_t loop, Quantity *stride) {
  *stride = affine_coefficient(&access->offset, m->region->loops.data[loop].iterator);
  return !quantity_is_zero(*stride);
}

// Whether the access is another element in each iteration of the loops from the lanes' up to the other one:
// that strides past a run lead past all of it was asked for where the tiles were made.
static bool has_own_elements(const Mapper *m, const Access *access, uint32_t lanes, uint32_t loop) {
  const Stream *stream = stage_stream(m, access);
  bool found[STREAM_STRIDES] = {false};
  if (!stream || stream->resident)
    return false;
  for (uint32_t l = lanes;; l = m->region->loops.data[l].parent) {
    Quantity stride;
    const StreamStride *known = moving(m, access, l, &stride) ? stream_stride(stream, stride) : NULL;
    if (!known || found[known - stream->strides] || (known->dimension && known->multiple != 1))
      return false;
    found[known - stream->strides] = true;
    if (l == loop)
      break;
  }
  int64_t span = type_bits(access->type) / 8;
  bool ends = true; // where the elements so far end is known
  for (uint32_t i = 0; i < stream->stride_count; i++) {
    const StreamStride *stride = &stream->strides[i];
    int64_t size = stride->multiple < 0 ? -stride->multiple : stride->multiple, length = 0;
    bool shared = false;
    for (uint32_t k = 0; k < i && stride->dimension; k++)
      shared = shared || stream->strides[k].dimension == stride->dimension;
    if (shared || (!stride->dimension && (!ends || size < span)))
      return false;
    for (uint32_t l = lanes; l != UINT32_MAX && !stride->dimension; l = m->region->loops.data[l].parent) {
      const Quantity *extent = &m->region->iterators.data[m->region->loops.data[l].iterator].extent;
      Quantity step;
      if (!moving(m, access, l, &step) || !quantities_equal(step, stride->stride))
        continue;
      ends = extent->value == IR_NONE && !__builtin_mul_overflow(extent->constant - 1, size, &length) &&
             !__builtin_add_overflow(span, length, &span);
    }
  }
  return true;
}

// Functions take so long that there is nothing to gain, and so many instructions that more of them cost.
static bool calls(const Region *region, const Statement *s) {
  bool *reached = ARENA_ARRAY(region->arena, bool, s->value + 1), found = false;
  reached[s->value] = true;
  for (uint32_t i = s->value + 1; i-- > 0;) {
    for (uint32_t k = 0; reached[i] && k < region->nodes.data[i].operand_count; k++)
      reached[region->nodes.data[i].operands[k]] = true;
    found = found || (reached[i] && region->nodes.data[i].kind == NODE_CALL);
  }
  return found;
}

static uint32_t chosen_within(const Mapper *m, uint32_t loop) {
  for (uint32_t l = 0; l < m->region->loops.count; l++)
    if (m->chosen[l] && l != loop && loop_within(m->region, l, loop))
      return l;
  return UINT32_MAX;
}

static bool has_totals(Mapper *m, uint32_t lanes) {
  StatementList list = {0};
  uint32_t loops = 0, lane = m->lane;
  bool totals = false;
  collect_statements(m->region, lanes, &list, &loops);
  m->lane = m->region->loops.data[lanes].iterator;
  for (size_t i = 0; i < list.count; i++)
    totals = totals || is_total(m, &m->region->statements.data[list.data[i]]);
  m->lane = lane;
  VEC_FREE(&list);
  return totals;
}

uint32_t swap_lanes(Mapper *m, uint32_t loop) {
  const Region *region = m->region;
  uint32_t lanes = m->stage && m->lane == UINT32_MAX && m->swapped == UINT32_MAX && !m->deferred.keeps
                       ? chosen_within(m, loop)
                       : UINT32_MAX;
  if (lanes == UINT32_MAX ||
      region->iterators.data[region->loops.data[lanes].iterator].extent.value == IR_NONE)
    return UINT32_MAX;
  const Statement *store = late_store(m, loop, lanes);
  if (!store || calls(region, store) || has_totals(m, lanes))
    return UINT32_MAX;
  const Access *target = &region->accesses.data[store->target];
  return has_own_elements(m, target, lanes, loop) ? lanes : UINT32_MAX;
}

IrValue swap_worth(Mapper *m, uint32_t loop, uint32_t lanes, IrValue from, IrValue to) {
  enum { LEAST_STEPS = 6 };
  const Region *region = m->region;
  IrValue steps = emit_sub(&m->e, to, from);
  for (uint32_t l = region->loops.data[lanes].parent; l != loop; l = region->loops.data[l].parent)
    steps = emit_mul(&m->e, steps,
                     emit_quantity(&m->e, region->iterators.data[region->loops.data[l].iterator].extent));
  return emit_less(&m->e, emit_number(&m->e, LEAST_STEPS - 1), steps);
}

void swap_strips(Mapper *m, uint32_t loop, uint32_t lanes, IrValue from, IrValue to, StageStrips *steps) {
  Emitter *e = &m->e;
  FlowLoop flow;
  Region *region = m->region;
  const Iterator *iterator = &region->iterators.data[region->loops.data[lanes].iterator];
  uint32_t at = m->iterators[region->loops.data[lanes].iterator];
  IrValue extent = emit_quantity(e, iterator->extent);
  StatementList list = {0};
  uint32_t loops = 0;
  m->swapped = lanes;
  collect_statements(region, lanes, &list, &loops);
  vector_analyze(m, region->loops.data[lanes].iterator);
  choose_ratio(m, &list);
  m->lane = UINT32_MAX;
  VEC_FREE(&list);
  VectorConfig config = vector_config(m, m->ratio > 4 ? IR_I64 : IR_I16);
  e->variables[at] = emit_number(e, 0);
  flow_loop(e, &flow);
  m->strip = build_setvl(&e->builder, emit_sub(e, extent, e->variables[at]), config.sew, config.lmul);
  steps(m, from, to, &region->loops.data[loop]);
  e->variables[at] = emit_add(e, e->variables[at], m->strip);
  flow_end_loop(e, &flow, emit_less(e, e->variables[at], extent));
  m->swapped = UINT32_MAX;
}
