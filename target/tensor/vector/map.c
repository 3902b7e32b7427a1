// Statements and loops on the vector unit: of each nest one loop becomes lanes, the others stay loops.
#include "target/tensor/vector/map.h"
#include "target/tensor/raise/raise.h"

static const uint32_t no_lane = UINT32_MAX;

// --- statements -------------------------------------------------------------------------------------------

// Lanes for which a * lane + rest >= 0, a = 1 or -1: from a number of lanes on, or up to it.
static IrValue guard_mask(Mapper *m, const Affine *guard, int64_t a) {
  IrValue rest = affine_value(m, guard);
  // rest is that of lane 0. a = 1: lane >= -rest; a = -1: lane < rest + 1.
  IrValue limit = a > 0 ? emit_sub(&m->e, emit_number(&m->e, 0), rest) : emit_add_number(&m->e, rest, 1);
  limit = emit_min(&m->e, emit_max(&m->e, limit, emit_number(&m->e, 0)), emit_number(&m->e, INT16_MAX));
  IrValue places = vector_op(m, ISA_VID_V, IR_I16, 0, NULL);
  IrValue operands[2] = {places, limit};
  IrValue below = vector_compare(m, ISA_VMSLTU_VX, IR_I16, 2, operands);
  return a > 0 ? mask_without(m, IR_NONE, below) : below;
}

// Under what conditions of all lanes the statement is executed; IR_NONE: always.
static IrValue common_condition(Mapper *m, const Statement *s) {
  IrValue all = IR_NONE;
  for (uint32_t i = 0; i < s->guard_count; i++) {
    Quantity stride = m->lane == no_lane ? (Quantity){IR_NONE, 0} : lane_stride(m, &s->guards[i]);
    if (stride.constant)
      continue;
    IrValue below = emit_less(&m->e, affine_value(m, &s->guards[i]), emit_number(&m->e, 0));
    IrValue holds = build2(&m->e.builder, IR_XOR, IR_I1, below, build_const(&m->e.builder, IR_I1, -1));
    all = all == IR_NONE ? holds : emit_and(&m->e, all, holds);
  }
  return all;
}

static IrValue lane_mask(Mapper *m, const Statement *s) {
  IrValue mask = IR_NONE;
  for (uint32_t i = 0; i < s->guard_count; i++) {
    Quantity stride = lane_stride(m, &s->guards[i]);
    if (stride.constant)
      mask = mask_and(m, mask, guard_mask(m, &s->guards[i], stride.constant));
  }
  if (s->condition != NODE_NONE && m->varies[s->condition])
    mask = mask_and(m, mask, vector_mask(m, s->condition, mask));
  return mask;
}

// Whether the statement sets a group to what it is already, in all lanes or some.
static bool keeps_value(const Mapper *m, const Statement *s) {
  if (!is_scalar_access(m->region, s->target) || s->reduction != IR_OP_COUNT || is_total(m, s))
    return false;
  IrValue value = known_group(m, s->value, IR_NONE);
  return value != IR_NONE && value == m->e.variables[m->scalars[m->region->accesses.data[s->target].array]];
}

static void lane_statement(Mapper *m, const Statement *s) {
  const Access *target = &m->region->accesses.data[s->target];
  if (keeps_value(m, s))
    return;
  IrValue mask = lane_mask(m, s);
  if (is_total(m, s)) {
    total_add(m, totals_find(m, s->target), s, mask);
    return;
  }
  bool scalar = is_scalar_access(m->region, s->target);
  IrValue *variable = scalar ? &m->e.variables[m->scalars[target->array]] : NULL;
  IrValue value = IR_NONE;
  if (pair_up(m, s))
    return;
  if (s->reduction != IR_OP_COUNT) {
    IrValue old = scalar ? *variable : vector_load(m, target, mask);
    value = vector_reduced(m, s, target->type, old, mask);
  } else if (target->type == IR_I1) {
    value = vector_mask(m, s->value, mask);
  } else {
    value = vector_of(m, vector_node(m, s->value, mask), target->type);
  }
  if (!scalar) {
    vector_store(m, target, value, mask);
  } else if (mask == IR_NONE) {
    *variable = value;
  } else if (target->type == IR_I1) {
    IrValue operands[2] = {mask_and(m, value, mask), mask_without(m, *variable, mask)};
    *variable = vector_compare(m, ISA_VMOR_MM, m->ratio > 4 ? IR_I64 : IR_I16, 2, operands);
  } else {
    IrValue operands[3] = {*variable, value, mask};
    *variable = vector_op(m, ISA_VMERGE_VVM, target->type, 3, operands);
  }
  known_forget(m, target->array);
}

// A statement's value. What is stored is often what the next iteration needs as well: it is computed once.
static IrValue scalar_value(Mapper *m, const Statement *s) {
  if (s->value == m->kept)
    return m->kept_value;
  IrValue value = scalar_node(m, s->value);
  if (m->region->nodes.data[s->value].kind == NODE_OPERATION) {
    m->kept = s->value;
    m->kept_value = value;
  }
  return value;
}

static void scalar_statement(Mapper *m, const Statement *s) {
  const Access *target = &m->region->accesses.data[s->target];
  bool scalar = is_scalar_access(m->region, s->target);
  IrValue *variable = scalar ? &m->e.variables[m->scalars[target->array]] : NULL;
  IrValue address = scalar ? IR_NONE : access_address(m, target), value = IR_NONE;
  if (s->reduction == IR_OP_COUNT) {
    value = scalar_value(m, s);
  } else {
    IrValue old = scalar ? *variable : build_load(&m->e.builder, target->type, address);
    value = scalar_reduce(m, s, target->type, old);
  }
  if (scalar)
    *variable = value;
  else
    build_store(&m->e.builder, value, address);
  if (m->kept != NODE_NONE && node_reads(m->region, m->kept, target->array))
    m->kept = NODE_NONE;
}

// Whether a condition is known to hold, as in some of the iterations that are written out.
static bool holds_now(Mapper *m, IrValue condition) {
  return ir_is_const(m->e.builder.f, condition) && ir_insn(m->e.builder.f, condition)->imm;
}

static void map_statement(Mapper *m, const Statement *s) {
  FlowIf guard, condition;
  uint32_t place = emit_place(m->e.builder.f, s->source);
  size_t emitted = m->emitted.count;
  IrValue common = common_condition(m, s);
  bool guarded = common != IR_NONE && !holds_now(m, common);
  bool conditional = s->condition != NODE_NONE && (m->lane == no_lane || !m->varies[s->condition]);
  if (conditional && !m->reads[s->condition] && holds_now(m, scalar_node(m, s->condition)))
    conditional = false;
  if (guarded || conditional) {
    late_settle(m);
    m->kept = NODE_NONE;
  }
  if (!guarded || flow_if(&m->e, &guard, common)) {
    if (!conditional || flow_if(&m->e, &condition, scalar_node(m, s->condition))) {
      if (m->lane == no_lane)
        scalar_statement(m, s);
      else
        lane_statement(m, s);
    }
    if (conditional)
      flow_end_if(&m->e, &condition);
  }
  if (guarded)
    flow_end_if(&m->e, &guard);
  if (guarded || conditional)
    m->kept = NODE_NONE;
  // What was computed under the condition is not there behind it.
  if ((guarded || conditional) && m->emitted.count > emitted)
    m->emitted.count = emitted;
  if (m->lane != no_lane && (guarded || conditional))
    known_forget(m, m->region->accesses.data[s->target].array);
  m->e.builder.f->place = place;
}

// --- loops ------------------------------------------------------------------------------------------------

static IrValue extent_value(Mapper *m, uint32_t iterator) {
  return emit_quantity(&m->e, m->region->iterators.data[iterator].extent);
}

static void map_iterations(Mapper *m, uint32_t loop, IrValue extent, StageStrips *strips, void *context);

static uint32_t loop_number(const Mapper *m, const Loop *loop) {
  return (uint32_t)(loop - m->region->loops.data);
}

// One iteration, or one strip.
static void map_step(Mapper *m, const Loop *loop) {
  if (m->columns.loop != UINT32_MAX) {
    columns_strip(m, loop);
    return;
  }
  bool tail = m->tail.loop == loop_number(m, loop);
  late_begin(m, loop_number(m, loop));
  map_body(m, loop->body.data, tail ? m->tail.first : loop->body.count);
  if (tail)
    tail_step(m);
  late_end(m, loop_number(m, loop));
}

// Before a loop or a branch among what is written out: what waits for a second value is added, and in it
// nothing is put together with what stands outside. The loop that is written out, as it was.
static uint32_t leave_written(Mapper *m) {
  uint32_t unrolled = m->unrolled;
  if (unrolled != UINT32_MAX)
    add_waiting(m, unrolled);
  m->unrolled = UINT32_MAX;
  return unrolled;
}

// Loops of few iterations are written out, so that their addresses are constants apart.
static bool map_unrolled(Mapper *m, const Loop *loop, IrValue from, IrValue to) {
  int64_t first = 0, last = 0;
  if (m->lane == no_lane || !emit_is_number(&m->e, from, &first) || !emit_is_number(&m->e, to, &last) ||
      !may_be_written(m, loop, last - first))
    return false;
  uint32_t outermost = m->unrolled;
  m->unrolled = outermost == UINT32_MAX ? loop_number(m, loop) : outermost;
  for (int64_t i = first; i < last; i++) {
    m->e.variables[m->iterators[loop->iterator]] = emit_number(&m->e, i);
    known_pass_step(m);
    map_step(m, loop);
  }
  m->unrolled = outermost;
  if (outermost == UINT32_MAX)
    add_waiting(m, loop_number(m, loop));
  known_pass_step(m);
  return true;
}

// A step of a loop whose iterator is a variable.
static void map_next_step(Mapper *m, const Loop *loop) {
  uint32_t iterator = m->iterators[loop->iterator];
  m->emitted.count = 0;
  map_step(m, loop);
  m->e.variables[iterator] = emit_add_number(&m->e, m->e.variables[iterator], 1);
  walks_step(m, loop_number(m, loop));
}

static void map_two_steps(Mapper *m, const Loop *loop) {
  bool rows = copies_pairs(m, loop_number(m, loop));
  m->first_row.which = rows ? ROW_FIRST : ROW_ALONE;
  map_next_step(m, loop);
  m->first_row.which = rows ? ROW_SECOND : ROW_ALONE;
  map_next_step(m, loop);
  m->first_row.which = ROW_ALONE;
}

// Iterations up to `to`, two at a time, as those of a store that is late: so its value need not be copied.
static void map_pairs(Mapper *m, const Loop *loop, IrValue to) {
  FlowLoop flow;
  FlowIf more, rest;
  uint32_t iterator = m->iterators[loop->iterator];
  IrValue last = emit_add_number(&m->e, to, -1);
  bool tail = m->tail.loop == loop_number(m, loop);
  if (flow_if(&m->e, &more, emit_less(&m->e, m->e.variables[iterator], last))) {
    flow_loop(&m->e, &flow);
    map_two_steps(m, loop);
    flow_end_loop(&m->e, &flow, emit_less(&m->e, m->e.variables[iterator], last));
  }
  flow_end_if(&m->e, &more);
  m->estimate.ignored++; // counted with the others
  IrValue odd = emit_less(&m->e, m->e.variables[iterator], to);
  if (flow_if(&m->e, &rest, odd)) {
    map_next_step(m, loop);
    if (tail)
      tail_keep_odd(m);
  }
  flow_end_if(&m->e, &rest);
  if (tail) {
    tail_close(m);
    if (flow_if(&m->e, &rest, odd))
      tail_close_odd(m);
    flow_end_if(&m->e, &rest);
    tail_end(m);
  }
  m->estimate.ignored--;
}

// Iterations from .. to - 1, one at a time or in pairs.
static void map_each_step(Mapper *m, IrValue from, IrValue to, const Loop *loop) {
  FlowLoop flow;
  uint32_t iterator = m->iterators[loop->iterator], number = loop_number(m, loop);
  late_settle(m);
  m->e.variables[iterator] = from;
  bool grows = may_grow(m), tail = grows && tail_open(m, number);
  size_t walks = tail ? m->walks.count : walks_open(m, number, from);
  bool late = late_open(m, number);
  if (late)
    late_hold(m, number);
  bool two = tail || copies_pairs(m, number);
  bool even = (grows && late_in_pairs(m, number, from, to, 1)) || (two && has_pairs(m, number, from, to, 1));
  bool pairs = !even && (two || (grows && late_in_swapped_pairs(m, number)));
  double times = estimate_enter(m, extent_value(m, loop->iterator), pairs || even ? 2 : 1);
  if (pairs) {
    map_pairs(m, loop, to);
  } else {
    flow_loop(&m->e, &flow);
    if (even)
      map_two_steps(m, loop);
    else
      map_next_step(m, loop);
    flow_end_loop(&m->e, &flow, emit_less(&m->e, m->e.variables[iterator], to));
  }
  estimate_leave(m, times);
  if (late)
    late_close(m);
  walks_close(m, walks);
  if (tail && even) {
    tail_close(m);
    tail_end(m);
  }
  m->emitted.count = 0;
}

static void map_lane_loop(Mapper *m, uint32_t number);

static void map_steps(Mapper *m, IrValue from, IrValue to, void *context);

// As a loop, or several.
static void map_looping(Mapper *m, IrValue from, IrValue to, const Loop *loop) {
  FlowIf flow;
  uint32_t number = loop_number(m, loop);
  if (may_grow(m) && map_partial_sums(m, loop, from, to))
    return;
  uint32_t lanes = columns_within(m, number);
  if (lanes != UINT32_MAX) {
    m->columns = (Columns){number, from, to};
    map_lane_loop(m, lanes);
    m->columns.loop = UINT32_MAX;
    return;
  }
  lanes = may_grow(m) ? swap_lanes(m, number) : UINT32_MAX;
  if (lanes == UINT32_MAX) {
    map_each_step(m, from, to, loop);
    return;
  }
  if (flow_if(&m->e, &flow, swap_worth(m, number, lanes, from, to)))
    swap_strips(m, number, lanes, from, to, map_steps);
  if (flow_else(&m->e, &flow))
    map_each_step(m, from, to, loop);
  flow_end_if(&m->e, &flow);
}

static void map_steps(Mapper *m, IrValue from, IrValue to, void *context) {
  const Loop *loop = context;
  if (map_unrolled(m, loop, from, to))
    return;
  uint32_t unrolled = leave_written(m);
  map_looping(m, from, to, loop);
  m->unrolled = unrolled;
}

void map_as_written(Mapper *m, uint32_t loop) {
  const Loop *l = &m->region->loops.data[loop];
  map_steps(m, emit_number(&m->e, 0), extent_value(m, l->iterator), (void *)l);
}

bool has_lanes(const Mapper *m, uint32_t loop) {
  for (uint32_t l = 0; l < m->region->loops.count; l++)
    if (m->chosen[l] && loop_within(m->region, l, loop))
      return true;
  return false;
}

// Loops within one that goes through the scratchpad have iterations: that was asked for.
static bool may_be_empty(const Mapper *m, uint32_t iterator) {
  const Iterator *i = &m->region->iterators.data[iterator];
  return !i->entered &&
         !(m->stage && i->extent.value != IR_NONE && loop_within(m->region, i->loop, m->stage->loop));
}

static void map_scalar_loop(Mapper *m, uint32_t number) {
  Loop *loop = &m->region->loops.data[number];
  FlowIf entered;
  IrValue extent = extent_value(m, loop->iterator), zero = emit_number(&m->e, 0);
  bool check = may_be_empty(m, loop->iterator);
  uint32_t unrolled = check ? leave_written(m) : m->unrolled;
  if (check)
    late_settle(m);
  if (!check || flow_if(&m->e, &entered, emit_less(&m->e, zero, extent))) {
    if (m->lane != no_lane || has_lanes(m, number) || m->streamed[number])
      map_iterations(m, number, extent, map_steps, loop);
    else
      map_steps(m, zero, extent, loop);
  }
  if (check)
    flow_end_if(&m->e, &entered);
  m->unrolled = unrolled;
}

static void start_lane_scalars(Mapper *m, const StatementList *list) {
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &m->region->statements.data[list->data[i]];
    const Access *access = &m->region->accesses.data[s->target];
    if (is_scalar_access(m->region, s->target) && !is_total(m, s))
      m->e.variables[m->scalars[access->array]] =
          build_undefined(&m->e.builder, vector_group_type(m, access->type));
  }
}

static void unset_lane_scalars(Mapper *m, const StatementList *list) {
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &m->region->statements.data[list->data[i]];
    if (is_scalar_access(m->region, s->target) && !is_total(m, s))
      m->e.variables[m->scalars[m->region->accesses.data[s->target].array]] = IR_NONE;
  }
}

typedef struct Strips {
  const Loop *loop;
  const StatementList *list;
} Strips;

// As many iterations as there are lanes.
static void map_strip(Mapper *m, const Strips *strips, IrValue to) {
  uint32_t iterator = m->iterators[strips->loop->iterator];
  m->emitted.count = 0;
  IrValue rest = emit_sub(&m->e, to, m->e.variables[iterator]);
  // The ratio alone decides how many there are.
  VectorConfig config = vector_config(m, m->ratio > 4 ? IR_I64 : IR_I16);
  m->length = build_setvl(&m->e.builder, rest, config.sew, config.lmul);
  start_lane_scalars(m, strips->list);
  if (m->columns.loop != UINT32_MAX)
    columns_strip(m, strips->loop);
  else
    map_body(m, strips->loop->body.data, strips->loop->body.count);
  unset_lane_scalars(m, strips->list);
  m->e.variables[iterator] = emit_add(&m->e, m->e.variables[iterator], m->length);
}

static void map_late_strips(Mapper *m, const Strips *strips, IrValue to) {
  Emitter *e = &m->e;
  FlowIf more;
  FlowLoop flow;
  uint32_t iterator = m->iterators[strips->loop->iterator];
  m->estimate.ignored++; // counted with the others
  map_strip(m, strips, to);
  m->estimate.ignored--;
  if (flow_if(e, &more, emit_less(e, e->variables[iterator], to))) {
    flow_loop(e, &flow);
    late_begin(m, loop_number(m, strips->loop));
    map_strip(m, strips, to);
    late_settle(m);
    flow_end_loop(e, &flow, emit_less(e, e->variables[iterator], to));
  }
  flow_end_if(e, &more);
  late_close(m);
}

static void map_full_strip(Mapper *m, const Strips *strips, int64_t length) {
  uint32_t iterator = m->iterators[strips->loop->iterator];
  m->emitted.count = 0;
  m->length = emit_number(&m->e, length);
  start_lane_scalars(m, strips->list);
  map_step(m, strips->loop);
  unset_lane_scalars(m, strips->list);
  m->e.variables[iterator] = emit_add_number(&m->e, m->e.variables[iterator], length);
}

// Strips that all have as many lanes. Totals may begin with the first one.
static void map_full_strips(Mapper *m, const Strips *strips, IrValue from, IrValue to, int64_t length) {
  Emitter *e = &m->e;
  FlowLoop flow;
  uint32_t number = loop_number(m, strips->loop), *iterator = &m->iterators[strips->loop->iterator];
  int64_t first = 0, last = 0;
  bool known = emit_is_number(e, from, &first) && emit_is_number(e, to, &last);
  bool only = known && last - first == length, opens = totals_wait(m);
  e->variables[*iterator] = from;
  if (opens)
    map_full_strip(m, strips, length);
  if (only && opens)
    return;
  only = only || (opens && known && last - first == 2 * length);
  from = e->variables[*iterator];
  bool late = !only && late_open(m, number);
  unsigned count = may_grow(m) && late_in_pairs(m, number, from, to, length) ? 2 : 1;
  double times = estimate_enter(m, extent_value(m, strips->loop->iterator), (double)length * count);
  m->estimate.lanes = (double)length;
  if (!only)
    flow_loop(e, &flow);
  for (unsigned i = 0; i < count; i++)
    map_full_strip(m, strips, length);
  if (!only)
    flow_end_loop(e, &flow, emit_less(e, e->variables[*iterator], to));
  estimate_leave(m, times);
  if (late)
    late_close(m);
  m->emitted.count = 0;
}

// Strips of which only the last few may be shorter: the others in pairs.
static void map_full_pairs(Mapper *m, const Strips *strips, IrValue to) {
  Emitter *e = &m->e;
  FlowIf several, more;
  FlowLoop flow;
  uint32_t number = loop_number(m, strips->loop), *iterator = &m->iterators[strips->loop->iterator];
  int64_t length = (int64_t)e->machine->vlen >> m->ratio;
  IrValue last = emit_add_number(e, to, 1 - 2 * length);
  m->full = number;
  if (flow_if(e, &several, emit_less(e, e->variables[*iterator], last))) {
    bool late = late_open(m, number);
    flow_loop(e, &flow);
    for (unsigned i = 0; i < 2; i++)
      map_full_strip(m, strips, length);
    flow_end_loop(e, &flow, emit_less(e, e->variables[*iterator], last));
    if (late)
      late_close(m);
  }
  flow_end_if(e, &several);
  m->full = UINT32_MAX;
  if (flow_if(e, &more, emit_less(e, e->variables[*iterator], to))) {
    flow_loop(e, &flow);
    map_strip(m, strips, to);
    flow_end_loop(e, &flow, emit_less(e, e->variables[*iterator], to));
  }
  flow_end_if(e, &more);
  m->emitted.count = 0;
}

// The strip that goes through the loops around.
static void map_swapped_strip(Mapper *m, const Strips *strips) {
  m->length = m->strip;
  m->emitted.count = 0;
  start_lane_scalars(m, strips->list);
  map_step(m, strips->loop);
  unset_lane_scalars(m, strips->list);
}

static void map_other_strips(Mapper *m, const Strips *strips, IrValue to) {
  FlowLoop flow;
  flow_loop(&m->e, &flow);
  map_strip(m, strips, to);
  flow_end_loop(&m->e, &flow, emit_less(&m->e, m->e.variables[m->iterators[strips->loop->iterator]], to));
  m->emitted.count = 0;
}

// Iterations from .. to - 1.
static void map_strips(Mapper *m, IrValue from, IrValue to, void *context) {
  const Strips *strips = context;
  FlowIf more;
  uint32_t iterator = m->iterators[strips->loop->iterator], number = loop_number(m, strips->loop);
  if (m->swapped == number) {
    map_swapped_strip(m, strips);
    return;
  }
  int64_t length = strip_length(m, number);
  if (length) {
    map_full_strips(m, strips, from, to, length);
    return;
  }
  m->e.variables[iterator] = from;
  double times = estimate_strips(m, extent_value(m, strips->loop->iterator));
  if (late_in_full_pairs(m, number) && may_grow(m)) {
    map_full_pairs(m, strips, to);
  } else if (late_open_strips(m, number)) {
    map_late_strips(m, strips, to);
  } else if (totals_wait(m)) {
    int64_t last = 0;
    bool several = emit_is_number(&m->e, to, &last) && last > (int64_t)m->e.machine->vlen >> m->ratio;
    map_strip(m, strips, to);
    if (several || flow_if_likely(&m->e, &more, emit_less(&m->e, m->e.variables[iterator], to)))
      map_other_strips(m, strips, to);
    if (!several)
      flow_end_if(&m->e, &more);
  } else {
    map_other_strips(m, strips, to);
  }
  estimate_leave(m, times);
}

bool is_one_strip(Mapper *m, uint32_t loop) {
  const Loop *l = &m->region->loops.data[loop];
  const Quantity *extent = &m->region->iterators.data[l->iterator].extent;
  if (!m->chosen[loop] || extent->value != IR_NONE || (m->stage && m->stage->loop == loop) ||
      strip_length(m, loop) != extent->constant)
    return false;
  for (size_t i = 0; i < l->body.count; i++)
    if (l->body.data[i].loop)
      return false;
  return true;
}

// The iterations 0 .. extent - 1, at least one, through the scratchpad where that is possible and worth it.
static void map_iterations(Mapper *m, uint32_t loop, IrValue extent, StageStrips *strips, void *context) {
  Stage stage;
  IrValue zero = emit_number(&m->e, 0);
  if (m->stage || m->local || m->unstaged || m->copied != UINT32_MAX || is_one_strip(m, loop) ||
      !may_grow(m) || !stage_find(m, loop, &stage)) {
    strips(m, zero, extent, context);
    return;
  }
  FlowIf flow;
  uint32_t unrolled = leave_written(m);
  bool through = flow_if(&m->e, &flow, stage.worth);
  if (through) {
    Estimate before = estimate_begin_stage(m);
    stage_loop(m, &stage, extent, strips, context);
    estimate_end_stage(m, &stage, extent, before);
  }
  m->estimate.ignored += through;
  if (flow_else(&m->e, &flow))
    strips(m, zero, extent, context);
  m->estimate.ignored -= through;
  m->staged++;
  flow_end_if(&m->e, &flow);
  m->unrolled = unrolled;
}

void forget_ready(Mapper *m) {
  for (size_t i = 0; i < m->region->nodes.count; i++)
    m->ready[i] = IR_NONE;
}

static void map_lane_loop(Mapper *m, uint32_t number) {
  const Loop *loop = &m->region->loops.data[number];
  if (m->copied != UINT32_MAX) {
    copy_row(m, number);
    return;
  }
  StatementList list = {0};
  LaneLoop lanes = {0};
  uint32_t loops = 0;
  FlowIf entered;
  collect_statements(m->region, number, &list, &loops);
  vector_analyze(m, loop->iterator);
  lanes.choices = choices_enter(m, list.data, list.count);
  choose_ratio(m, &list);
  m->totals = &lanes;
  IrValue extent = extent_value(m, loop->iterator);
  bool check = may_be_empty(m, loop->iterator);
  unset_lane_scalars(m, &list);
  if (!check || flow_if(&m->e, &entered, emit_less(&m->e, emit_number(&m->e, 0), extent))) {
    uint32_t first = m->e.variable_count;
    Strips strips = {loop, &list};
    for (size_t i = 0; i < list.count; i++)
      vector_prepare(m, m->columns.loop == UINT32_MAX ? number : m->columns.loop,
                     &m->region->statements.data[list.data[i]]);
    totals_start(m, number, &list);
    tables_load(m, number);
    map_iterations(m, number, extent, map_strips, &strips);
    m->lane = no_lane;
    totals_end(m, number, &list);
    m->e.variable_count = first;
  } else if (lanes.choices) {
    choices_leave(m, list.data, list.count);
  }
  if (check)
    flow_end_if(&m->e, &entered);
  m->lane = no_lane;
  m->emitted.count = 0;
  m->totals = NULL;
  forget_ready(m);
  VEC_FREE(&lanes.totals);
  VEC_FREE(&list);
}

static void map_loop(Mapper *m, uint32_t loop) {
  if (m->lane == no_lane && m->chosen[loop])
    map_lane_loop(m, loop);
  else
    map_scalar_loop(m, loop);
  m->kept = NODE_NONE;
}

// A nest that may be one of copies by transfers.
static void map_nest(Mapper *m, uint32_t loop) {
  FlowIf flow;
  IrValue condition = IR_NONE;
  if (map_moves(m, loop, map_loop))
    return;
  if (m->copied != UINT32_MAX || !may_grow(m) || !copies_rows(m, loop, &condition)) {
    map_loop(m, loop);
    return;
  }
  if (flow_if(&m->e, &flow, condition)) {
    copies_begin(m);
    map_loop(m, loop);
    copies_end(m);
  }
  if (flow_else(&m->e, &flow))
    map_loop(m, loop);
  flow_end_if(&m->e, &flow);
}

void map_body(Mapper *m, const Item *items, size_t count) {
  m->kept = NODE_NONE;
  for (size_t i = 0; i < count; i++) {
    if (items[i].loop)
      map_nest(m, items[i].index);
    else
      map_statement(m, &m->region->statements.data[items[i].index]);
  }
}
