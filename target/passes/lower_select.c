// Turns selections into branches: those that no instruction makes, which are all floating-point ones, and
// those of integers where Zicond is not there; and those that take many instructions, since several depend on
// one condition or code is to be short. Requires: no IR_SWITCH. Provides: such IR_SELECTs are gone.
// Invalidates: dominators and loops.
#include "target/internal.h"

#include <string.h>

static bool is_zero(const Function *f, IrValue v) {
  return ir_is_const(f, v) && ir_insn(f, v)->imm == 0;
}

// Instructions that a selection takes; MANY: there are none for it.
enum { ONE_SIDE = 1, TWO_SIDES = 3, MANY = 100 };

static uint32_t select_cost(const Target *target, const Function *f, const IrInsn *insn) {
  if (insn->type > IR_I64 || !(target->extensions & ISA_EXTENSION_BIT(ISA_EXT_ZICOND)))
    return MANY;
  return is_zero(f, insn->operands[1]) || is_zero(f, insn->operands[2]) ? ONE_SIDE : TWO_SIDES;
}

static bool defined_between(const IrBlock *b, uint32_t from, uint32_t to, IrValue v) {
  for (uint32_t i = from; i < to; i++)
    if (b->insns[i] == v)
      return true;
  return false;
}

// Moves selections with the condition of the one at `at` to right behind it, where their values are known
// there. Returns how many they are with that one, and their cost.
static uint32_t gather(const Target *target, Function *f, uint32_t block, uint32_t at, uint32_t *cost) {
  enum { WINDOW = 32 };
  IrBlock *b = &f->blocks.data[block];
  IrValue condition = ir_operand(f, b->insns[at], 0);
  uint32_t end = at;
  *cost = 0;
  for (uint32_t i = at; i < b->count && i < at + WINDOW; i++) {
    const IrInsn *insn = ir_insn(f, b->insns[i]);
    if (insn->op != IR_SELECT || insn->operands[0] != condition ||
        defined_between(b, end, i, insn->operands[1]) || defined_between(b, end, i, insn->operands[2]))
      continue;
    *cost += select_cost(target, f, insn);
    IrValue v = b->insns[i];
    memmove(b->insns + end + 1, b->insns + end, (i - end) * sizeof *b->insns);
    b->insns[end++] = v;
  }
  return end - at;
}

// Moves the instructions of `block` from `at` on, and its successors, into a new block.
static uint32_t split(Function *f, uint32_t block, uint32_t at) {
  uint32_t rest = ir_block_beside(f, block);
  IrBlock *b = &f->blocks.data[block], *r = &f->blocks.data[rest];
  r->succs = b->succs;
  r->succ_count = b->succ_count;
  b->succs = NULL;
  b->succ_count = 0;
  for (uint32_t s = 0; s < r->succ_count; s++) {
    IrBlock *to = &f->blocks.data[r->succs[s]];
    for (uint32_t p = 0; p < to->pred_count; p++)
      if (to->preds[p] == block)
        to->preds[p] = rest;
  }
  uint32_t count = b->count;
  b->count = at;
  for (uint32_t i = at; i < count; i++)
    ir_append(f, rest, f->blocks.data[block].insns[i]);
  return rest;
}

// `count` selects of one condition, from `at` on, become phis of the block that follows.
static void branch(Function *f, uint32_t block, uint32_t at, uint32_t count) {
  IrValue condition = ir_operand(f, f->blocks.data[block].insns[at], 0);
  uint32_t rest = split(f, block, at), other = ir_block_beside(f, block);
  Builder b = {f, block};
  build(&b, IR_CONDBR, IR_VOID, 1, &condition);
  ir_add_edge(f, block, rest);
  ir_add_edge(f, block, other);
  b.block = other;
  build(&b, IR_BR, IR_VOID, 0, NULL);
  ir_add_edge(f, other, rest);
  for (uint32_t i = 0; i < count; i++) {
    IrInsn *insn = ir_insn(f, f->blocks.data[rest].insns[i]);
    IrValue values[2] = {insn->operands[1], insn->operands[2]};
    // A phi reads its operands on the edges: another phi of this block has there the value it chose.
    for (int side = 0; side < 2; side++) {
      IrInsn *source = ir_insn(f, values[side]);
      if (source->op == IR_PHI && source->block == rest)
        values[side] = source->operands[side];
    }
    insn->op = IR_PHI;
    ir_set_operands(f, insn, 2, values);
  }
}

bool lower_select(Target *target, Function *f) {
  uint32_t least = f->small ? TWO_SIDES : TWO_SIDES + ONE_SIDE;
  for (uint32_t block = 0; block < f->blocks.count; block++) {
    uint32_t b = block;
    for (uint32_t i = 0; i < f->blocks.data[b].count; i++) {
      if (ir_insn(f, f->blocks.data[b].insns[i])->op != IR_SELECT)
        continue;
      uint32_t cost = 0, count = gather(target, f, b, i, &cost);
      if (cost < least)
        continue;
      // The new block is visited by the outer loop later.
      branch(f, b, i, count);
      break;
    }
  }
  return true;
}
