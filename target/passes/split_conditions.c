// A branch on two comparisons together becomes two branches: each compares by itself, and where the first one
// decides, what only the second one needs is not computed. Requires: no IR_SWITCH. Provides: the same.
// Invalidates: dominators and loops.
#include "target/internal.h"

#include <string.h>

typedef struct Splitter {
  Function *f;
  uint32_t *uses; // by value, of the values that were there at the start
  uint32_t count;
} Splitter;

static bool used_once(const Splitter *s, IrValue v) {
  return v < s->count && s->uses[v] == 1;
}

static bool is_constant(const Function *f, IrValue v, int64_t value) {
  return ir_is_const(f, v) && ir_insn(f, v)->imm == value;
}

// What v joins, if it is "both" or "either" of two truth values.
static bool joins(const Function *f, IrValue v, bool *both, IrValue *first, IrValue *second) {
  const IrInsn *insn = ir_insn(f, v);
  const IrValue *x = insn->operands;
  if (insn->type != IR_I1 || insn->block == IR_NONE)
    return false;
  bool select = insn->op == IR_SELECT;
  *both = insn->op == IR_AND || (select && is_constant(f, x[2], 0));
  bool either = insn->op == IR_OR || (select && is_constant(f, x[1], -1));
  if (!*both && !either)
    return false;
  *first = x[0];
  *second = select ? x[*both ? 1 : 2] : x[1];
  return true;
}

// Comparisons of integers, and what joins them.
static bool is_condition(const Splitter *s, IrValue v, uint32_t block) {
  enum { DEEPEST = 4 };
  IrValue work[DEEPEST + 1] = {v};
  for (uint32_t count = 1; count;) {
    IrValue first = 0, second = 0;
    bool both = false;
    IrValue next = work[--count];
    const IrInsn *insn = ir_insn(s->f, next);
    if (!used_once(s, next) || insn->block != block)
      return false;
    if (insn->op == IR_ICMP)
      continue;
    if (!joins(s->f, next, &both, &first, &second) || count + 2 > DEEPEST)
      return false;
    work[count++] = first;
    work[count++] = second;
  }
  return true;
}

// Moves to the end of another block what only `v` needs, v included.
static void sink(Splitter *s, IrValue v, uint32_t from, uint32_t to) {
  Function *f = s->f;
  VEC(uint32_t) moved = {0};
  IrBlock *b = &f->blocks.data[from];
  uint32_t kept = b->count;
  s->uses[v]--; // `uses` counts those by instructions that stay, for now
  for (uint32_t i = b->count; i-- > 0;) {
    IrValue next = b->insns[i];
    const IrInsn *insn = ir_insn(f, next);
    bool moves = next < s->count && s->uses[next] == 0 && (ir_flags(insn) & IR_PURE) && insn->op != IR_PHI;
    if (!moves || insn->type > IR_I64) {
      b->insns[--kept] = next;
      continue;
    }
    VEC_PUSH(&moved, next);
    for (uint32_t o = 0; o < insn->operand_count; o++) {
      IrValue x = ir_operands_const(f, insn)[o];
      if (x < s->count)
        s->uses[x]--;
    }
  }
  memmove(b->insns, b->insns + kept, (b->count - kept) * sizeof *b->insns);
  b->count -= kept;
  s->uses[v]++;
  while (moved.count) {
    const IrInsn *insn = ir_insn(f, VEC_LAST(&moved));
    for (uint32_t o = 0; o < insn->operand_count; o++)
      if (ir_operands_const(f, insn)[o] < s->count)
        s->uses[ir_operands_const(f, insn)[o]]++;
    ir_append(f, to, VEC_POP(&moved));
  }
  VEC_FREE(&moved);
}

static void remove_insn(Function *f, uint32_t block, IrValue v) {
  IrBlock *b = &f->blocks.data[block];
  uint32_t kept = 0;
  for (uint32_t i = 0; i < b->count; i++)
    if (b->insns[i] != v)
      b->insns[kept++] = b->insns[i];
  b->count = kept;
  ir_insn(f, v)->block = IR_NONE;
}

// Gives the edge from one block into `to` to another block.
static void move_edge(Function *f, uint32_t from, uint32_t to, uint32_t by) {
  ir_add_edge(f, by, to);
  IrBlock *b = &f->blocks.data[to];
  b->pred_count--;
  for (uint32_t p = 0; p < b->pred_count; p++)
    if (b->preds[p] == from)
      b->preds[p] = by;
}

// A second edge into `to`, with what its phis have on that from `like`.
static void add_like_edge(Function *f, uint32_t from, uint32_t to, uint32_t like) {
  uint32_t p = 0;
  while (f->blocks.data[to].preds[p] != like)
    p++;
  for (uint32_t i = 0; i < f->blocks.data[to].count; i++) {
    IrInsn *phi = ir_insn(f, f->blocks.data[to].insns[i]);
    if (phi->op != IR_PHI)
      break;
    VEC(uint32_t) values = {0};
    for (uint32_t o = 0; o < phi->operand_count; o++)
      VEC_PUSH(&values, ir_operands(f, phi)[o]);
    VEC_PUSH(&values, values.data[p]);
    ir_set_operands(f, phi, (uint32_t)values.count, values.data);
    VEC_FREE(&values);
  }
  ir_add_edge(f, from, to);
}

static bool split(Splitter *s, uint32_t block) {
  Function *f = s->f;
  IrInsn *end = ir_terminator(f, block);
  if (end->op != IR_CONDBR || f->blocks.data[block].succs[0] == f->blocks.data[block].succs[1])
    return false;
  bool both = false;
  IrValue condition = end->operands[0], first = 0, second = 0;
  if (!is_condition(s, condition, block) || !joins(f, condition, &both, &first, &second))
    return false;
  // One of the ways has two beginnings then; a loop keeps the one it has.
  uint32_t yes = f->blocks.data[block].succs[0], no = f->blocks.data[block].succs[1];
  uint32_t shared = both ? no : yes, other = both ? yes : no;
  if (f->blocks.data[shared].loop == shared)
    return false;
  uint32_t rest = ir_block_beside(f, block);
  IrBlock *b = &f->blocks.data[block];
  f->place = ir_place_number(f, b->insns[b->count - 1]);
  end->operands[0] = first;
  remove_insn(f, block, condition);
  sink(s, second, block, rest);
  Builder builder = {f, rest};
  build(&builder, IR_CONDBR, IR_VOID, 1, &second);
  f->place = 0;
  for (int way = 0; way < 2; way++)
    if ((way == 0) == both)
      move_edge(f, block, other, rest);
    else
      add_like_edge(f, rest, shared, block);
  b = &f->blocks.data[block];
  b->succs[both ? 0 : 1] = rest;
  ir_add_edge(f, block, rest);
  f->blocks.data[block].succ_count--;
  return true;
}

bool split_conditions(Target *target, Function *f) {
  (void)target;
  ir_analyze(f);
  Splitter s = {.f = f, .count = (uint32_t)f->insns.count};
  s.uses = checked_malloc((s.count + 1) * sizeof *s.uses);
  memset(s.uses, 0, s.count * sizeof *s.uses);
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t k = 0; k < b->count; k++) {
      const IrInsn *insn = ir_insn(f, b->insns[k]);
      for (uint32_t o = 0; o < insn->operand_count; o++)
        s.uses[ir_operands_const(f, insn)[o]]++;
    }
  }
  for (uint32_t block = 0; block < f->blocks.count; block++)
    while (f->blocks.data[block].count && split(&s, block))
      ;
  free(s.uses);
  return true;
}
