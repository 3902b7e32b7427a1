// Turns selections that no instruction makes into branches: all floating-point ones, and those of integers
// where Zicond is not there, or takes three instructions and code is to be as short as possible. Requires: no
// IR_SWITCH. Provides: such IR_SELECTs are gone. Invalidates: dominators and loops.
#include "target/internal.h"

static bool is_zero(const Function *f, IrValue v) {
  return ir_is_const(f, v) && ir_insn(f, v)->imm == 0;
}

static bool needs_branch(const Target *target, const Function *f, const IrInsn *insn) {
  if (insn->op != IR_SELECT)
    return false;
  bool integer = insn->type <= IR_I64;
  return !(integer && target->extensions & ISA_EXTENSION_BIT(ISA_EXT_ZICOND)) ||
         (f->smallest && !is_zero(f, insn->operands[1]) && !is_zero(f, insn->operands[2]));
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

// A select at `at` and those behind it with the same condition become phis of the block that follows.
static uint32_t branch(Function *f, uint32_t block, uint32_t at, const Target *target) {
  IrValue condition = ir_operand(f, f->blocks.data[block].insns[at], 0);
  uint32_t rest = split(f, block, at), other = ir_block_beside(f, block);
  Builder b = {f, block};
  build(&b, IR_CONDBR, IR_VOID, 1, &condition);
  ir_add_edge(f, block, rest);
  ir_add_edge(f, block, other);
  b.block = other;
  build(&b, IR_BR, IR_VOID, 0, NULL);
  ir_add_edge(f, other, rest);
  IrBlock *r = &f->blocks.data[rest];
  for (uint32_t i = 0; i < r->count; i++) {
    IrInsn *insn = ir_insn(f, r->insns[i]);
    if (!needs_branch(target, f, insn) || ir_operands(f, insn)[0] != condition)
      break;
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
  return rest;
}

bool lower_select(Target *target, Function *f) {
  for (uint32_t block = 0; block < f->blocks.count; block++) {
    uint32_t b = block;
    for (uint32_t i = 0; i < f->blocks.data[b].count; i++) {
      if (!needs_branch(target, f, ir_insn(f, f->blocks.data[b].insns[i])))
        continue;
      // The new block is visited by the outer loop later.
      branch(f, b, i, target);
      break;
    }
  }
  return true;
}
