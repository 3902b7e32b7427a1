// Loops of one block are written out: as many copies of their instructions as they have iterations, in which
// counters are constants. Requires: SSA form before legalization. Provides: the same.
#include "target/passes/unroll.h"

#include <assert.h>
#include <string.h>

enum { MOST_COUNTERS = 8, MOST_STEPS = 12 };

// What is known of a loop's phis in one iteration.
typedef struct Counters {
  uint32_t count;
  IrValue phis[MOST_COUNTERS];
  int64_t values[MOST_COUNTERS];
  bool known[MOST_COUNTERS];
} Counters;

void unroll_start(Unroll *u, Target *target, Function *f) {
  *u = (Unroll){.target = target, .f = f};
}

IrValue unroll_value(const Unroll *u, IrValue v) {
  while (v < u->alias.count && u->alias.data[v] != v)
    v = u->alias.data[v];
  return v;
}

void unroll_replace(Unroll *u, IrValue v, IrValue by) {
  for (IrValue i = (IrValue)u->alias.count; i <= v; i++)
    VEC_PUSH(&u->alias, i);
  u->alias.data[v] = by;
}

void unroll_end(Unroll *u) {
  Function *f = u->f;
  for (size_t b = 0; b < f->blocks.count && u->alias.count; b++)
    for (uint32_t i = 0; i < f->blocks.data[b].count; i++) {
      IrInsn *insn = ir_insn(f, f->blocks.data[b].insns[i]);
      IrValue *x = ir_operands(f, insn);
      for (uint32_t o = 0; o < insn->operand_count; o++)
        x[o] = unroll_value(u, x[o]);
    }
  if (f->debug && u->alias.count)
    debug_follow(f, u->alias.data, (uint32_t)u->alias.count);
  VEC_FREE(&u->alias);
  VEC_FREE(&u->numbers);
}

// --- how many iterations ----------------------------------------------------------------------------------

static bool is_way_back(const Function *f, uint32_t header, uint32_t pred) {
  return f->blocks.data[pred].rpo != IR_NONE && ir_in_loop(f, pred, header);
}

static bool compute(const Unroll *u, const Counters *counters, IrValue v, unsigned depth, int64_t *result) {
  v = unroll_value(u, v);
  const IrInsn *insn = ir_insn(u->f, v);
  if (insn->op == IR_CONST) {
    *result = insn->imm;
    return true;
  }
  for (uint32_t i = 0; insn->op == IR_PHI && i < counters->count; i++)
    if (counters->phis[i] == v) {
      *result = counters->values[i];
      return counters->known[i];
    }
  if (depth == MOST_STEPS || insn->op == IR_PHI || insn->operand_count == 0 || insn->operand_count > 2 ||
      !(ir_flags(insn) & IR_PURE))
    return false;
  const IrValue *x = ir_operands_const(u->f, insn);
  int64_t values[2] = {0};
  for (uint32_t o = 0; o < insn->operand_count; o++)
    if (!compute(u, counters, x[o], depth + 1, &values[o]))
      return false;
  IrType of = ir_type(u->f, unroll_value(u, x[0]));
  return of <= IR_I64 && insn->type <= IR_I64 &&
         fold_constant((IrOp)insn->op, insn->type, insn->aux, of, values[0], values[1], result);
}

// The phis that begin with constants.
static void start_counters(const Unroll *u, uint32_t header, uint32_t latch, Counters *counters) {
  const Function *f = u->f;
  const IrBlock *b = &f->blocks.data[header];
  counters->count = 0;
  for (uint32_t k = 0; k < b->count && ir_insn(f, b->insns[k])->op == IR_PHI; k++) {
    IrValue first = IR_NONE;
    bool same = true;
    for (uint32_t p = 0; p < b->pred_count; p++) {
      IrValue x = unroll_value(u, ir_operand(f, b->insns[k], p));
      if (b->preds[p] == latch)
        continue;
      same = same && (first == IR_NONE || first == x);
      first = x;
    }
    if (first == IR_NONE || !same || !ir_is_const(f, first) || counters->count == MOST_COUNTERS)
      continue;
    counters->phis[counters->count] = b->insns[k];
    counters->values[counters->count] = ir_insn(f, first)->imm;
    counters->known[counters->count++] = true;
  }
}

static void step_counters(const Unroll *u, uint32_t way_back, Counters *counters) {
  Counters next = *counters;
  for (uint32_t i = 0; i < counters->count; i++)
    next.known[i] = compute(u, counters, ir_operand(u->f, counters->phis[i], way_back), 0, &next.values[i]);
  *counters = next;
}

// The only block that leads back; IR_NONE: there are several, or another block leaves the loop.
static uint32_t only_latch(const Function *f, uint32_t header, uint32_t *way_back) {
  const IrBlock *h = &f->blocks.data[header];
  uint32_t latch = IR_NONE;
  for (uint32_t p = 0; p < h->pred_count; p++) {
    if (!is_way_back(f, header, h->preds[p]))
      continue;
    if (latch != IR_NONE)
      return IR_NONE;
    latch = h->preds[p];
    *way_back = p;
  }
  for (uint32_t i = h->rpo; i < f->rpo_count && latch != IR_NONE; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t s = 0; s < b->succ_count && f->rpo[i] != latch && ir_in_loop(f, f->rpo[i], header); s++)
      if (!ir_in_loop(f, b->succs[s], header))
        return IR_NONE;
  }
  return latch;
}

uint32_t unroll_iterations(const Unroll *u, uint32_t header, uint32_t *latch) {
  const Function *f = u->f;
  uint32_t way_back = 0;
  *latch = only_latch(f, header, &way_back);
  if (*latch == IR_NONE || ir_terminator(f, *latch)->op != IR_CONDBR)
    return 0;
  const IrBlock *b = &f->blocks.data[*latch];
  bool stays[2] = {b->succs[0] == header, b->succs[1] == header};
  if (stays[0] == stays[1])
    return 0;
  Counters counters;
  start_counters(u, header, *latch, &counters);
  for (uint32_t i = 1; i <= UNROLL_MOST_ITERATIONS && counters.count; i++) {
    int64_t condition = 0;
    if (!compute(u, &counters, ir_operand(f, b->insns[b->count - 1], 0), 0, &condition))
      return 0;
    if (!stays[condition ? 0 : 1])
      return i;
    step_counters(u, way_back, &counters);
  }
  return 0;
}

// --- copies -----------------------------------------------------------------------------------------------

// What stands for the values of a block in the present copy.
typedef struct Copies {
  Unroll *u;
  IrValueList values; // of the block: phis, then the others but the branch
  IrValueList now;    // by their numbers
  uint32_t phis;
} Copies;

static IrValue copied(const Copies *c, IrValue v) {
  v = unroll_value(c->u, v);
  uint32_t number = v < c->u->numbers.count ? c->u->numbers.data[v] : 0;
  return number ? c->now.data[number - 1] : v;
}

static IrValue plain_copy(Builder *b, const IrInsn *old, const IrValue *operands) {
  IrValue v = build(b, (IrOp)old->op, old->type, old->operand_count, operands);
  IrInsn *insn = ir_insn(b->f, v);
  insn->aux = old->aux;
  insn->flags = old->flags;
  insn->imm = old->imm;
  return v;
}

// Sums of sums with constants are one, so that it shows which element an address is.
static IrValue copy_sum(Builder *b, const IrInsn *old, const IrValue *x) {
  const IrInsn *left = ir_insn(b->f, x[0]);
  if (ir_is_const(b->f, x[1]) && left->op == IR_ADD && left->operand_count == 2 &&
      ir_is_const(b->f, left->operands[1])) {
    uint64_t sum = (uint64_t)ir_insn(b->f, left->operands[1])->imm + (uint64_t)ir_insn(b->f, x[1])->imm;
    return build2(b, IR_ADD, old->type, left->operands[0], build_const(b, old->type, (int64_t)sum));
  }
  return build2(b, IR_ADD, old->type, x[0], x[1]);
}

static IrValue copy_insn(Builder *b, const IrInsn *old, const IrValue *x) {
  const Function *f = b->f;
  int64_t result = 0;
  bool integers = old->type <= IR_I64 && old->operand_count && ir_type(f, x[0]) <= IR_I64;
  if (!integers || !(ir_flags(old) & IR_PURE))
    return plain_copy(b, old, x);
  if (old->op == IR_SELECT)
    return build_select(b, old->type, x[0], x[1], x[2]);
  if (old->op == IR_ICMP) {
    if (ir_is_const(f, x[0]) && ir_is_const(f, x[1]) &&
        fold_constant(IR_ICMP, IR_I1, old->aux, ir_type(f, x[0]), ir_insn(f, x[0])->imm,
                      ir_insn(f, x[1])->imm, &result))
      return build_const(b, IR_I1, result);
    return plain_copy(b, old, x);
  }
  if (old->operand_count == 1 && (old->op == IR_TRUNC || old->op == IR_SEXT || old->op == IR_ZEXT))
    return build1(b, (IrOp)old->op, old->type, x[0]);
  bool foldable = old->operand_count == 2 && (ir_is_const(f, x[0]) || ir_is_const(f, x[1]));
  if (old->op == IR_ADD && foldable)
    return copy_sum(b, old, x);
  return foldable ? build2(b, (IrOp)old->op, old->type, x[0], x[1]) : plain_copy(b, old, x);
}

bool unroll_table(const Target *target, const Function *f, IrValue symbol, const Symbol **table) {
  const IrInsn *leaf = ir_insn(f, symbol);
  if (leaf->op != IR_SYMBOL)
    return false;
  *table = &target->symbols.data[ir_symbol_of(leaf)];
  return (*table)->constant && (*table)->bytes && !(*table)->relocation_count &&
         (*table)->linkage != LINKAGE_WEAK;
}

// The element of a constant array of integers at a known place.
static bool load_constant(const Target *target, const Function *f, IrValue address, IrType type,
                          int64_t *value) {
  const Symbol *table = NULL;
  uint64_t bytes = type / 8, bits = 0;
  if (type > IR_I64 || type % 8 != 0 || !unroll_table(target, f, address, &table))
    return false;
  int64_t at = ir_addend_of(ir_insn(f, address));
  if (at < 0 || (uint64_t)at > table->size || bytes > table->size - (uint64_t)at)
    return false;
  for (uint64_t i = 0; i < bytes; i++)
    bits |= (uint64_t)table->bytes[(uint64_t)at + i] << 8 * i;
  *value = (int64_t)(bits << (64 - type)) >> (64 - type);
  return true;
}

static IrValue copy_operation(Copies *c, Builder *b, IrValue v) {
  enum { MOST_OPERANDS = 8 };
  Function *f = c->u->f;
  const IrInsn old = *ir_insn(f, v);
  IrValue x[MOST_OPERANDS];
  assert(old.operand_count <= MOST_OPERANDS);
  for (uint32_t o = 0; o < old.operand_count; o++)
    x[o] = copied(c, ir_operand(f, v, o));
  int64_t element = 0;
  if (old.op == IR_LOAD && !(old.flags & IR_VOLATILE) &&
      load_constant(c->u->target, f, x[0], old.type, &element))
    return build_const(b, old.type, element);
  f->place = ir_place_number(f, v);
  IrValue copy = copy_insn(b, &old, x);
  f->place = 0;
  return copy;
}

bool unroll_suits(const Function *f, uint32_t block) {
  const IrBlock *b = &f->blocks.data[block];
  for (uint32_t i = 0; i + 1 < b->count; i++) {
    const IrInsn *insn = ir_insn(f, b->insns[i]);
    if (insn->type >= IR_FIRST_VECTOR || (insn->op != IR_PHI && insn->operand_count > IR_INLINE_OPERANDS) ||
        (insn->op != IR_PHI && insn->op != IR_LOAD && insn->op != IR_STORE &&
         (insn->op == IR_MACHINE || !(ir_flags(insn) & IR_PURE))))
      return false;
  }
  return true;
}

// Takes the block's instructions out; what its phis are in the first iteration is entered in `now`.
static void start_copies(Copies *c, uint32_t block, uint32_t way_in) {
  Function *f = c->u->f;
  IrBlock *b = &f->blocks.data[block];
  while (c->u->numbers.count < f->insns.count)
    VEC_PUSH(&c->u->numbers, 0);
  for (uint32_t i = 0; i + 1 < b->count; i++) {
    IrValue v = b->insns[i];
    bool phi = ir_insn(f, v)->op == IR_PHI;
    VEC_PUSH(&c->values, v);
    VEC_PUSH(&c->now, phi ? unroll_value(c->u, ir_operand(f, v, way_in)) : IR_NONE);
    c->phis += phi;
    c->u->numbers.data[v] = i + 1;
    ir_insn(f, v)->block = IR_NONE;
  }
  ir_insn(f, b->insns[b->count - 1])->block = IR_NONE;
  b->count = 0;
}

// What the phis are in the next iteration: all at once.
static void step_phis(Copies *c, uint32_t way_back) {
  IrValueList next = {0};
  for (uint32_t i = 0; i < c->phis; i++)
    VEC_PUSH(&next, copied(c, ir_operand(c->u->f, c->values.data[i], way_back)));
  for (uint32_t i = 0; i < c->phis; i++)
    c->now.data[i] = next.data[i];
  VEC_FREE(&next);
}

// What is read behind the loop is what the last copy left. Debug information follows to copies alone: what is
// a constant there was another one in the iterations before.
static void end_copies(Copies *c, IrValue first_new) {
  Function *f = c->u->f;
  for (size_t i = 0; i < c->values.count; i++) {
    IrValue v = c->values.data[i];
    c->u->numbers.data[v] = 0;
    if (f->debug && c->now.data[i] < first_new)
      debug_forget(f, v);
    if (c->now.data[i] != v)
      unroll_replace(c->u, v, c->now.data[i]);
  }
  VEC_FREE(&c->values);
  VEC_FREE(&c->now);
}

static void remove_from(uint32_t *list, uint32_t *count, uint32_t i) {
  memmove(list + i, list + i + 1, (*count - i - 1) * sizeof *list);
  --*count;
}

// --- blocks made one --------------------------------------------------------------------------------------

// Appends a block that only `to` leads to, and which it only leads to. Its phis have one operand.
static void append_block(Unroll *u, uint32_t to, uint32_t from) {
  Function *f = u->f;
  IrBlock *b = &f->blocks.data[to];
  ir_insn(f, b->insns[--b->count])->block = IR_NONE;
  for (uint32_t i = 0; i < f->blocks.data[from].count; i++) {
    IrValue v = f->blocks.data[from].insns[i];
    if (ir_insn(f, v)->op == IR_PHI) {
      ir_insn(f, v)->block = IR_NONE;
      unroll_replace(u, v, unroll_value(u, ir_operand(f, v, 0)));
    } else {
      ir_append(f, to, v);
    }
  }
  IrBlock *source = &f->blocks.data[from];
  b = &f->blocks.data[to];
  b->succs = source->succs;
  b->succ_count = source->succ_count;
  for (uint32_t s = 0; s < b->succ_count; s++) {
    IrBlock *next = &f->blocks.data[b->succs[s]];
    for (uint32_t p = 0; p < next->pred_count; p++)
      if (next->preds[p] == from)
        next->preds[p] = to;
  }
  source->count = source->pred_count = source->succ_count = 0;
  source->succs = source->preds = NULL;
  ir_append(f, from, ir_add(f, IR_UNREACHABLE, IR_VOID, 0, NULL)); // nothing leads there any more
  f->analyzed = false;
}

static bool is_chained(const Function *f, uint32_t from, uint32_t to) {
  return to != from && to != 0 && f->blocks.data[from].succ_count == 1 &&
         f->blocks.data[to].pred_count == 1 && ir_terminator(f, from)->op == IR_BR &&
         f->blocks.data[from].nest == f->blocks.data[to].nest;
}

uint32_t unroll_block(Unroll *u, uint32_t block, uint32_t iterations) {
  Function *f = u->f;
  IrBlock *b = &f->blocks.data[block];
  uint32_t way_back = b->preds[1] == block, back = b->succs[1] == block;
  IrValue first_new = (IrValue)f->insns.count;
  Copies copies = {.u = u};
  start_copies(&copies, block, 1 - way_back);
  remove_from(b->preds, &b->pred_count, way_back);
  remove_from(b->succs, &b->succ_count, back);
  Builder builder = {f, block};
  for (uint32_t i = 0; i < iterations; i++) {
    if (i)
      step_phis(&copies, way_back);
    for (uint32_t k = copies.phis; k < copies.values.count; k++)
      copies.now.data[k] = copy_operation(&copies, &builder, copies.values.data[k]);
  }
  end_copies(&copies, first_new);
  ir_append(f, block, ir_add(f, IR_BR, IR_VOID, 0, NULL));
  u->changed = true;
  f->analyzed = false;
  uint32_t before = f->blocks.data[block].preds[0], behind = f->blocks.data[block].succs[0];
  if (is_chained(f, block, behind))
    append_block(u, block, behind);
  if (!is_chained(f, before, block))
    return block;
  append_block(u, before, block);
  return before;
}
