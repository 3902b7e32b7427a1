// Reductions of one lane after the other iteration, in shorter chains and narrower elements than they are
// written in.
#include "target/tensor/raise/raise.h"
#include "target/tensor/vector/map.h"

// --- pairs ------------------------------------------------------------------------------------------------

// Where loops are written out, what reduces into a scalar is put together in pairs first, which is a shorter
// chain.
static bool pairs_up(const Mapper *m, const Statement *s) {
  const Region *region = m->region;
  const Access *target = &region->accesses.data[s->target];
  StatementList list = {0};
  uint32_t loops = 0;
  if (m->unrolled == UINT32_MAX || s->reduction == IR_OP_COUNT || s->reduction == IR_FMA ||
      s->reduction == IR_SUB || s->guard_count || s->condition != NODE_NONE ||
      !is_scalar_access(region, s->target) || is_total(m, s) ||
      (ir_is_float(target->type) && !s->reassociable))
    return false;
  // Nothing else has to do with it there.
  collect_statements(region, m->unrolled, &list, &loops);
  bool alone = true;
  for (size_t i = 0; i < list.count && alone; i++) {
    const Statement *other = &region->statements.data[list.data[i]];
    alone = !statement_reads(region, other, target->array) &&
            (other == s || region->accesses.data[other->target].array != target->array);
  }
  VEC_FREE(&list);
  return alone;
}

// Changes nothing as the first operand.
static bool begins_empty(Mapper *m, IrOp op, IrType type, IrValue x) {
  const Function *f = m->e.builder.f;
  const IrInsn *insn = ir_insn(f, x);
  if (ir_is_float(type) || insn->op != IR_MACHINE || vector_form(insn).op != ISA_VMV_V_X ||
      !ir_is_const(f, ir_operands_const(f, insn)[0]))
    return false;
  int64_t number = ir_insn(f, ir_operands_const(f, insn)[0])->imm,
          least = -(INT64_C(1) << (type_bits(type) - 1));
  return op == IR_SMAX                                                  ? number == least
         : op == IR_SMIN                                                ? number == -(least + 1)
         : op == IR_ADD || op == IR_OR || op == IR_XOR || op == IR_UMAX ? number == 0
                                                                        : op == IR_AND && number == -1;
}

static IrValue combined(Mapper *m, IrOp op, IrType type, IrValue x, IrValue y) {
  return begins_empty(m, op, type, x) ? y
                                      : vector_binary(m, op, type, (Operand){true, x}, (Operand){true, y});
}

bool pair_up(Mapper *m, const Statement *s) {
  if (!pairs_up(m, s))
    return false;
  const Access *target = &m->region->accesses.data[s->target];
  IrValue *waiting = &m->waiting[target->array], *variable = &m->e.variables[m->scalars[target->array]];
  IrValue value = vector_of(m, vector_node(m, s->value, IR_NONE), target->type), first = *waiting;
  IrOp op = (IrOp)s->reduction;
  *waiting = first == IR_NONE ? value : IR_NONE;
  if (first != IR_NONE)
    *variable = combined(m, op, target->type, *variable, combined(m, op, target->type, first, value));
  return true;
}

// What had no second one.
void add_waiting(Mapper *m, uint32_t loop) {
  StatementList list = {0};
  uint32_t loops = 0;
  collect_statements(m->region, loop, &list, &loops);
  for (size_t i = 0; i < list.count; i++) {
    const Statement *s = &m->region->statements.data[list.data[i]];
    const Access *target = &m->region->accesses.data[s->target];
    IrValue waiting = m->waiting[target->array];
    if (waiting == IR_NONE)
      continue;
    m->waiting[target->array] = IR_NONE;
    IrValue *variable = &m->e.variables[m->scalars[target->array]];
    *variable = combined(m, (IrOp)s->reduction, target->type, *variable, waiting);
  }
  VEC_FREE(&list);
}

// --- narrow sums ------------------------------------------------------------------------------------------

// So many iterations at a time, to sums in turn: one is there when the next term comes.
enum { ROWS = 8, SUMS = 2, SUM_BITS = 16, LEAST_ROUND = 32 };

// What is added, in 8 or 16 bits.
typedef struct Term {
  uint32_t node;
  IrType type;
  bool sign;
} Term;

typedef struct Partial {
  const Loop *loop;
  const Statement *s;
  Term term;
  int64_t most; // iterations whose sum is exact
} Partial;

static bool find_term(const Mapper *m, uint32_t node, Term *term) {
  const Node *n = &m->region->nodes.data[node];
  bool sign = true;
  while (n->kind == NODE_OPERATION && (n->op == IR_SEXT || n->op == IR_ZEXT)) {
    sign = n->op == IR_SEXT;
    node = n->operands[0];
    n = &m->region->nodes.data[node];
    if (n->type < IR_I8)
      return false;
    if (type_bits(n->type) < SUM_BITS)
      break;
  }
  *term = (Term){node, n->type, sign};
  return m->varies[node] && (n->type == IR_I8 || (n->type == IR_I16 && sign));
}

static bool find_partial(Mapper *m, const Loop *loop, Partial *p) {
  const Region *region = m->region;
  if (m->lane == UINT32_MAX || !m->ranges || loop->body.count != 1 || loop->body.data[0].loop)
    return false;
  p->loop = loop;
  p->s = &region->statements.data[loop->body.data[0].index];
  const Access *target = &region->accesses.data[p->s->target];
  if (p->s->reduction != IR_ADD || p->s->guard_count || p->s->condition != NODE_NONE ||
      !is_scalar_access(region, p->s->target) || is_total(m, p->s) || target->type < IR_I32 ||
      statement_reads(region, p->s, target->array) || !find_term(m, p->s->value, &p->term))
    return false;
  Range range = m->ranges[p->s->value];
  Wide largest = range.high > -range.low ? range.high : -range.low;
  p->most = largest > 0 ? (int64_t)(((INT64_C(1) << (SUM_BITS - 1)) - 1) / largest) : 0;
  p->most -= p->most % ROWS;
  return p->most >= LEAST_ROUND;
}

static IrValue widen(Mapper *m, IsaOp op, IrType wide, IrValue x, IrValue y) {
  IrValue operands[2] = {x, y};
  return vector_op_length(m, op, vector_group_type(m, wide), vector_config(m, (IrType)(type_bits(wide) / 2)),
                          m->length, 2, operands);
}

// The next iteration's term goes to the variable.
static void add_row(Mapper *m, const Partial *p, uint32_t sum) {
  IrValue *total = &m->e.variables[sum], *at = &m->e.variables[m->iterators[p->loop->iterator]];
  m->emitted.count = 0;
  IrValue x = vector_of(m, vector_node(m, p->term.node, IR_NONE), p->term.type);
  *total = p->term.type == IR_I8
               ? widen(m, p->term.sign ? ISA_VWADD_WV : ISA_VWADDU_WV, IR_I16, *total, x)
               : vector_binary(m, IR_ADD, IR_I16, (Operand){true, *total}, (Operand){true, x});
  *at = emit_add_number(&m->e, *at, 1);
  walks_step(m, (uint32_t)(p->loop - m->region->loops.data));
}

// The sums of 16 bits go to the wide one.
static void end_round(Mapper *m, const Partial *p, uint32_t sum) {
  const Access *target = &m->region->accesses.data[p->s->target];
  IrValue *variable = &m->e.variables[m->scalars[target->array]];
  IrValue part = vector_binary(m, IR_ADD, IR_I16, (Operand){true, m->e.variables[sum]},
                               (Operand){true, m->e.variables[sum + 1]});
  if (target->type == IR_I64)
    part = vector_op(m, ISA_VSEXT_VF2, IR_I32, 1, &part);
  *variable = widen(m, ISA_VWADD_WV, target->type, *variable, part);
}

bool map_partial_sums(Mapper *m, const Loop *loop, IrValue from, IrValue to) {
  Partial p;
  Emitter *e = &m->e;
  FlowLoop rounds, rows, rest;
  FlowIf whole, more;
  if (!find_partial(m, loop, &p))
    return false;
  late_settle(m);
  uint32_t first = e->variable_count, iterator = m->iterators[loop->iterator];
  uint32_t sum = emit_variable(e, IR_NONE);
  emit_variable(e, IR_NONE);
  e->variables[iterator] = from;
  size_t walks = walks_open(m, (uint32_t)(loop - m->region->loops.data), from);
  IrValue extent = emit_quantity(e, m->region->iterators.data[loop->iterator].extent);
  double times = estimate_enter(m, extent, (double)p.most);
  flow_loop(e, &rounds);
  IrValue end = emit_min(e, to, emit_add_number(e, e->variables[iterator], p.most));
  for (uint32_t i = 0; i < SUMS; i++)
    e->variables[sum + i] = vector_splat(m, IR_I16, emit_number(e, 0));
  IrValue last = emit_add_number(e, end, 1 - ROWS);
  if (flow_if(e, &whole, emit_less(e, e->variables[iterator], last))) {
    double within = m->estimate.times;
    m->estimate.times = times;
    estimate_enter(m, extent, ROWS);
    flow_loop(e, &rows);
    for (uint32_t i = 0; i < ROWS; i++)
      add_row(m, &p, sum + i % SUMS);
    flow_end_loop(e, &rows, emit_less(e, e->variables[iterator], last));
    estimate_leave(m, within);
  }
  flow_end_if(e, &whole);
  m->estimate.ignored++;
  if (flow_if(e, &more, emit_less(e, e->variables[iterator], end))) {
    flow_loop(e, &rest);
    add_row(m, &p, sum);
    flow_end_loop(e, &rest, emit_less(e, e->variables[iterator], end));
  }
  flow_end_if(e, &more);
  m->estimate.ignored--;
  end_round(m, &p, sum);
  flow_end_loop(e, &rounds, emit_less(e, e->variables[iterator], to));
  estimate_leave(m, times);
  walks_close(m, walks);
  e->variable_count = first;
  m->emitted.count = 0;
  return true;
}
