// Moves of whole vector registers want a vtype that is valid, although they read nothing of it (V extension,
// "Whole Vector Register Move"). What a function finds at its entry, or after a call, may be none. Nothing
// depends on vtype or vl where they are not set on all ways there, so that setting them changes nothing.
#include "target/internal.h"
#include "target/ir/vector.h"

static bool sets_vtype(const MirInsn *insn) {
  return insn->op == ISA_VSETVLI || insn->op == ISA_VSETIVLI || insn->op == ISA_VSETVL;
}

static bool is_call(const MirInsn *insn) {
  return insn->op == MIR_CALL || insn->op == MIR_CALLR || insn->op == MIR_ASM;
}

static bool is_whole_move(const MirInsn *insn) {
  return insn->op == ISA_VMV1R_V || insn->op == ISA_VMV2R_V || insn->op == ISA_VMV4R_V ||
         insn->op == ISA_VMV8R_V;
}

static bool has_whole_moves(const Function *f) {
  for (size_t k = 0; k < f->layout.count && f->used_vectors; k++) {
    const MirBlock *b = &f->mblocks.data[f->layout.data[k]];
    for (uint32_t i = 0; i < b->count; i++)
      if (is_whole_move(&b->insns[i]))
        return true;
  }
  return false;
}

// Whether vtype is valid behind an instruction, and behind a block. A move sets it where it was not.
static bool valid_after(const MirInsn *insn, bool valid) {
  return is_call(insn) ? false : valid || sets_vtype(insn) || is_whole_move(insn);
}

static bool valid_behind(const MirBlock *b, bool valid) {
  for (uint32_t i = 0; i < b->count; i++)
    valid = valid_after(&b->insns[i], valid);
  return valid;
}

// By block: valid at its start on all ways there; the largest solution.
static void solve(const Function *f, bool *valid) {
  for (size_t b = 0; b < f->mblocks.count; b++)
    valid[b] = true;
  valid[f->layout.data[0]] = false;
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t k = 0; k < f->layout.count; k++) {
      uint32_t block = f->layout.data[k];
      const MirBlock *b = &f->mblocks.data[block];
      if (valid_behind(b, valid[block]))
        continue;
      for (uint32_t s = 0; s < b->succ_count; s++) {
        changed |= valid[b->succs[s]];
        valid[b->succs[s]] = false;
      }
    }
  }
}

static void set_vtype(Function *f, uint32_t block, const MirInsn *before) {
  MirOperand operands[3] = {mir_reg(REG_ZERO), mir_imm(0), mir_imm(vector_vtype((VectorConfig){.sew = 8}))};
  f->place = before->place;
  mir_push(f, block, mir_make(f, ISA_VSETIVLI, 3, operands));
}

void validate_vtype(Function *f) {
  if (!has_whole_moves(f))
    return;
  bool *valid = checked_malloc((f->mblocks.count + 1) * sizeof *valid);
  solve(f, valid);
  for (size_t k = 0; k < f->layout.count; k++) {
    uint32_t block = f->layout.data[k];
    MirBlock old = f->mblocks.data[block], *b = &f->mblocks.data[block];
    bool now = valid[block];
    b->insns = NULL;
    b->count = b->capacity = 0;
    for (uint32_t i = 0; i < old.count; i++) {
      if (is_whole_move(&old.insns[i]) && !now)
        set_vtype(f, block, &old.insns[i]);
      now = valid_after(&old.insns[i], now);
      mir_push(f, block, old.insns[i]);
    }
  }
  f->place = 0;
  free(valid);
}
