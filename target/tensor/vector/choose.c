// Which loops become lanes, by what they cost, and how wide their groups are.
#include "target/ir/vector_math.h"
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

#include <math.h>

static const uint32_t no_lane = UINT32_MAX;

// --- a loop's contents ------------------------------------------------------------------------------------

void collect_statements(const Region *region, uint32_t loop, StatementList *out, uint32_t *loops) {
  const Loop *l = &region->loops.data[loop];
  ++*loops;
  for (size_t i = 0; i < l->body.count; i++) {
    if (l->body.data[i].loop)
      collect_statements(region, l->body.data[i].index, out, loops);
    else
      VEC_PUSH(out, l->body.data[i].index);
  }
}

bool is_scalar_access(const Region *region, uint32_t access) {
  return region->arrays.data[region->accesses.data[access].array].kind == ARRAY_SCALAR;
}

static bool moves(const Mapper *m, uint32_t access) {
  Quantity stride = lane_stride(m, &m->region->accesses.data[access].offset);
  return stride.value != IR_NONE || stride.constant != 0;
}

bool is_total(const Mapper *m, const Statement *s) {
  return s->reduction != IR_OP_COUNT && !moves(m, s->target);
}

bool statement_reads(const Region *region, const Statement *s, uint32_t array) {
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
    if (statement_reads(region, s, array) ||
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
      !vector_is_short(m, s->value) || (s->condition != NODE_NONE && !vector_supports(m, s->condition)))
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
  if (a->index != NODE_NONE && m->varies[a->index])
    return 1.5;
  if (stride.value == IR_NONE && stride.constant == 0)
    return 0.02;
  if (stride.value == IR_NONE && stride.constant == (int64_t)bytes)
    return bytes / (m->local ? (double)m->e.machine->vector_port : 32);
  // Each line that it touches takes a cycle. With few elements a line other loops may do better, in blocks.
  const double far = 1.5, line = (double)m->e.machine->cache_line, step = fabs((double)stride.constant);
  return stride.value != IR_NONE || 2 * step > line ? far : fmax(bytes / 32, far * step / line);
}

enum { LIBRARY_CALL = 60 }; // cycles

static double call_cost(const Mapper *m, const Node *call) {
  VectorFunction function = vector_function_of_call(m->e.target, m->region->function, call->index);
  return vector_function_cost(function) * type_bits(call->type) / (double)m->e.machine->vlen;
}

// What an operation on the vector unit takes, about.
static double instructions_of(const Node *node) {
  if (node->kind != NODE_OPERATION)
    return 1;
  switch ((IrOp)node->op) {
  case IR_CTPOP:
  case IR_CTTZ:
    return 12;
  case IR_CTLZ:
    return 20;
  case IR_BSWAP:
    return 6;
  default:
    return 1;
  }
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

static double iterations_within(const Region *region, uint32_t loop, uint32_t above) {
  double n = 1;
  for (; loop != above && loop != UINT32_MAX; loop = region->loops.data[loop].parent)
    n *= extent_of(region, loop);
  return n;
}

// How often a statement is done in an iteration of a loop.
static double repetitions(const Region *region, uint32_t statement, uint32_t loop) {
  for (uint32_t l = 0; l < region->loops.count; l++)
    for (size_t k = 0; k < region->loops.data[l].body.count; k++)
      if (!region->loops.data[l].body.data[k].loop && region->loops.data[l].body.data[k].index == statement)
        return iterations_within(region, l, loop);
  return 1;
}

// Cycles of the loop as lanes.
static double lanes_cost(const Mapper *m, const StatementList *list, uint32_t loop) {
  enum { TOTAL = 30 }; // to make one number of what the lanes hold, and to move it
  const Region *region = m->region;
  const double extent = extent_of(region, loop);
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
        lanes += instructions_of(node) * (type_bits(node->type) / 512.0 + 0.02);
    }
    // A step costs something whatever it does, less where nothing is led through the scratchpad.
    double step = m->local ? 0.5 : 1, once = (is_total(m, s) ? TOTAL : 0) + step * 6 * (1 + extent / 128);
    cost += ((lanes + step * 0.1) * extent + once) * repetitions(region, list->data[i], loop);
  }
  return cost;
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

// Whether so few iterations are counted at run time that a second version for them would hardly be met.
static bool is_short(const Region *region, uint32_t loop) {
  enum { SHORT = 96 };
  return region->iterators.data[region->loops.data[loop].iterator].extent.value != IR_NONE &&
         loop_limit(region, loop) < SHORT;
}

// Whether the loop goes through memory, or its length is known: else nothing tells that it is long.
static bool may_be_long(const Region *region, uint32_t loop, const StatementList *list) {
  if (region->iterators.data[region->loops.data[loop].iterator].extent.value == IR_NONE)
    return true;
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &region->statements.data[list->data[i]];
    const bool *needed = needed_nodes(region, s);
    if (!is_scalar_access(region, s->target))
      return true;
    for (uint32_t n = 0; n <= s->value; n++)
      if (needed[n] && region->nodes.data[n].kind == NODE_LOAD &&
          !is_scalar_access(region, region->nodes.data[n].index))
        return true;
  }
  return false;
}

// Whether the loop can be lanes, and what that costs.
static bool can_be_lanes(Mapper *m, uint32_t loop, double *cost, bool *far) {
  const Region *region = m->region;
  StatementList list = {0};
  uint32_t loops = 0;
  collect_statements(region, loop, &list, &loops);
  vector_analyze(m, region->loops.data[loop].iterator);
  bool choices = choices_enter(m, list.data, list.count);
  bool fits = list.count > 0 && list.count <= 24 && extent_of(region, loop) >= 4 && !is_short(region, loop) &&
              may_be_long(region, loop, &list) && loop_may_be_parallel(region, loop, true);
  for (size_t i = 0; i < list.count && fits; i++)
    fits = statement_fits(m, &list, &region->statements.data[list.data[i]], loop, loops);
  if (fits) {
    *cost = lanes_cost(m, &list, loop);
    *far = has_far_lanes(m, &list);
  }
  if (choices)
    choices_leave(m, list.data, list.count);
  VEC_FREE(&list);
  m->lane = no_lane;
  return fits;
}

// Whether each iteration adds a floating number to what the one before made, and so waits for it.
static bool is_chain(const Region *region, uint32_t loop, const Statement *s) {
  const Access *target = &region->accesses.data[s->target];
  Quantity stride = affine_coefficient(&target->offset, region->loops.data[loop].iterator);
  return s->reduction != IR_OP_COUNT && ir_is_float(target->type) && stride.value == IR_NONE &&
         stride.constant == 0;
}

// Counting, and waiting for what was loaded, cost some cycles too.
static double scalar_cost(const Mapper *m, uint32_t loop) {
  const Region *region = m->region;
  const Loop *l = &region->loops.data[loop];
  double cost = 2.5, waits = 0;
  for (size_t i = 0; i < l->body.count; i++) {
    if (l->body.data[i].loop)
      continue;
    const Statement *s = &region->statements.data[l->body.data[i].index];
    cost += scalar_statement_cost(region, s);
    if (is_chain(region, loop, s))
      waits = m->e.machine->fpu_latency - 1;
  }
  cost += waits;
  return cost * extent_of(region, loop);
}

static double statements_of(const Region *region, uint32_t loop) {
  StatementList list = {0};
  uint32_t loops = 0;
  collect_statements(region, loop, &list, &loops);
  size_t count = list.count;
  VEC_FREE(&list);
  return (double)count;
}

// The cheapest way for the loop and all within; chosen[] says which loops are lanes.
double choose_lanes(Mapper *m, uint32_t loop) {
  enum { FEW = 4 };
  const Region *region = m->region;
  double as_lanes = 0, inner = 0;
  bool far = false, can = can_be_lanes(m, loop, &as_lanes, &far);
  for (size_t i = 0; i < region->loops.data[loop].body.count; i++)
    if (region->loops.data[loop].body.data[i].loop)
      inner += choose_lanes(m, region->loops.data[loop].body.data[i].index);
  double as_loop = scalar_cost(m, loop) + inner * extent_of(region, loop);
  // Code of many statements grows by much, so it has to gain more.
  double statements = statements_of(region, loop), size = statements > FEW ? 1 + (statements - FEW) / 6 : 1;
  // Inner loops as lanes leave smaller tiles for the scratchpad. But where elements lie far apart in any
  // case, as in a transpose, outer ones leave blocks.
  m->chosen[loop] = can && size * (inner > 0 ? as_lanes * (far ? 0.9 : 1.2) : as_lanes) < as_loop;
  if (m->chosen[loop])
    for (uint32_t l = 0; l < region->loops.count; l++)
      if (l != loop && loop_within(region, l, loop))
        m->chosen[l] = false;
  return m->chosen[loop] ? as_lanes : as_loop;
}

// --- loops that stay scalar -------------------------------------------------------------------------------

// Bytes of cache lines that an iteration moves on by.
static double bytes_of_step(const Mapper *m, uint32_t loop) {
  const Region *region = m->region;
  const double line = (double)m->e.machine->cache_line;
  const Loop *l = &region->loops.data[loop];
  double bytes = 0;
  bool *seen = ARENA_ARRAY(region->arena, bool, region->accesses.count + 1);
  for (size_t i = 0; i < l->body.count; i++) {
    const Statement *s = &region->statements.data[l->body.data[i].index];
    const bool *needed = needed_nodes(region, s);
    seen[s->target] = true;
    for (uint32_t n = 0; n <= s->value; n++)
      if (needed[n] && region->nodes.data[n].kind == NODE_LOAD)
        seen[region->nodes.data[n].index] = true;
  }
  for (uint32_t a = 0; a < region->accesses.count; a++) {
    Quantity step = affine_coefficient(&region->accesses.data[a].offset, region->loops.data[loop].iterator);
    if (!seen[a] || is_scalar_access(region, a) || step.value != IR_NONE)
      continue;
    double size = step.constant < 0 ? -(double)step.constant : (double)step.constant;
    bytes += size < line ? size : line;
  }
  return bytes;
}

// Whether the loop is one of statements alone that hand on nothing but scalars, and memory is what it waits
// for.
static bool waits_for_memory(const Mapper *m, uint32_t loop) {
  const double cycles_of_byte = 0.4;
  const Region *region = m->region;
  const Loop *l = &region->loops.data[loop];
  Quantity extent = region->iterators.data[l->iterator].extent;
  // Of cycles. Loops of unknown length may be short, and then they only have more code.
  const double share = extent.value == IR_NONE ? 0.25 : 0.6;
  if ((extent.value == IR_NONE && extent.constant < LEAST_STREAMED) || is_short(region, loop))
    return false;
  for (size_t i = 0; i < l->body.count; i++)
    if (l->body.data[i].loop || region->statements.data[l->body.data[i].index].guard_count)
      return false;
  return bytes_of_step(m, loop) * cycles_of_byte * extent_of(region, loop) > share * scalar_cost(m, loop) &&
         loop_carries_scalars(region, loop);
}

bool choose_streamed(Mapper *m, bool lanes) {
  const Region *region = m->region;
  bool any = false;
  // A test of how long it is, made again and again, would cost short loops more than the long ones gain.
  bool repeated = region->function->blocks.data[region->before].loop != IR_NONE;
  for (uint32_t l = 0; l < region->loops.count && stage_has_dma(m); l++) {
    bool within = false;
    for (uint32_t outer = l; outer != UINT32_MAX; outer = region->loops.data[outer].parent)
      within = within || m->chosen[outer];
    bool known = region->iterators.data[region->loops.data[l].iterator].extent.value == IR_NONE;
    // Nor is one that only moves things about worth as much code, if it may be short.
    bool summed = known || !loop_is_parallel(region, l, false);
    m->streamed[l] = !within && (known || (!lanes && !repeated)) && summed && waits_for_memory(m, l);
    any = any || m->streamed[l];
  }
  return any;
}

bool has_streamed(const Mapper *m, uint32_t loop) {
  for (uint32_t l = 0; l < m->region->loops.count; l++)
    if (m->streamed[l] && loop_within(m->region, l, loop))
      return true;
  return false;
}

// --- groups -----------------------------------------------------------------------------------------------

static unsigned call_groups(const Mapper *m, const Node *call) {
  return vector_function_groups(vector_function_of_call(m->e.target, m->region->function, call->index));
}

// Groups that are needed to compute each node, each operand before the other.
void vector_count_groups(Mapper *m) {
  const Region *region = m->region;
  for (uint32_t i = 0; i < region->nodes.count; i++) {
    const Node *n = &region->nodes.data[i];
    unsigned most = 1, operands = 0;
    m->groups[i] = 0;
    if (!m->varies[i])
      continue;
    for (uint32_t k = 0; k < n->operand_count; k++) {
      unsigned x = m->groups[n->operands[k]];
      most = x > most ? x : most;
      operands += x > 0;
    }
    most = most > operands ? most : operands;
    unsigned own = n->kind == NODE_CALL ? call_groups(m, n) : 0;
    m->groups[i] = most < own ? own : most;
  }
}

// The groups of a node and of what it needs several times, which is held.
static unsigned groups_for(const Mapper *m, uint32_t root) {
  const Region *region = m->region;
  unsigned *uses = ARENA_ARRAY(region->arena, unsigned, root + 1);
  unsigned held = 0;
  uses[root] = 1;
  for (uint32_t i = root + 1; i-- > 0;)
    for (uint32_t k = 0; uses[i] && k < region->nodes.data[i].operand_count; k++)
      uses[region->nodes.data[i].operands[k]]++;
  for (uint32_t i = 0; i <= root; i++)
    held += m->varies[i] && uses[i] > 1 && region->nodes.data[i].kind != NODE_ITERATOR;
  return m->groups[root] + held;
}

// Groups that are alive at the same time, about.
static unsigned pressure(const Mapper *m, const StatementList *list) {
  unsigned most = 1, held = 1;
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &m->region->statements.data[list->data[i]];
    held += is_scalar_access(m->region, s->target) || is_total(m, s) || s->reduction != IR_OP_COUNT;
    unsigned value = groups_for(m, s->value), condition = 0;
    value -= s->reduction == IR_FMA; // the product is never there by itself
    if (s->condition != NODE_NONE && m->varies[s->condition])
      condition = 1 + groups_for(m, s->condition);
    most = value > most ? value : most;
    most = condition > most ? condition : most;
  }
  return most + held;
}

static bool is_counted_around(const Function *f, IrValue v, unsigned depth) {
  enum { DEPTH = 6 };
  const IrInsn *insn = ir_insn(f, v);
  switch ((IrOp)insn->op) {
  case IR_PHI:
    return true;
  case IR_ADD:
  case IR_SUB:
  case IR_MUL:
    return depth < DEPTH && (is_counted_around(f, ir_operand(f, v, 0), depth + 1) ||
                             is_counted_around(f, ir_operand(f, v, 1), depth + 1));
  case IR_SEXT:
  case IR_ZEXT:
    return depth < DEPTH && is_counted_around(f, ir_operand(f, v, 0), depth + 1);
  default:
    return false;
  }
}

bool is_of_triangle(const Region *region, uint32_t loop) {
  const Function *f = region->function;
  IrValue extent = region->iterators.data[region->loops.data[loop].iterator].extent.value;
  const IrBlock *entry = &f->blocks.data[region->entry];
  uint32_t around = entry->loop == region->entry ? entry->parent : entry->loop;
  return extent != IR_NONE && around != IR_NONE && is_counted_around(f, extent, 0);
}

static bool has_totals(const Mapper *m, const StatementList *list) {
  for (size_t i = 0; i < list->count; i++)
    if (is_total(m, &m->region->statements.data[list->data[i]]))
      return true;
  return false;
}

void choose_ratio(Mapper *m, const StatementList *list) {
  unsigned widest = 8;
  vector_count_groups(m);
  for (size_t i = 0; i < list->count; i++) {
    const Statement *s = &m->region->statements.data[list->data[i]];
    bool masked = s->guard_count || s->condition != NODE_NONE;
    unsigned value = vector_widest(m, s->value, masked),
             target = type_bits(m->region->accesses.data[s->target].type);
    unsigned condition = s->condition == NODE_NONE ? 8 : vector_widest(m, s->condition, s->guard_count != 0);
    widest = value > widest ? value : widest;
    widest = target > widest ? target : widest;
    widest = condition > widest ? condition : widest;
  }
  unsigned groups = pressure(m, list), lmul = groups <= 4 ? 3 : groups <= 9 ? 2 : groups <= 16 ? 1 : 0;
  unsigned log = (unsigned)__builtin_ctz(widest);
  m->ratio = log > lmul ? log - lmul : 0;
  // Strips that go through loops around keep what is the same there in registers.
  enum { KEPT = 2 };
  if (m->swapped != UINT32_MAX && m->swapped == m->region->iterators.data[m->lane].loop && log > KEPT &&
      m->ratio < log - KEPT)
    m->ratio = log - KEPT;
  // Masks are made from 16 bits a lane, and the narrowest elements need a place too.
  if (m->ratio < 1)
    m->ratio = 1;
  // The beginning and the end of a total take as many cycles as it has registers, even where few are filled.
  enum { SHORT_STRIP = 64 };
  if (is_of_triangle(m->region, m->region->iterators.data[m->lane].loop) && has_totals(m, list))
    while (m->ratio < log && (m->e.machine->vlen >> m->ratio) > SHORT_STRIP)
      m->ratio++;
  // Groups that no iterations fill only take registers.
  Quantity extent = m->region->iterators.data[m->lane].extent;
  while (extent.value == IR_NONE && m->ratio < log &&
         extent.constant <= (int64_t)(m->e.machine->vlen >> (m->ratio + 1)))
    m->ratio++;
}
