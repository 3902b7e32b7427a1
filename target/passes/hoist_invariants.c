// Moves what a loop computes anew but always the same out of it: address arithmetic that only appeared with
// legalization. Requires: legal SSA form. Provides: no such operation is in a loop that has a block of its
// own before it.
#include "target/ir/vector.h"

#include <string.h>

// Comparisons stay with the branches they become part of; what is slow is not done where it may not be
// needed.
static bool movable(const IrInsn *insn) {
  if (!(ir_flags(insn) & IR_PURE) || ir_is_accumulators(insn->type))
    return false;
  switch ((IrOp)insn->op) {
  case IR_ICMP:
  case IR_FCMP:
  case IR_SDIV:
  case IR_UDIV:
  case IR_SREM:
  case IR_UREM:
  case IR_FDIV:
  case IR_FSQRT:
    return false;
  default:
    return true;
  }
}

// The block that only leads into the loop, or IR_NONE.
static uint32_t preheader(const Function *f, uint32_t header) {
  const IrBlock *h = &f->blocks.data[header];
  uint32_t found = IR_NONE;
  for (uint32_t p = 0; p < h->pred_count; p++) {
    uint32_t pred = h->preds[p];
    if (f->blocks.data[pred].rpo == IR_NONE || ir_in_loop(f, pred, header))
      continue;
    if (found != IR_NONE)
      return IR_NONE;
    found = pred;
  }
  return found != IR_NONE && f->blocks.data[found].succ_count == 1 ? found : IR_NONE;
}

static bool invariant(const Function *f, const IrInsn *insn, uint32_t header) {
  const IrValue *x = ir_operands_const(f, insn);
  for (uint32_t i = 0; i < insn->operand_count; i++) {
    uint32_t block = ir_insn(f, x[i])->block;
    if (block != IR_NONE && ir_in_loop(f, block, header))
      return false;
  }
  return true;
}

// The outermost preheader the instruction can go to.
static uint32_t destination(const Function *f, const IrInsn *insn) {
  uint32_t to = IR_NONE;
  for (uint32_t loop = f->blocks.data[insn->block].loop; loop != IR_NONE;
       loop = f->blocks.data[loop].parent) {
    uint32_t before = preheader(f, loop);
    if (before == IR_NONE || !invariant(f, insn, loop))
      break;
    to = before;
  }
  return to;
}

bool hoist_invariants(Target *target, Function *f) {
  (void)target;
  ir_analyze(f);
  for (uint32_t i = 0; i < f->rpo_count; i++) {
    uint32_t block = f->rpo[i];
    uint32_t count = f->blocks.data[block].count, kept = 0;
    if (f->blocks.data[block].loop == IR_NONE)
      continue;
    for (uint32_t k = 0; k < count; k++) {
      IrValue v = f->blocks.data[block].insns[k];
      uint32_t to = movable(ir_insn(f, v)) ? destination(f, ir_insn(f, v)) : IR_NONE;
      if (to == IR_NONE) {
        f->blocks.data[block].insns[kept++] = v;
        continue;
      }
      ir_insert(f, to, v);
    }
    f->blocks.data[block].count = kept;
  }
  return true;
}
