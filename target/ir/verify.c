// Checks the SSA form: edges agree, blocks end with their only terminator, definitions dominate uses.
#include "target/ir/vector.h"

#include <string.h>

static bool bad(Target *target, const Function *f, const char *after, const char *what, uint32_t block,
                IrValue v) {
  diagnose(target->diagnostics, DIAGNOSTIC_ERROR, place_named(target->symbols.data[f->symbol].name),
           "internal error: after pass '%s': %s (block %u, value %u, %s)", after, what, block, v,
           v < f->insns.count ? ir_ops[ir_insn(f, v)->op].name : "none");
  return false;
}

static const char *check_edges(const Function *f, uint32_t block) {
  const IrBlock *b = &f->blocks.data[block];
  for (uint32_t s = 0; s < b->succ_count; s++) {
    if (b->succs[s] >= f->blocks.count)
      return "an edge to a block that does not exist";
    uint32_t forward = 0, back = 0;
    const IrBlock *to = &f->blocks.data[b->succs[s]];
    for (uint32_t i = 0; i < b->succ_count; i++)
      forward += b->succs[i] == b->succs[s];
    for (uint32_t i = 0; i < to->pred_count; i++)
      back += to->preds[i] == block;
    if (forward != back)
      return "an edge that its target does not know";
  }
  return NULL;
}

// Where a value's definition stands within its block is found through `position`.
static const char *check_operand(const Function *f, const uint32_t *position, uint32_t use_block,
                                 uint32_t use_position, IrValue v) {
  if (v >= f->insns.count)
    return "an operand that does not exist";
  const IrInsn *def = ir_insn(f, v);
  if (ir_ops[def->op].flags & IR_LEAF)
    return NULL;
  if (def->block == IR_NONE)
    return "an operand that is in no block";
  if (def->type == IR_VOID)
    return "an operand without a value";
  if (def->block == use_block)
    return position[v] < use_position ? NULL : "a use before the definition";
  return ir_dominates(f, def->block, use_block) ? NULL : "a use that its definition does not dominate";
}

// Registers first ... of a group as a value.
static bool is_in_group(const Function *f, const IrInsn *insn, IrType part, IrValue group) {
  IrType whole = ir_type(f, group);
  return ir_is_group(whole) && ir_is_group(part) && ir_is_accumulators(whole) == ir_is_accumulators(part) &&
         insn->imm >= 0 && insn->imm + ir_group_size(part) <= ir_group_size(whole) &&
         ir_group_alignment(whole) % ir_group_alignment(part) == 0 &&
         insn->imm % ir_group_alignment(part) == 0;
}

static const char *check_group(const Function *f, const IrInsn *insn) {
  const IrValue *x = ir_operands_const(f, insn);
  for (uint32_t i = 0; i < insn->operand_count; i++)
    if (x[i] >= f->insns.count)
      return "an operand that does not exist";
  if (insn->op == IR_MACHINE)
    return vector_verify(f, insn);
  if (insn->op == IR_PART && !is_in_group(f, insn, insn->type, x[0]))
    return "a part that is not in its group";
  if (insn->op == IR_JOIN &&
      (ir_type(f, x[0]) != insn->type || !is_in_group(f, insn, ir_type(f, x[1]), x[0])))
    return "a part that is not in its group";
  return NULL;
}

static const char *check_insn(const Function *f, const uint32_t *position, uint32_t block, uint32_t at) {
  const IrBlock *b = &f->blocks.data[block];
  IrValue v = b->insns[at];
  const IrInsn *insn = ir_insn(f, v);
  const IrValue *x = ir_operands_const(f, insn);
  if (insn->block != block)
    return "an instruction that names another block as its own";
  bool last = at + 1 == b->count;
  if (last != ((ir_ops[insn->op].flags & IR_TERMINATOR) != 0))
    return "a terminator that is not last, or none";
  if (ir_ops[insn->op].operands >= 0 && (uint32_t)ir_ops[insn->op].operands != insn->operand_count)
    return "a wrong number of operands";
  if (insn->op == IR_PHI && insn->operand_count != b->pred_count)
    return "a phi that does not fit the block's predecessors";
  if (insn->op == IR_PHI && at && ir_insn(f, b->insns[at - 1])->op != IR_PHI)
    return "a phi behind other instructions";
  const char *group = check_group(f, insn);
  if (group)
    return group;
  for (uint32_t i = 0; i < insn->operand_count; i++) {
    bool phi = insn->op == IR_PHI;
    uint32_t use_block = phi ? b->preds[i] : block;
    if (f->blocks.data[use_block].rpo == IR_NONE)
      continue;
    const char *what = check_operand(f, position, use_block, phi ? UINT32_MAX : at, x[i]);
    if (what)
      return what;
  }
  return NULL;
}

// Analyzes anew, and compares that with what is said to hold still.
static const char *check_analysis(Function *f) {
  bool kept = f->analyzed, same = true;
  IrBlock *blocks = checked_malloc((f->blocks.count + 1) * sizeof *blocks);
  memcpy(blocks, f->blocks.data, f->blocks.count * sizeof *blocks);
  f->analyzed = false;
  ir_analyze(f);
  for (size_t i = 0; i < f->blocks.count; i++) {
    const IrBlock *x = &blocks[i], *y = &f->blocks.data[i];
    same = same && x->rpo == y->rpo && x->idom == y->idom && x->loop == y->loop && x->parent == y->parent &&
           x->depth == y->depth;
  }
  free(blocks);
  return kept && !same ? "what is known of dominators and loops is out of date" : NULL;
}

bool ir_verify(Target *target, Function *f, const char *after) {
  const char *analysis = check_analysis(f);
  if (analysis)
    return bad(target, f, after, analysis, IR_NONE, IR_NONE);
  uint32_t *position = checked_malloc((f->insns.count + 1) * sizeof *position);
  for (size_t b = 0; b < f->blocks.count; b++)
    for (uint32_t i = 0; i < f->blocks.data[b].count; i++)
      position[f->blocks.data[b].insns[i]] = i;
  bool ok = true;
  for (uint32_t k = 0; k < f->rpo_count && ok; k++) {
    uint32_t block = f->rpo[k];
    const IrBlock *b = &f->blocks.data[block];
    const char *what = b->count ? check_edges(f, block) : "a block without instructions";
    if (what)
      ok = bad(target, f, after, what, block, IR_NONE);
    for (uint32_t i = 0; i < b->count && ok; i++) {
      what = check_insn(f, position, block, i);
      if (what)
        ok = bad(target, f, after, what, block, b->insns[i]);
    }
  }
  free(position);
  return ok;
}
