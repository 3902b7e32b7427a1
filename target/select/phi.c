// What phis become: moves on the edges, in an order that lets each phi and its next value share a register.
#include "target/select/isel.h"

#include <string.h>

static uint32_t fresh_register(void *context, uint32_t like) {
  Function *f = context;
  return mir_virtual(f, f->classes.data[like - MIR_FIRST_VIRTUAL]);
}

// Gives v to the web of a loop's phi, unless it has one; what a phi chooses from follows it.
static void join_web(Selector *s, IrValue v, IrValue web, IrValueList *work) {
  if (s->webs[v] || ir_insn(s->f, v)->block == IR_NONE)
    return;
  s->webs[v] = web + 1;
  if (ir_insn(s->f, v)->op == IR_PHI)
    VEC_PUSH(work, v);
}

// A loop's phi, what comes back to it, and the phis that this is chosen from, would all have one register.
// Other values that are chosen from may come to several phis, so they belong to none.
void isel_find_webs(Selector *s) {
  Function *f = s->f;
  IrValueList phis = {0}, work = {0};
  s->webs = checked_malloc((f->insns.count + 1) * sizeof *s->webs);
  memset(s->webs, 0, f->insns.count * sizeof *s->webs);
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    const IrBlock *b = &f->blocks.data[f->rpo[i]];
    if (b->loop != f->rpo[i])
      continue;
    for (uint32_t k = 0; k < b->count && ir_insn(f, b->insns[k])->op == IR_PHI; k++)
      if (s->live[b->insns[k]]) {
        s->webs[b->insns[k]] = b->insns[k] + 1;
        VEC_PUSH(&phis, b->insns[k]);
      }
  }
  for (size_t i = 0; i < phis.count; i++) {
    IrValue phi = phis.data[i];
    uint32_t header = ir_insn(f, phi)->block;
    const IrBlock *b = &f->blocks.data[header];
    for (uint32_t p = 0; p < b->pred_count; p++)
      if (ir_in_loop(f, b->preds[p], header))
        join_web(s, ir_operand(f, phi, p), phi, &work);
    while (work.count) {
      IrValue v = VEC_POP(&work);
      for (uint32_t o = 0; o < ir_insn(f, v)->operand_count; o++)
        if (ir_insn(f, ir_operand(f, v, o))->op == IR_PHI)
          join_web(s, ir_operand(f, v, o), phi, &work);
    }
  }
  VEC_FREE(&phis);
  VEC_FREE(&work);
}

enum { MOST_ORDERED = 64 }; // with more, not all get registers anyway

typedef struct PhiMove {
  Move move;
  uint32_t to;   // web of the destination; 0: none
  uint32_t from; // of the source
} PhiMove;

static bool read_by_another(const PhiMove *moves, size_t count, size_t move) {
  for (size_t i = 0; i < count; i++)
    if (i != move && moves[i].from == moves[move].to)
      return true;
  return false;
}

// What reads a web goes before what gives it its next value, as far as there is such an order.
static void order_by_webs(PhiMove *moves, size_t count) {
  for (size_t done = 0; done < count; done++) {
    size_t next = done;
    while (next < count && moves[next].to && read_by_another(moves + done, count - done, next - done))
      next++;
    if (next == count)
      continue;
    PhiMove chosen = moves[next];
    memmove(moves + done + 1, moves + done, (next - done) * sizeof *moves);
    moves[done] = chosen;
  }
}

// Emits the moves that phis of `to` want on its edge number `pred`, in reverse.
void isel_move_phis(Selector *s, uint32_t to, uint32_t pred) {
  Function *f = s->f;
  const IrBlock *b = &f->blocks.data[to];
  VEC(PhiMove) wanted = {0};
  VEC(Move) moves = {0};
  MoveList ordered = {0};
  for (uint32_t i = 0; i < b->count && ir_insn(f, b->insns[i])->op == IR_PHI; i++) {
    IrValue phi = b->insns[i];
    if (!s->live[phi])
      continue;
    IrValue v = ir_operand(f, phi, pred);
    // Leaves need no register of their own; they are put in place last, which comes first in reverse.
    if (ir_insn(f, v)->op != IR_ARG && (ir_ops[ir_insn(f, v)->op].flags & IR_LEAF)) {
      isel_move(s, isel_register(s, phi), v);
      continue;
    }
    PhiMove move = {.move = {isel_register(s, phi), isel_register(s, v)}};
    if (s->webs) {
      move.to = s->webs[phi];
      move.from = s->webs[v];
    }
    VEC_PUSH(&wanted, move);
  }
  if (s->webs && wanted.count <= MOST_ORDERED)
    order_by_webs(wanted.data, wanted.count);
  for (size_t i = 0; i < wanted.count; i++)
    VEC_PUSH(&moves, wanted.data[i].move);
  sequence_moves(moves.data, (uint32_t)moves.count, fresh_register, f, &ordered);
  for (size_t i = ordered.count; i-- > 0;) {
    MirOperand operands[2] = {mir_reg(ordered.data[i].to), mir_reg(ordered.data[i].from)};
    isel_emit(s, MIR_COPY, 2, operands);
  }
  VEC_FREE(&wanted);
  VEC_FREE(&moves);
  VEC_FREE(&ordered);
}
