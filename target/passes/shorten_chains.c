// Sums and logical operations of three values are done in the order in which the values are there: what comes
// last is taken in last. Requires: legal SSA form. Provides: the same.
#include "target/internal.h"

#include <string.h>

typedef struct Term {
  IrValue value;
  bool minus;
} Term;

typedef struct Shortener {
  Target *target;
  Function *f;
  uint32_t count;  // values
  uint32_t *uses;  // by value
  uint32_t *ready; // by value: the cycle in its block in which it is there, were there no other instructions
  uint32_t *at;    // by value: its place in the block
} Shortener;

static uint32_t latency(const Shortener *s, const IrInsn *insn) {
  const Machine *machine = s->target->machine;
  switch ((IrOp)insn->op) {
  case IR_LOAD:
  case IR_AMO:
  case IR_CMPXCHG:
    return (uint32_t)machine->l1_latency;
  case IR_MUL:
  case IR_MULHS:
  case IR_MULHU:
    return (uint32_t)machine->mul_latency;
  case IR_SDIV:
  case IR_UDIV:
  case IR_SREM:
  case IR_UREM:
    return (uint32_t)machine->div_latency;
  default:
    return ir_is_float(insn->type) ? (uint32_t)machine->fpu_latency : (uint32_t)machine->alu_latency;
  }
}

static uint32_t ready_at(const Shortener *s, IrValue v, uint32_t block) {
  return ir_insn(s->f, v)->block == block ? s->ready[v] : 0;
}

static bool is_sum(IrOp op) {
  return op == IR_ADD || op == IR_SUB;
}

static bool is_chain(IrOp op) {
  return is_sum(op) || op == IR_AND || op == IR_OR || op == IR_XOR;
}

// What an instruction of an addition takes over from its operand: a small shift, the extension of a word.
static bool is_part_of_addition(const Function *f, IrValue v) {
  enum { SHIFT_ADDS = 3 };
  const IrInsn *insn = ir_insn(f, v);
  return (insn->op == IR_ZEXT && insn->aux == 32) ||
         (insn->op == IR_SHL && ir_is_const(f, insn->operands[1]) &&
          ir_insn(f, insn->operands[1])->imm <= SHIFT_ADDS);
}

static bool is_complement(const Function *f, IrValue v) {
  const IrInsn *insn = ir_insn(f, v);
  return insn->op == IR_XOR && ir_is_const(f, insn->operands[1]) && ir_insn(f, insn->operands[1])->imm == -1;
}

static bool is_leaf(const Function *f, IrValue v) {
  const IrInsn *insn = ir_insn(f, v);
  return insn->op != IR_ARG && (ir_ops[insn->op].flags & IR_LEAF);
}

// The terms of v and of the operand of it that only v uses; false: it is not of this kind, or what one
// instruction does now would become two.
static bool find_terms(const Shortener *s, IrValue v, unsigned side, Term *terms) {
  const Function *f = s->f;
  const IrInsn *outer = ir_insn(f, v);
  IrValue t = outer->operands[side];
  const IrInsn *inner = ir_insn(f, t);
  bool sum = is_sum((IrOp)outer->op);
  if (inner->block != outer->block || s->uses[t] != 1 || !is_chain((IrOp)inner->op) ||
      (sum ? !is_sum((IrOp)inner->op) : inner->op != outer->op) ||
      (inner->type != outer->type && outer->type != IR_I32))
    return false;
  bool turned = outer->op == IR_SUB && side == 1;
  terms[0] = (Term){inner->operands[0], turned};
  terms[1] = (Term){inner->operands[1], turned != (inner->op == IR_SUB)};
  terms[2] = (Term){outer->operands[1 - side], outer->op == IR_SUB && side == 0};
  unsigned parts = 0, minus = 0;
  for (unsigned i = 0; i < 3; i++) {
    if (is_leaf(f, terms[i].value) || (!sum && is_complement(f, terms[i].value)))
      return false;
    parts += is_part_of_addition(f, terms[i].value);
    minus += terms[i].minus;
  }
  return !sum || !parts || (parts == 1 && !minus);
}

static uint32_t most(uint32_t x, uint32_t y) {
  return x > y ? x : y;
}

// Makes v from its terms, those but the last one first.
static void rebuild(Shortener *s, IrValue v, IrValue t, const Term *terms, unsigned last) {
  Function *f = s->f;
  Term x = terms[last == 0], y = terms[last == 2 ? 1 : 2], z = terms[last];
  IrInsn *inner = ir_insn(f, t), *outer = ir_insn(f, v);
  bool sum = is_sum((IrOp)outer->op), turned = x.minus && y.minus;
  IrValue first[2] = {x.value, y.value};
  if (sum) {
    bool difference = x.minus != y.minus;
    inner->op = difference ? IR_SUB : IR_ADD;
    if (difference && x.minus) {
      first[0] = y.value;
      first[1] = x.value;
    }
  }
  ir_set_operands(f, inner, 2, first);
  IrValue second[2] = {t, z.value};
  if (sum) {
    outer->op = turned || z.minus ? IR_SUB : IR_ADD;
    if (turned) {
      second[0] = z.value;
      second[1] = t;
    }
  }
  ir_set_operands(f, outer, 2, second);
}

// The inner operation stands before what its new operands may be: it goes to right before v.
static void move_before(Shortener *s, IrBlock *b, IrValue t, uint32_t to) {
  uint32_t from = s->at[t];
  for (uint32_t k = from; k + 1 < to; k++) {
    b->insns[k] = b->insns[k + 1];
    s->at[b->insns[k]] = k;
  }
  b->insns[to - 1] = t;
  s->at[t] = to - 1;
}

static void shorten(Shortener *s, uint32_t block, uint32_t k) {
  Function *f = s->f;
  IrBlock *b = &f->blocks.data[block];
  IrValue v = b->insns[k];
  if (!is_chain((IrOp)ir_insn(f, v)->op))
    return;
  for (unsigned side = 0; side < 2; side++) {
    Term terms[3];
    if (!find_terms(s, v, side, terms))
      continue;
    IrValue t = ir_insn(f, v)->operands[side];
    uint32_t ready[3], best = 2, soonest = 0;
    for (unsigned i = 0; i < 3; i++)
      ready[i] = ready_at(s, terms[i].value, block);
    for (unsigned last = 3; last-- > 0;) {
      uint32_t end = most(most(ready[last == 0], ready[last == 2 ? 1 : 2]) + 1, ready[last]) + 1;
      if (last == 2 || end < soonest) {
        soonest = end;
        best = last;
      }
    }
    if (best == 2)
      continue;
    rebuild(s, v, t, terms, best);
    if (f->debug)
      debug_forget(f, t);
    move_before(s, b, t, k);
    s->ready[t] = most(ready[best == 0], ready[2]) + 1;
    return;
  }
}

static void count_uses(Shortener *s) {
  const Function *f = s->f;
  memset(s->uses, 0, s->count * sizeof *s->uses);
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    for (uint32_t k = 0; k < b->count; k++) {
      const IrInsn *insn = ir_insn(f, b->insns[k]);
      for (uint32_t o = 0; o < insn->operand_count; o++)
        s->uses[ir_operands_const(f, insn)[o]]++;
    }
  }
}

static void shorten_block(Shortener *s, uint32_t block) {
  Function *f = s->f;
  uint32_t before = 0, latest = 0; // nothing begins before the last call has returned
  for (uint32_t k = 0; k < f->blocks.data[block].count; k++)
    s->at[f->blocks.data[block].insns[k]] = k;
  for (uint32_t k = 0; k < f->blocks.data[block].count; k++) {
    shorten(s, block, k);
    IrValue v = f->blocks.data[block].insns[k];
    const IrInsn *insn = ir_insn(f, v);
    uint32_t start = before;
    for (uint32_t o = 0; o < insn->operand_count && insn->op != IR_PHI; o++)
      start = most(start, ready_at(s, ir_operands_const(f, insn)[o], block));
    s->ready[v] = insn->op == IR_PHI ? 0 : start + latency(s, insn);
    latest = most(latest, s->ready[v]);
    if (insn->op == IR_CALL)
      before = s->ready[v] = latest;
  }
}

bool shorten_chains(Target *target, Function *f) {
  ir_analyze(f);
  Shortener s = {.target = target, .f = f, .count = (uint32_t)f->insns.count};
  s.uses = checked_malloc((s.count + 1) * sizeof *s.uses);
  s.ready = checked_malloc((s.count + 1) * sizeof *s.ready);
  s.at = checked_malloc((s.count + 1) * sizeof *s.at);
  count_uses(&s);
  for (uint32_t i = 0; i < f->rpo_count; i++)
    shorten_block(&s, f->rpo[i]);
  free(s.uses);
  free(s.ready);
  free(s.at);
  return true;
}
