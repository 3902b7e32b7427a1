// Code for a region on the vector unit: of each nest one loop becomes lanes, the others stay loops.
#include "target/tensor/vector_map.h"
#include "target/tensor/raise.h"
#include "target/vector_math.h"

#include <string.h>

static const uint32_t no_lane = UINT32_MAX;

// --- a loop's contents ------------------------------------------------------------------------------------

typedef VEC(uint32_t) StatementList;

static void collect_statements(const Region *region, uint32_t loop, StatementList *out, uint32_t *loops) {
  const Loop *l = &region->loops.data[loop];
  ++*loops;
  for (size_t i = 0; i < l->body.count; i++) {
    if (l->body.data[i].loop)
      collect_statements(region, l->body.data[i].index, out, loops);
    else
      VEC_PUSH(out, l->body.data[i].index);
  }
}

static bool is_scalar_access(const Region *region, uint32_t access) {
  return region->arrays.data[region->accesses.data[access].array].kind == ARRAY_SCALAR;
}

static bool moves(const Mapper *m, uint32_t access) {
  Quantity stride = lane_stride(m, &m->region->accesses.data[access].offset);
  return stride.value != IR_NONE || stride.constant != 0;
}

static bool is_total(const Mapper *m, const Statement *s) {
  return s->reduction != IR_OP_COUNT && !moves(m, s->target);
}

static bool read_by(const Region *region, const Statement *s, uint32_t array) {
  return node_reads(region, s->value, array) ||
         (s->condition != NODE_NONE && node_reads(region, s->condition, array));
}

// Totals over the lanes: an element that is the same for all of them, and is only added to, in one way.
static bool totals_are_clean(const Mapper *m, const StatementList *list, const Statement *total) {
  const Region *region = m->region;
  uint32_t array = region->accesses.data[total->target].array;
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &region->statements.data[list->data[i]];
    bool same = region->accesses.data[s->target].array == array;
    if (read_by(region, s, array) ||
        (same && (s->target != total->target || s->reduction != total->reduction)))
      return false;
  }
  return true;
}

static bool guards_fit(const Mapper *m, const Statement *s) {
  for (uint32_t i = 0; i < s->guard_count; i++) {
    Quantity stride = lane_stride(m, &s->guards[i]);
    if (stride.value != IR_NONE || stride.constant > 1 || stride.constant < -1)
      return false;
  }
  return true;
}

static bool statement_fits(const Mapper *m, const StatementList *list, const Statement *s, uint32_t loop,
                           uint32_t inner_loops) {
  const Region *region = m->region;
  const Access *target = &region->accesses.data[s->target];
  bool scalar = is_scalar_access(region, s->target);
  bool element = target->type == IR_I8 || target->type == IR_I16 || target->type == IR_I32 ||
                 target->type == IR_I64 || ir_is_float(target->type) || (scalar && target->type == IR_I1);
  if (!element || target->index != NODE_NONE || !vector_supports(m, s->value) || !guards_fit(m, s) ||
      (s->condition != NODE_NONE && !vector_supports(m, s->condition)))
    return false;
  if (moves(m, s->target))
    return s->reduction == IR_OP_COUNT || s->reduction == IR_FMA ||
           vector_has_binary((IrOp)s->reduction, target->type);
  // A total is kept outside of the lanes' loop, so it is the same element for all loops within.
  for (uint32_t i = 0; i < target->offset.count; i++)
    if (loop_within(region, region->iterators.data[target->offset.terms[i].iterator].loop, loop))
      return false;
  // An ordered sum inside of further loops would not be in their order.
  bool ordered = ir_is_float(target->type) && !s->reassociable;
  return is_total(m, s) && total_supported(region, s) && totals_are_clean(m, list, s) &&
         (!ordered || inner_loops == 1);
}

static double extent_of(const Region *region, uint32_t loop) {
  enum { UNKNOWN = 64 };
  const Quantity *extent = &region->iterators.data[region->loops.data[loop].iterator].extent;
  int64_t most = extent->value != IR_NONE ? loop_limit(region, loop) : extent->constant;
  if (extent->value != IR_NONE && most > UNKNOWN)
    most = UNKNOWN;
  return most > 0 ? (double)most : 0;
}

// Cycles for an element of an access, about.
static double access_cost(const Mapper *m, uint32_t access) {
  const Access *a = &m->region->accesses.data[access];
  if (is_scalar_access(m->region, access))
    return 0;
  Quantity stride = lane_stride(m, &a->offset);
  double bytes = type_bits(a->type) / 8.0;
  if (stride.value == IR_NONE && stride.constant == 0)
    return 0.02;
  return stride.value == IR_NONE && stride.constant == (int64_t)bytes ? bytes / 32 : 1.5;
}

enum { LIBRARY_CALL = 60 }; // cycles

static double call_cost(const Mapper *m, const Node *call) {
  VectorFunction function = vector_function_of_call(m->e.target, m->region->function, call->index);
  return vector_function_cost(function) * type_bits(call->type) / (double)m->e.machine->vlen;
}

// Marks the nodes that a statement's value needs, itself included.
static bool *needed_nodes(const Region *region, const Statement *s) {
  bool *reached = ARENA_ARRAY(region->arena, bool, s->value + 1);
  reached[s->value] = true;
  for (uint32_t n = s->value + 1; n-- > 0;)
    for (uint32_t k = 0; reached[n] && k < region->nodes.data[n].operand_count; k++)
      reached[region->nodes.data[n].operands[k]] = true;
  return reached;
}

// Whether an access's elements lie far apart for the lanes.
static bool is_far(const Mapper *m, uint32_t access) {
  enum { FAR = 64 }; // bytes
  Quantity stride = lane_stride(m, &m->region->accesses.data[access].offset);
  return !is_scalar_access(m->region, access) &&
         (stride.value != IR_NONE || stride.constant > FAR || stride.constant < -FAR);
}

static bool has_far_lanes(const Mapper *m, const StatementList *list) {
  const Region *region = m->region;
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &region->statements.data[list->data[i]];
    const bool *needed = needed_nodes(region, s);
    if (is_far(m, s->target))
      return true;
    for (uint32_t n = 0; n <= s->value; n++)
      if (needed[n] && region->nodes.data[n].kind == NODE_LOAD && is_far(m, region->nodes.data[n].index))
        return true;
  }
  return false;
}

// Cycles of the loop as lanes.
static double lanes_cost(const Mapper *m, const StatementList *list, uint32_t loop) {
  const Region *region = m->region;
  double cost = 0;
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &region->statements.data[list->data[i]];
    const bool *needed = needed_nodes(region, s);
    double lanes = access_cost(m, s->target) * (s->reduction == IR_OP_COUNT || !moves(m, s->target) ? 1 : 2);
    for (uint32_t n = s->value + 1; n-- > 0;) {
      const Node *node = &region->nodes.data[n];
      if (!needed[n])
        continue;
      if (node->kind == NODE_LOAD)
        lanes += access_cost(m, node->index);
      else if (node->kind == NODE_CALL && m->varies[n])
        lanes += call_cost(m, node);
      else if (m->varies[n])
        lanes += type_bits(node->type) / 512.0 + 0.02;
    }
    cost += lanes + 0.1;
  }
  double extent = extent_of(region, loop);
  // A step costs something whatever it does.
  return cost * extent + 6 * (1 + extent / 128) * (double)list->count;
}

// Cycles of a statement in a loop of scalar code: about one for each instruction.
static double scalar_statement_cost(const Region *region, const Statement *s) {
  const bool *needed = needed_nodes(region, s);
  double cost = s->reduction == IR_OP_COUNT ? 0 : 1;
  if (!is_scalar_access(region, s->target))
    cost += s->reduction == IR_OP_COUNT ? 1 : 2;
  for (uint32_t n = 0; n <= s->value; n++) {
    const Node *node = &region->nodes.data[n];
    if (!needed[n])
      continue;
    if (node->kind == NODE_CALL)
      cost += LIBRARY_CALL;
    else if (node->kind == NODE_OPERATION ||
             (node->kind == NODE_LOAD && !is_scalar_access(region, node->index)))
      cost += 1;
  }
  return cost;
}

static double iterations_within(const Region *region, uint32_t loop, uint32_t above) {
  double n = 1;
  for (; loop != above && loop != UINT32_MAX; loop = region->loops.data[loop].parent)
    n *= extent_of(region, loop);
  return n;
}

// Whether the loop can be lanes, and what that costs.
static bool can_be_lanes(Mapper *m, uint32_t loop, double *cost, bool *far) {
  const Region *region = m->region;
  StatementList list = {0};
  uint32_t loops = 0;
  collect_statements(region, loop, &list, &loops);
  vector_analyze(m, region->loops.data[loop].iterator);
  if (list.count == 1)
    chain_begin(m, list.data[0]);
  bool fits = list.count > 0 && list.count <= 24 && extent_of(region, loop) >= 4 &&
              loop_may_be_parallel(region, loop, true);
  for (size_t i = 0; i < list.count && fits; i++)
    fits = statement_fits(m, &list, &region->statements.data[list.data[i]], loop, loops);
  if (fits) {
    double inner = 1;
    for (size_t i = 0; i < list.count; i++) {
      uint32_t at = loop;
      for (size_t l = 0; l < region->loops.count; l++)
        for (size_t k = 0; k < region->loops.data[l].body.count; k++)
          if (!region->loops.data[l].body.data[k].loop &&
              region->loops.data[l].body.data[k].index == list.data[i])
            at = (uint32_t)l;
      double n = iterations_within(region, at, loop);
      inner = n > inner ? n : inner;
    }
    *cost = lanes_cost(m, &list, loop) * inner;
    *far = has_far_lanes(m, &list);
  }
  chain_end(m);
  VEC_FREE(&list);
  m->lane = no_lane;
  return fits;
}

// Counting, and waiting for what was loaded, cost some cycles too.
static double scalar_cost(const Mapper *m, uint32_t loop) {
  const Region *region = m->region;
  const Loop *l = &region->loops.data[loop];
  double cost = 2.5;
  for (size_t i = 0; i < l->body.count; i++)
    if (!l->body.data[i].loop)
      cost += scalar_statement_cost(region, &region->statements.data[l->body.data[i].index]);
  return cost * extent_of(region, loop);
}

// The cheapest way for the loop and all within; chosen[] says which loops are lanes.
static double choose(Mapper *m, uint32_t loop) {
  const Region *region = m->region;
  double as_lanes = 0, inner = 0;
  bool far = false, can = can_be_lanes(m, loop, &as_lanes, &far);
  for (size_t i = 0; i < region->loops.data[loop].body.count; i++)
    if (region->loops.data[loop].body.data[i].loop)
      inner += choose(m, region->loops.data[loop].body.data[i].index);
  double as_loop = scalar_cost(m, loop) + inner * extent_of(region, loop);
  // Inner loops as lanes leave smaller tiles for the scratchpad. But where elements lie far apart in any
  // case, as in a transpose, outer ones leave blocks.
  m->chosen[loop] = can && (inner > 0 ? as_lanes * (far ? 0.9 : 1.2) : as_lanes) < as_loop;
  if (m->chosen[loop])
    for (uint32_t l = 0; l < region->loops.count; l++)
      if (l != loop && loop_within(region, l, loop))
        m->chosen[l] = false;
  return m->chosen[loop] ? as_lanes : as_loop;
}

// --- statements -------------------------------------------------------------------------------------------

static void map_body(Mapper *m, const Item *items, size_t count);

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

static Operand reduced(Mapper *m, const Statement *s, IrType type, IrValue old, IrValue mask) {
  if (s->reduction == IR_FMA) {
    const Node product = m->region->nodes.data[s->value];
    Operand x = vector_node(m, product.operands[0], mask), y = vector_node(m, product.operands[1], mask);
    if (!y.vector) {
      Operand swap = x;
      x = y;
      y = swap;
    }
    IrValue operands[3] = {old, x.value, vector_of(m, y, type)};
    return (Operand){true, vector_op(m, x.vector ? ISA_VFMACC_VV : ISA_VFMACC_VF, type, 3, operands)};
  }
  Operand value = vector_node(m, s->value, mask);
  return (Operand){true, vector_binary(m, (IrOp)s->reduction, type, (Operand){true, old}, value)};
}

typedef struct LaneLoop { // totals over the lanes of the current loop
  VEC(Total) totals;
} LaneLoop;

static Total *total_of(Mapper *m, uint32_t access) {
  LaneLoop *lanes = m->totals;
  for (size_t i = 0; i < lanes->totals.count; i++)
    if (lanes->totals.data[i].access == access)
      return &lanes->totals.data[i];
  return NULL;
}

static void lane_statement(Mapper *m, const Statement *s) {
  const Access *target = &m->region->accesses.data[s->target];
  IrValue mask = lane_mask(m, s);
  if (is_total(m, s)) {
    total_add(m, total_of(m, s->target), s, mask);
    return;
  }
  bool scalar = is_scalar_access(m->region, s->target);
  IrValue *variable = scalar ? &m->e.variables[m->scalars[target->array]] : NULL;
  IrValue value = IR_NONE;
  if (s->reduction != IR_OP_COUNT) {
    IrValue old = scalar ? *variable : vector_load(m, target, mask);
    value = reduced(m, s, target->type, old, mask).value;
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
  vector_forget(m, target->array);
}

static void scalar_statement(Mapper *m, const Statement *s) {
  const Access *target = &m->region->accesses.data[s->target];
  bool scalar = is_scalar_access(m->region, s->target);
  IrValue *variable = scalar ? &m->e.variables[m->scalars[target->array]] : NULL;
  IrValue address = scalar ? IR_NONE : access_address(m, target), value = IR_NONE;
  if (s->reduction == IR_OP_COUNT) {
    value = scalar_node(m, s->value);
  } else {
    IrValue old = scalar ? *variable : build_load(&m->e.builder, target->type, address);
    value = scalar_reduce(m, s, target->type, old);
  }
  if (scalar)
    *variable = value;
  else
    build_store(&m->e.builder, value, address);
}

static void map_statement(Mapper *m, const Statement *s) {
  FlowIf guard, condition;
  size_t emitted = m->emitted.count;
  IrValue common = common_condition(m, s);
  bool guarded = common != IR_NONE;
  bool conditional = s->condition != NODE_NONE && (m->lane == no_lane || !m->varies[s->condition]);
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
  // What was computed under the condition is not there behind it.
  if ((guarded || conditional) && m->emitted.count > emitted)
    m->emitted.count = emitted;
  if (m->lane != no_lane && (guarded || conditional))
    vector_forget(m, m->region->accesses.data[s->target].array);
}

// --- loops ------------------------------------------------------------------------------------------------

static IrValue extent_value(Mapper *m, uint32_t iterator) {
  return emit_quantity(&m->e, m->region->iterators.data[iterator].extent);
}

static void map_iterations(Mapper *m, uint32_t loop, IrValue extent, StageStrips *strips, void *context);

enum { LARGEST_UNROLLED = 16 }; // statements

// Loops of few iterations are written out, so that their addresses are constants apart.
static bool map_unrolled(Mapper *m, const Loop *loop, IrValue from, IrValue to) {
  int64_t first = 0, last = 0;
  if (m->lane == no_lane || !emit_is_number(&m->e, from, &first) || !emit_is_number(&m->e, to, &last) ||
      (last - first) * (int64_t)loop->body.count > LARGEST_UNROLLED)
    return false;
  for (int64_t i = first; i < last; i++) {
    m->e.variables[m->iterators[loop->iterator]] = emit_number(&m->e, i);
    m->emitted.count = 0;
    map_body(m, loop->body.data, loop->body.count);
  }
  m->emitted.count = 0;
  return true;
}

// Iterations from .. to - 1, one at a time.
static void map_steps(Mapper *m, IrValue from, IrValue to, void *context) {
  const Loop *loop = context;
  FlowLoop flow;
  if (map_unrolled(m, loop, from, to))
    return;
  uint32_t iterator = m->iterators[loop->iterator];
  m->emitted.count = 0;
  m->e.variables[iterator] = from;
  flow_loop(&m->e, &flow);
  map_body(m, loop->body.data, loop->body.count);
  m->e.variables[iterator] = emit_add_number(&m->e, m->e.variables[iterator], 1);
  flow_end_loop(&m->e, &flow, emit_less(&m->e, m->e.variables[iterator], to));
  m->emitted.count = 0;
}

static bool has_lanes(const Mapper *m, uint32_t loop) {
  for (uint32_t l = 0; l < m->region->loops.count; l++)
    if (m->chosen[l] && loop_within(m->region, l, loop))
      return true;
  return false;
}

static void map_scalar_loop(Mapper *m, uint32_t number) {
  Loop *loop = &m->region->loops.data[number];
  FlowIf entered;
  IrValue extent = extent_value(m, loop->iterator), zero = emit_number(&m->e, 0);
  bool check = !m->region->iterators.data[loop->iterator].entered;
  if (!check || flow_if(&m->e, &entered, emit_less(&m->e, zero, extent))) {
    if (m->lane != no_lane || has_lanes(m, number))
      map_iterations(m, number, extent, map_steps, loop);
    else
      map_steps(m, zero, extent, loop);
  }
  if (check)
    flow_end_if(&m->e, &entered);
}

enum { CALL_GROUPS = 5 }; // alive in a function's instructions, beside the constants

// Groups that are needed to compute a node, each operand before the other; what is used several times is
// held.
static unsigned groups_for(const Mapper *m, uint32_t root) {
  const Region *region = m->region;
  unsigned *need = ARENA_ARRAY(region->arena, unsigned, root + 1),
           *uses = ARENA_ARRAY(region->arena, unsigned, root + 1);
  unsigned held = 0;
  uses[root] = 1;
  for (uint32_t i = root + 1; i-- > 0;)
    for (uint32_t k = 0; uses[i] && k < region->nodes.data[i].operand_count; k++)
      uses[region->nodes.data[i].operands[k]]++;
  for (uint32_t i = 0; i <= root; i++) {
    const Node *n = &region->nodes.data[i];
    if (!uses[i] || !m->varies[i])
      continue;
    unsigned most = 1, operands = 0;
    for (uint32_t k = 0; k < n->operand_count; k++) {
      unsigned x = need[n->operands[k]];
      most = x > most ? x : most;
      operands += x > 0;
    }
    need[i] = most > operands ? most : operands;
    if (n->kind == NODE_CALL && need[i] < CALL_GROUPS)
      need[i] = CALL_GROUPS;
    held += uses[i] > 1 && n->kind != NODE_ITERATOR;
  }
  return need[root] + held;
}

// Groups that are alive at the same time, about.
static unsigned pressure(const Mapper *m, const StatementList *list) {
  unsigned most = 1, held = 1;
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &m->region->statements.data[list->data[i]];
    held += is_scalar_access(m->region, s->target) || is_total(m, s) || s->reduction != IR_OP_COUNT;
    unsigned value = groups_for(m, s->value), condition = 0;
    if (s->condition != NODE_NONE && m->varies[s->condition])
      condition = 1 + groups_for(m, s->condition);
    most = value > most ? value : most;
    most = condition > most ? condition : most;
  }
  return most + held;
}

static void choose_ratio(Mapper *m, const StatementList *list) {
  unsigned widest = 8;
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &m->region->statements.data[list->data[i]];
    unsigned value = vector_widest(m, s->value), target = type_bits(m->region->accesses.data[s->target].type);
    unsigned condition = s->condition == NODE_NONE ? 8 : vector_widest(m, s->condition);
    widest = value > widest ? value : widest;
    widest = target > widest ? target : widest;
    widest = condition > widest ? condition : widest;
  }
  unsigned groups = pressure(m, list), lmul = groups <= 4 ? 3 : groups <= 9 ? 2 : groups <= 16 ? 1 : 0;
  unsigned log = (unsigned)__builtin_ctz(widest);
  m->ratio = log > lmul ? log - lmul : 0;
  // Masks are made from 16 bits a lane, and the narrowest elements need a place too.
  if (m->ratio < 1)
    m->ratio = 1;
}

static IrValue old_total(Mapper *m, const Access *access) {
  if (m->region->arrays.data[access->array].kind == ARRAY_SCALAR)
    return m->e.variables[m->scalars[access->array]];
  return build_load(&m->e.builder, access->type, access_address(m, access));
}

static void start_lanes(Mapper *m, const StatementList *list, LaneLoop *lanes) {
  Region *region = m->region;
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &region->statements.data[list->data[i]];
    if (!is_total(m, s) || total_of(m, s->target))
      continue;
    const Access *access = &region->accesses.data[s->target];
    Total total = {.access = s->target,
                   .op = s->reduction,
                   .type = access->type,
                   .ordered = ir_is_float(access->type) && !s->reassociable};
    total_start(m, &total, old_total(m, access));
    VEC_PUSH(&lanes->totals, total);
  }
}

// Of zeros of either sign the first one counts, which the lanes do not know: then the loop is run again.
static void finish_chain(Mapper *m, const Loop *loop, const LaneLoop *lanes, IrValue extent) {
  Emitter *e = &m->e;
  FlowIf flow;
  const Total *total = &lanes->totals.data[0];
  uint32_t variable = m->scalars[m->region->accesses.data[total->access].array];
  IrValue initial = e->variables[variable], better = IR_NONE;
  IrValue best = chain_finish(m, total, initial, &better);
  IrValue zero = ir_leaf(e->builder.f, IR_FCONST, total->type, 0);
  IrValue tie = emit_and(e, better, build_compare(&e->builder, IR_FCMP, IR_OEQ, best, zero));
  e->variables[variable] = build_select(&e->builder, total->type, better, best, initial);
  chain_end(m);
  if (flow_if(e, &flow, tie)) {
    e->variables[variable] = initial;
    map_steps(m, emit_number(e, 0), extent, (void *)loop);
  }
  flow_end_if(e, &flow);
}

static void finish_totals(Mapper *m, LaneLoop *lanes) {
  for (size_t i = 0; i < lanes->totals.count; i++) {
    Total *total = &lanes->totals.data[i];
    const Access *access = &m->region->accesses.data[total->access];
    bool scalar = is_scalar_access(m->region, total->access);
    IrValue value = total_finish(m, total, old_total(m, access));
    if (scalar)
      m->e.variables[m->scalars[access->array]] = value;
    else
      build_store(&m->e.builder, value, access_address(m, access));
  }
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

// Iterations from .. to - 1, as many at a time as there are lanes.
static void map_strips(Mapper *m, IrValue from, IrValue to, void *context) {
  const Strips *strips = context;
  FlowLoop flow;
  uint32_t iterator = m->iterators[strips->loop->iterator];
  m->e.variables[iterator] = from;
  flow_loop(&m->e, &flow);
  m->emitted.count = 0;
  IrValue rest = emit_sub(&m->e, to, m->e.variables[iterator]);
  // The ratio alone decides how many there are.
  VectorConfig config = vector_config(m, m->ratio > 4 ? IR_I64 : IR_I16);
  m->length = build_setvl(&m->e.builder, rest, config.sew, config.lmul);
  start_lane_scalars(m, strips->list);
  map_body(m, strips->loop->body.data, strips->loop->body.count);
  unset_lane_scalars(m, strips->list);
  m->e.variables[iterator] = emit_add(&m->e, m->e.variables[iterator], m->length);
  flow_end_loop(&m->e, &flow, emit_less(&m->e, m->e.variables[iterator], to));
  m->emitted.count = 0;
}

// The iterations 0 .. extent - 1, at least one, through the scratchpad where that is possible and worth it.
static void map_iterations(Mapper *m, uint32_t loop, IrValue extent, StageStrips *strips, void *context) {
  Stage stage;
  IrValue zero = emit_number(&m->e, 0);
  if (m->stage || !stage_find(m, loop, &stage)) {
    strips(m, zero, extent, context);
    return;
  }
  FlowIf flow;
  if (flow_if(&m->e, &flow, stage.worth))
    stage_loop(m, &stage, extent, strips, context);
  if (flow_else(&m->e, &flow))
    strips(m, zero, extent, context);
  m->staged++;
  flow_end_if(&m->e, &flow);
}

static void map_lane_loop(Mapper *m, uint32_t number) {
  const Loop *loop = &m->region->loops.data[number];
  StatementList list = {0};
  LaneLoop lanes = {0};
  uint32_t loops = 0;
  FlowIf entered;
  collect_statements(m->region, number, &list, &loops);
  vector_analyze(m, loop->iterator);
  if (list.count == 1)
    chain_begin(m, list.data[0]);
  choose_ratio(m, &list);
  m->totals = &lanes;
  IrValue extent = extent_value(m, loop->iterator);
  bool check = !m->region->iterators.data[loop->iterator].entered;
  unset_lane_scalars(m, &list);
  if (!check || flow_if(&m->e, &entered, emit_less(&m->e, emit_number(&m->e, 0), extent))) {
    uint32_t first = m->e.variable_count;
    Strips strips = {loop, &list};
    start_lanes(m, &list, &lanes);
    map_iterations(m, number, extent, map_strips, &strips);
    m->lane = no_lane;
    if (m->chain.active)
      finish_chain(m, loop, &lanes, extent);
    else
      finish_totals(m, &lanes);
    m->e.variable_count = first;
  }
  if (check)
    flow_end_if(&m->e, &entered);
  m->lane = no_lane;
  chain_end(m);
  m->emitted.count = 0;
  m->totals = NULL;
  VEC_FREE(&lanes.totals);
  VEC_FREE(&list);
}

static void map_body(Mapper *m, const Item *items, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (!items[i].loop)
      map_statement(m, &m->region->statements.data[items[i].index]);
    else if (m->lane == no_lane && m->chosen[items[i].index])
      map_lane_loop(m, items[i].index);
    else
      map_scalar_loop(m, items[i].index);
  }
}

// --- a region ---------------------------------------------------------------------------------------------

static bool start_variables(Mapper *m) {
  Region *region = m->region;
  size_t scalars = 0;
  for (size_t i = 0; i < region->arrays.count; i++)
    scalars += region->arrays.data[i].kind == ARRAY_SCALAR;
  if (region->iterators.count + scalars + 24 > EMITTER_VARIABLES)
    return false;
  m->iterators = ARENA_ARRAY(region->arena, uint32_t, region->iterators.count + 1);
  m->scalars = ARENA_ARRAY(region->arena, uint32_t, region->arrays.count + 1);
  for (size_t i = 0; i < region->iterators.count; i++)
    m->iterators[i] = emit_variable(&m->e, IR_NONE);
  for (size_t i = 0; i < region->accesses.count; i++) {
    const Access *access = &region->accesses.data[i];
    if (region->arrays.data[access->array].kind != ARRAY_SCALAR)
      continue;
    IrOp op = ir_is_float(access->type) ? IR_FCONST : IR_CONST;
    m->scalars[access->array] = emit_variable(&m->e, ir_leaf(region->function, op, access->type, 0));
  }
  return true;
}

static bool has_vectors(const Target *target) {
  return target->extensions & ISA_EXTENSION_BIT(ISA_EXT_V);
}

static void report(Mapper *m) {
  const Region *region = m->region;
  unsigned lanes = 0;
  for (size_t i = 0; i < region->loops.count; i++)
    lanes += m->chosen[i];
  const IrBlock *entry = &region->function->blocks.data[region->entry];
  target_remark(m->e.target, TARGET_REMARK_PASSED, "vector",
                ir_place(m->e.target, region->function, entry->insns[0]),
                "%zu loops on the vector unit: %u of them are lanes, %u go through the scratchpad",
                region->loops.count, lanes, m->staged);
}

// Loops whose lanes are counted at run time pay from so many on; below, the scalar code is taken.
static IrValue enough_lanes(Mapper *m) {
  enum { LEAST_LANES = 12 };
  const Region *region = m->region;
  Builder before = region_before(m->region);
  IrValue condition = IR_NONE;
  for (size_t i = 0; i < region->loops.count; i++) {
    Quantity extent = region->iterators.data[region->loops.data[i].iterator].extent;
    if (!m->chosen[i] || extent.value == IR_NONE)
      continue;
    IrValue least = build_const(&before, IR_I64, LEAST_LANES);
    IrValue enough = build_compare(&before, IR_ICMP, IR_SGE, extent.value, least);
    condition = condition == IR_NONE ? enough : build2(&before, IR_AND, IR_I1, condition, enough);
  }
  return condition;
}

// Whether each of the region's nests has lanes: the others would only be there twice.
static bool all_parts_gain(const Mapper *m) {
  const Region *region = m->region;
  for (size_t i = 0; i < region->body.count; i++)
    if (region->body.data[i].loop && !has_lanes(m, region->body.data[i].index))
      return false;
  return true;
}

bool map_vector(Target *target, Region *region) {
  Mapper m = {.e = {.target = target, .machine = target->machine}, .region = region, .lane = no_lane};
  if (!has_vectors(target) || !region->loops.count)
    return false;
  m.e.builder = region_before(region);
  m.varies = ARENA_ARRAY(region->arena, bool, region->nodes.count + 1);
  m.reads = ARENA_ARRAY(region->arena, bool, region->nodes.count + 1);
  m.chosen = ARENA_ARRAY(region->arena, bool, region->loops.count + 1);
  bool any = false;
  for (size_t i = 0; i < region->body.count; i++)
    if (region->body.data[i].loop)
      choose(&m, region->body.data[i].index);
  for (size_t i = 0; i < region->loops.count; i++)
    any = any || m.chosen[i];
  IrValue enough = any ? enough_lanes(&m) : IR_NONE, condition = IR_NONE;
  uint32_t at = region->function->blocks.data[region->before].count - 1;
  const char *reason = "no loop's iterations are independent, or lanes do not pay";
  if (any) {
    reason = "arrays cannot be compared";
    any = start_variables(&m) && region_disjoint(region, &condition);
    for (uint32_t i = 0; i < region->loops.count && any; i++)
      if (m.chosen[i])
        loop_require_parallel(region, i, &condition);
  }
  if (any && (condition != IR_NONE || enough != IR_NONE) && !all_parts_gain(&m)) {
    reason = "a second version is made of those loops alone that gain by it";
    any = false;
  }
  if (!any) {
    target_remark(target, TARGET_REMARK_MISSED, "vector",
                  ir_place(target, region->function, region->function->blocks.data[region->entry].insns[0]),
                  "not on the vector unit: %s", reason);
    return false;
  }
  IrValue *results = ARENA_ARRAY(region->arena, IrValue, region->live_outs.count + 1);
  if (enough != IR_NONE && condition != IR_NONE)
    region_test_first(region, at, enough);
  else if (enough != IR_NONE)
    condition = enough;
  IrValue first = (IrValue)region->function->insns.count;
  m.e.builder = region_open(region, condition);
  map_body(&m, region->body.data, region->body.count);
  for (size_t i = 0; i < region->live_outs.count; i++)
    results[i] = m.e.variables[m.scalars[region->accesses.data[region->live_outs.data[i].access].array]];
  region_close(region, &m.e.builder, results);
  emit_remove_dead(&m.e, first);
  report(&m);
  VEC_FREE(&m.emitted);
  return true;
}
