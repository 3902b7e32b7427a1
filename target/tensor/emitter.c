// Structured control flow in the SSA form, and arithmetic on whole numbers.
#include "target/tensor/emitter.h"
#include "target/tensor/raise/raise.h"

#include <string.h>

uint32_t emit_variable(Emitter *e, IrValue value) {
  e->variables[e->variable_count] = value;
  return e->variable_count++;
}

static void jump(Emitter *e, uint32_t to) {
  build(&e->builder, IR_BR, IR_VOID, 0, NULL);
  ir_add_edge(e->builder.f, e->builder.block, to);
}

static void branch(Emitter *e, IrValue condition, uint32_t then, uint32_t other) {
  build(&e->builder, IR_CONDBR, IR_VOID, 1, &condition);
  ir_add_edge(e->builder.f, e->builder.block, then);
  ir_add_edge(e->builder.f, e->builder.block, other);
}

// --- branches

static bool start_if(Emitter *e, FlowIf *flow, IrValue condition, bool likely) {
  Function *f = e->builder.f;
  memset(flow, 0, sizeof *flow);
  if (ir_is_const(f, condition)) {
    flow->folded = true;
    flow->holds = ir_insn(f, condition)->imm != 0;
    return flow->holds;
  }
  memcpy(flow->before, e->variables, sizeof flow->before);
  uint32_t then = ir_block_new(f);
  flow->head = e->builder.block;
  flow->other = ir_block_new(f);
  if (likely) // blocks follow the last way out
    branch(e, build_compare(&e->builder, IR_ICMP, IR_EQ, condition, build_const(&e->builder, IR_I1, 0)),
           flow->other, then);
  else
    branch(e, condition, then, flow->other);
  e->builder.block = then;
  return true;
}

bool flow_if(Emitter *e, FlowIf *flow, IrValue condition) {
  return start_if(e, flow, condition, false);
}

bool flow_if_likely(Emitter *e, FlowIf *flow, IrValue condition) {
  return start_if(e, flow, condition, true);
}

bool flow_else(Emitter *e, FlowIf *flow) {
  if (flow->folded)
    return !flow->holds;
  flow->has_else = true;
  flow->then_end = e->builder.block;
  memcpy(flow->then_values, e->variables, sizeof flow->then_values);
  memcpy(e->variables, flow->before, sizeof flow->before);
  e->builder.block = flow->other;
  return true;
}

static IrValue joined(Emitter *e, uint32_t block, IrValue first, IrValue second) {
  if (first == second || first == IR_NONE || second == IR_NONE)
    return first == second ? first : IR_NONE;
  IrValue operands[2] = {first, second};
  IrValue phi = ir_add(e->builder.f, IR_PHI, ir_type(e->builder.f, first), 2, operands);
  ir_append(e->builder.f, block, phi);
  return phi;
}

void flow_end_if(Emitter *e, FlowIf *flow) {
  if (flow->folded)
    return;
  uint32_t join = flow->other;
  const IrValue *first = flow->before; // values on the join's first edge
  if (flow->has_else) {
    join = ir_block_new(e->builder.f);
    uint32_t else_end = e->builder.block;
    e->builder.block = flow->then_end;
    jump(e, join);
    e->builder.block = else_end;
    first = flow->then_values;
  }
  jump(e, join);
  e->builder.block = join;
  for (uint32_t i = 0; i < e->variable_count; i++)
    e->variables[i] = joined(e, join, first[i], e->variables[i]);
}

// --- loops

void flow_loop(Emitter *e, FlowLoop *flow) {
  Function *f = e->builder.f;
  flow->header = ir_block_new(f);
  flow->first_value = (IrValue)f->insns.count;
  flow->variable_count = e->variable_count;
  jump(e, flow->header);
  e->builder.block = flow->header;
  for (uint32_t i = 0; i < e->variable_count; i++) {
    flow->phis[i] = IR_NONE;
    if (e->variables[i] == IR_NONE)
      continue;
    flow->phis[i] = ir_add(f, IR_PHI, ir_type(f, e->variables[i]), 1, &e->variables[i]);
    ir_append(f, flow->header, flow->phis[i]);
    e->variables[i] = flow->phis[i];
  }
}

// Values that were made from the loop's first phi on are all that can use it: where a variable takes over
// another one's value at the end of a round, its phi may be the earlier one.
static void replace_phi(Emitter *e, FlowLoop *flow, IrValue phi, IrValue value) {
  Function *f = e->builder.f;
  for (size_t v = flow->first_value; v < f->insns.count; v++) {
    IrInsn *insn = &f->insns.data[v];
    if (insn->block == IR_NONE)
      continue;
    IrValue *operands = ir_operands(f, insn);
    for (uint32_t i = 0; i < insn->operand_count; i++)
      if (operands[i] == phi)
        operands[i] = value;
  }
  for (uint32_t i = 0; i < EMITTER_VARIABLES; i++)
    if (i < e->variable_count && e->variables[i] == phi)
      e->variables[i] = value;
  IrBlock *block = &f->blocks.data[flow->header];
  uint32_t kept = 0;
  for (uint32_t i = 0; i < block->count; i++)
    if (block->insns[i] != phi)
      block->insns[kept++] = block->insns[i];
  block->count = kept;
  f->insns.data[phi].block = IR_NONE;
}

// Phis of variables that the loop does not change go.
static void remove_trivial_phis(Emitter *e, FlowLoop *flow) {
  Function *f = e->builder.f;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < flow->variable_count; i++) {
      IrValue phi = flow->phis[i];
      if (phi == IR_NONE)
        continue;
      IrValue first = ir_operand(f, phi, 0), again = ir_operand(f, phi, 1);
      if (again != phi && again != first)
        continue;
      replace_phi(e, flow, phi, first);
      flow->phis[i] = IR_NONE;
      changed = true;
    }
  }
}

void flow_end_loop(Emitter *e, FlowLoop *flow, IrValue condition) {
  Function *f = e->builder.f;
  uint32_t exit = ir_block_new(f);
  if (ir_is_const(f, condition) && !ir_insn(f, condition)->imm) {
    // One round: the header keeps its one edge, and phis of one operand are what came in.
    for (uint32_t i = 0; i < flow->variable_count; i++)
      if (flow->phis[i] != IR_NONE)
        replace_phi(e, flow, flow->phis[i], ir_operand(f, flow->phis[i], 0));
    jump(e, exit);
    e->builder.block = exit;
    return;
  }
  branch(e, condition, flow->header, exit);
  e->builder.block = exit;
  for (uint32_t i = 0; i < flow->variable_count; i++) {
    if (flow->phis[i] == IR_NONE)
      continue;
    IrValue operands[2] = {ir_operand(f, flow->phis[i], 0), e->variables[i]};
    if (operands[1] == IR_NONE)
      operands[1] = flow->phis[i];
    ir_set_operands(f, ir_insn(f, flow->phis[i]), 2, operands);
  }
  remove_trivial_phis(e, flow);
}

bool flow_times(Emitter *e, FlowTimes *flow, IrValue count, bool likely) {
  IrValue some = emit_less(e, emit_number(e, 0), count);
  if (!(likely ? flow_if_likely(e, &flow->any, some) : flow_if(e, &flow->any, some)))
    return false;
  flow->left = emit_variable(e, count);
  flow_loop(e, &flow->loop);
  return true;
}

void flow_next(Emitter *e, FlowTimes *flow) {
  e->variables[flow->left] = emit_add_number(e, e->variables[flow->left], -1);
  flow_end_loop(e, &flow->loop, emit_less(e, emit_number(e, 0), e->variables[flow->left]));
  e->variable_count = flow->left;
}

// --- places in the source

static bool is_code_of(const SourcePlace *x, const SourcePlace *y) {
  return x->line == y->line && x->column == y->column && x->file == y->file && !x->scope;
}

static bool has_line(const Function *f, uint32_t place) {
  return place && f->places.data[place].line && f->places.data[place].line != NO_LINE;
}

// A phi has the line of what is carried from round to round.
static uint32_t place_with_line(const Function *f, IrValue source) {
  const IrInsn *insn = ir_insn(f, source);
  uint32_t place = ir_place_number(f, source);
  for (uint32_t i = insn->op == IR_PHI ? insn->operand_count : 0; i-- > 0 && !has_line(f, place);)
    place = ir_place_number(f, ir_operand(f, source, i));
  return has_line(f, place) ? place : 0;
}

uint32_t emit_place(Function *f, IrValue source) {
  uint32_t old = f->place, number = source == IR_NONE ? 0 : place_with_line(f, source);
  if (!number)
    return old;
  // A place of its own, in no scope: a line alone (debug/locate.c).
  SourcePlace place = f->places.data[number];
  place.scope = 0;
  if (!old || !is_code_of(&f->places.data[old], &place)) {
    f->place = (uint32_t)f->places.count;
    VEC_PUSH(&f->places, place);
  }
  return old;
}

// --- dead values

static bool has_effect(const Function *f, IrValue v) {
  const IrInsn *insn = &f->insns.data[v];
  bool load = insn->op == IR_LOAD && !(insn->flags & IR_VOLATILE);
  return insn->op != IR_PHI && !load && !(ir_ops[insn->op].flags & IR_PURE);
}

typedef VEC(IrValue) ValueList;

// Those operands that were not yet marked and have numbers from `from` on go to the list.
static void mark_operands(const Function *f, Bitset *live, IrValue v, IrValue from, ValueList *work) {
  const IrInsn *insn = &f->insns.data[v];
  const IrValue *operands = ir_operands_const(f, insn);
  for (uint32_t i = 0; i < insn->operand_count; i++) {
    if (bitset_has(live, operands[i]))
      continue;
    bitset_add(live, operands[i]);
    if (operands[i] >= from)
      VEC_PUSH(work, operands[i]);
  }
}

// Most operands have smaller numbers than what uses them, so that one walk backwards finds nearly all.
static void mark_live(const Function *f, Bitset *live, IrValue first) {
  ValueList work = {0};
  for (IrValue v = (IrValue)f->insns.count; v-- > 0;) {
    if (f->insns.data[v].block != IR_NONE && (v < first || has_effect(f, v)))
      bitset_add(live, v);
    if (bitset_has(live, v))
      mark_operands(f, live, v, v, &work);
  }
  while (work.count)
    mark_operands(f, live, VEC_POP(&work), 0, &work);
  VEC_FREE(&work);
}

void emit_remove_dead(Emitter *e, IrValue first) {
  Function *f = e->builder.f;
  Arena arena = {0};
  Bitset live = bitset_new(&arena, f->insns.count);
  mark_live(f, &live, first);
  for (size_t b = 0; b < f->blocks.count; b++) {
    IrBlock *block = &f->blocks.data[b];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block->count; i++) {
      IrValue v = block->insns[i];
      if (bitset_has(&live, v))
        block->insns[kept++] = v;
      else
        f->insns.data[v].block = IR_NONE;
    }
    block->count = kept;
  }
  arena_free(&arena);
}

// --- arithmetic

IrValue emit_number(Emitter *e, int64_t value) {
  return build_const(&e->builder, IR_I64, value);
}

bool emit_is_number(const Emitter *e, IrValue x, int64_t *value) {
  if (!ir_is_const(e->builder.f, x))
    return false;
  *value = ir_insn(e->builder.f, x)->imm;
  return true;
}

IrValue emit_quantity(Emitter *e, Quantity quantity) {
  return quantity.value == IR_NONE ? emit_number(e, quantity.constant) : quantity.value;
}

IrValue emit_add(Emitter *e, IrValue x, IrValue y) {
  return build2(&e->builder, IR_ADD, IR_I64, x, y);
}

IrValue emit_add_number(Emitter *e, IrValue x, int64_t y) {
  const IrInsn *sum = ir_insn(e->builder.f, x);
  if (sum->op == IR_ADD && ir_is_const(e->builder.f, sum->operands[1])) { // x = z + number
    y = (int64_t)((uint64_t)y + (uint64_t)ir_insn(e->builder.f, sum->operands[1])->imm);
    x = sum->operands[0];
  }
  return emit_add(e, x, emit_number(e, y));
}

IrValue emit_sub(Emitter *e, IrValue x, IrValue y) {
  return build2(&e->builder, IR_SUB, IR_I64, x, y);
}

IrValue emit_mul(Emitter *e, IrValue x, IrValue y) {
  return build2(&e->builder, IR_MUL, IR_I64, x, y);
}

IrValue emit_mul_number(Emitter *e, IrValue x, int64_t y) {
  return emit_mul(e, x, emit_number(e, y));
}

static Range range_of(const Emitter *e, IrValue x) {
  enum { STEPS = 24 };
  return value_range(e->builder.f, e->facts, x, STEPS);
}

// Whether x <= y is certain.
static bool is_at_most(const Emitter *e, IrValue x, IrValue y) {
  return range_of(e, x).high <= range_of(e, y).low;
}

IrValue emit_min(Emitter *e, IrValue x, IrValue y) {
  if (is_at_most(e, x, y))
    return x;
  if (is_at_most(e, y, x))
    return y;
  return build2(&e->builder, IR_SMIN, IR_I64, x, y);
}

IrValue emit_max(Emitter *e, IrValue x, IrValue y) {
  if (is_at_most(e, x, y))
    return y;
  if (is_at_most(e, y, x))
    return x;
  return build2(&e->builder, IR_SMAX, IR_I64, x, y);
}

// Whether a number is a multiple of 2^bits.
static bool is_multiple(const Function *f, IrValue x, unsigned bits) {
  const IrInsn *insn = ir_insn(f, x);
  const IrValue *operands = ir_operands_const(f, insn);
  switch ((IrOp)insn->op) {
  case IR_CONST:
    return !((uint64_t)insn->imm & ((UINT64_C(1) << bits) - 1));
  case IR_SHL:
    return ir_is_const(f, operands[1]) && ir_insn(f, operands[1])->imm >= bits;
  case IR_ADD:
  case IR_SMIN:
  case IR_SMAX:
    return is_multiple(f, operands[1], bits) && is_multiple(f, operands[0], bits);
  default:
    return false;
  }
}

// x >> bits, where x may be another number shifted to the left without losing anything.
static IrValue shifted_right(Emitter *e, IrValue x, unsigned bits) {
  const Function *f = e->builder.f;
  const IrInsn *insn = ir_insn(f, x);
  if (insn->op == IR_SHL && ir_is_const(f, insn->operands[1])) {
    IrValue inner = insn->operands[0];
    int64_t left = ir_insn(f, insn->operands[1])->imm;
    Range range = range_of(e, inner);
    if (left >= bits && left < 32 && range.low >= 0 && range.high << left <= INT64_MAX)
      return emit_mul_number(e, inner, INT64_C(1) << (left - bits));
  }
  return build2(&e->builder, IR_LSHR, IR_I64, x, emit_number(e, bits));
}

IrValue emit_divide(Emitter *e, IrValue x, int64_t y) {
  int64_t value = 0;
  if (emit_is_number(e, x, &value))
    return emit_number(e, value / y);
  if ((y & (y - 1)) == 0)
    return shifted_right(e, x, (unsigned)__builtin_ctzll((uint64_t)y));
  return build2(&e->builder, IR_UDIV, IR_I64, x, emit_number(e, y));
}

IrValue emit_divide_up(Emitter *e, IrValue x, int64_t y) {
  return emit_divide(e, emit_add_number(e, x, y - 1), y);
}

IrValue emit_round_up(Emitter *e, IrValue x, int64_t unit) {
  if ((unit & (unit - 1)) == 0 && is_multiple(e->builder.f, x, (unsigned)__builtin_ctzll((uint64_t)unit)))
    return x;
  return emit_mul_number(e, emit_divide_up(e, x, unit), unit);
}

IrValue emit_quotient_up(Emitter *e, IrValue x, IrValue y) {
  int64_t number = 0;
  if (emit_is_number(e, y, &number))
    return emit_divide_up(e, x, number);
  return build2(&e->builder, IR_UDIV, IR_I64, emit_add_number(e, emit_add(e, x, y), -1), y);
}

IrValue emit_remainder(Emitter *e, IrValue x, int64_t y) {
  int64_t value = 0;
  if (emit_is_number(e, x, &value))
    return emit_number(e, value % y);
  if ((y & (y - 1)) == 0)
    return build2(&e->builder, IR_AND, IR_I64, x, emit_number(e, y - 1));
  return emit_sub(e, x, emit_mul_number(e, emit_divide(e, x, y), y));
}

static IrValue compare(Emitter *e, IrPredicate predicate, IrValue x, IrValue y) {
  int64_t a = 0, b = 0, result = 0;
  if (emit_is_number(e, x, &a) && emit_is_number(e, y, &b) &&
      fold_constant(IR_ICMP, IR_I1, predicate, IR_I64, a, b, &result))
    return build_const(&e->builder, IR_I1, result);
  return build_compare(&e->builder, IR_ICMP, predicate, x, y);
}

IrValue emit_less(Emitter *e, IrValue x, IrValue y) {
  if (range_of(e, x).high < range_of(e, y).low)
    return build_const(&e->builder, IR_I1, 1);
  if (is_at_most(e, y, x))
    return build_const(&e->builder, IR_I1, 0);
  return compare(e, IR_SLT, x, y);
}

IrValue emit_below(Emitter *e, IrValue x, IrValue y) {
  return compare(e, IR_ULT, x, y);
}

IrValue emit_equal(Emitter *e, IrValue x, IrValue y) {
  if (x == y)
    return build_const(&e->builder, IR_I1, 1);
  return compare(e, IR_EQ, x, y);
}

IrValue emit_and(Emitter *e, IrValue x, IrValue y) {
  return build2(&e->builder, IR_AND, IR_I1, x, y);
}

IrValue emit_choose(Emitter *e, IrValue condition, IrValue x, IrValue y) {
  int64_t holds = 0;
  if (x == y || emit_is_number(e, condition, &holds))
    return x == y || holds ? x : y;
  return build_select(&e->builder, ir_type(e->builder.f, x), condition, x, y);
}

IrValue emit_access(Emitter *e, const Region *region, uint32_t access) {
  const Access *a = &region->accesses.data[access];
  IrValue address = region->arrays.data[a->array].base;
  if (a->offset.invariant != IR_NONE)
    address = emit_add(e, address, a->offset.invariant);
  return emit_add_number(e, address, a->offset.constant);
}

IrValue emit_machine(Emitter *e, IsaOp op, IrType result, uint32_t count, const IrValue *operands) {
  VectorConfig config = {0};
  return build_machine(&e->builder, op, result, config, IR_NONE, count, operands);
}

void emit_fence(Emitter *e) {
  IrValue fence = build(&e->builder, IR_FENCE, IR_VOID, 0, NULL);
  ir_insn(e->builder.f, fence)->aux = IR_FENCE_ALL;
}

IrValue emit_data(Emitter *e, const char *name, const uint8_t *bytes, uint32_t size, uint32_t alignment) {
  SymbolId id = target_constant(e->target, name, bytes, size, alignment);
  return ir_leaf(e->builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(id, 0));
}
