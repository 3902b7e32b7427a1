// Changes of the graph of blocks.
#include "target/tensor/raise/raise.h"

#include <assert.h>
#include <string.h>

static IrValue *phi_operand(Function *f, IrValue phi, uint32_t i) {
  return &ir_operands(f, ir_insn(f, phi))[i];
}

static bool is_phi(const Function *f, IrValue v) {
  return f->insns.data[v].op == IR_PHI;
}

// Takes away the i-th way into a block.
static void remove_pred(Function *f, uint32_t block, uint32_t i) {
  IrBlock *b = &f->blocks.data[block];
  uint32_t rest = b->pred_count - i - 1;
  for (uint32_t k = 0; k < b->count && is_phi(f, b->insns[k]); k++) {
    IrInsn *phi = ir_insn(f, b->insns[k]);
    IrValue operands[IR_INLINE_OPERANDS + 1];
    IrValue *x = ir_operands(f, phi);
    memmove(x + i, x + i + 1, rest * sizeof *x);
    uint32_t count = phi->operand_count - 1;
    if (count == IR_INLINE_OPERANDS) { // they move from the pool into the instruction
      memcpy(operands, x, count * sizeof *x);
      memcpy(phi->operands, operands, count * sizeof *x);
    }
    phi->operand_count = count;
  }
  memmove(b->preds + i, b->preds + i + 1, rest * sizeof *b->preds);
  b->pred_count--;
  f->analyzed = false;
}

static void add_phi_operand(Function *f, IrValue phi, IrValue x) {
  uint32_t count = ir_insn(f, phi)->operand_count;
  IrValue *operands = checked_malloc((count + 1) * sizeof *operands);
  memcpy(operands, ir_operands(f, ir_insn(f, phi)), count * sizeof *operands);
  operands[count] = x;
  // The pool may move while it grows, so that the instruction is changed in a copy.
  IrInsn changed = *ir_insn(f, phi);
  ir_set_operands(f, &changed, count + 1, operands);
  *ir_insn(f, phi) = changed;
  free(operands);
}

static uint32_t pred_index(const Function *f, uint32_t block, uint32_t pred) {
  const IrBlock *b = &f->blocks.data[block];
  uint32_t i = 0;
  while (b->preds[i] != pred)
    i++;
  return i;
}

static void append_branch(Function *f, uint32_t from, uint32_t to) {
  ir_append(f, from, ir_add(f, IR_BR, IR_VOID, 0, NULL));
  ir_add_edge(f, from, to);
}

void add_edge_with(Function *f, uint32_t from, uint32_t to, const IrValue *phi_values) {
  uint32_t count = 0;
  for (uint32_t k = 0; k < f->blocks.data[to].count && is_phi(f, f->blocks.data[to].insns[k]); k++)
    add_phi_operand(f, f->blocks.data[to].insns[k], phi_values[count++]);
  ir_add_edge(f, from, to);
}

// The edge from `from` to `old` leads to `new`, a block that has no phis.
void redirect_edge(Function *f, uint32_t from, uint32_t old, uint32_t new) {
  IrBlock *b = &f->blocks.data[from];
  uint32_t s = 0;
  while (b->succs[s] != old)
    s++;
  remove_pred(f, old, pred_index(f, old, from));
  uint32_t succs = b->succ_count;
  ir_add_edge(f, from, new);
  b = &f->blocks.data[from];
  b->succs[s] = new;
  b->succ_count = succs;
}

uint32_t funnel_edges(Function *f, uint32_t to, const Bitset *set, bool inside) {
  uint32_t new = ir_block_new(f);
  VEC(uint32_t) from = {0};
  for (uint32_t i = 0; i < f->blocks.data[to].pred_count; i++) {
    uint32_t pred = f->blocks.data[to].preds[i];
    if (bitset_has(set, pred) == inside && f->blocks.data[pred].rpo != IR_NONE)
      VEC_PUSH(&from, pred);
  }
  // Phis of `to` are split: the part for the edges that move becomes a phi of the new block.
  assert(from.count > 0);
  IrValue *values = checked_malloc(f->blocks.data[to].count * sizeof *values);
  IrValue *operands = checked_malloc(from.count * sizeof *operands);
  uint32_t phis = 0;
  for (uint32_t k = 0; k < f->blocks.data[to].count && is_phi(f, f->blocks.data[to].insns[k]); k++) {
    IrValue phi = f->blocks.data[to].insns[k];
    bool same = true;
    for (size_t i = 0; i < from.count; i++) {
      operands[i] = *phi_operand(f, phi, pred_index(f, to, from.data[i]));
      same = same && operands[i] == operands[0];
    }
    IrValue value = same ? operands[0] : IR_NONE;
    if (!same) {
      value = ir_add(f, IR_PHI, ir_type(f, phi), (uint32_t)from.count, operands);
      ir_append(f, new, value);
    }
    values[phis++] = value;
  }
  for (size_t i = 0; i < from.count; i++)
    redirect_edge(f, from.data[i], to, new);
  ir_append(f, new, ir_add(f, IR_BR, IR_VOID, 0, NULL));
  add_edge_with(f, new, to, values);
  free(values);
  free(operands);
  VEC_FREE(&from);
  return new;
}

uint32_t split_block(Function *f, uint32_t block, uint32_t at) {
  uint32_t new = ir_block_new(f);
  IrBlock *b = &f->blocks.data[block];
  for (uint32_t i = at; i < b->count; i++)
    ir_append(f, new, b->insns[i]);
  b = &f->blocks.data[block];
  b->count = at;
  IrBlock *n = &f->blocks.data[new];
  n->succs = b->succs;
  n->succ_count = b->succ_count;
  for (uint32_t s = 0; s < n->succ_count; s++) {
    IrBlock *to = &f->blocks.data[n->succs[s]];
    for (uint32_t p = 0; p < to->pred_count; p++)
      if (to->preds[p] == block)
        to->preds[p] = new;
  }
  b->succs = NULL;
  b->succ_count = 0;
  append_branch(f, block, new);
  return new;
}

// Drops what is not reached from the entry, so that later passes need not know of such blocks.
void drop_unreachable(Function *f) {
  ir_analyze(f);
  uint32_t count = (uint32_t)f->blocks.count, kept = 0;
  if (f->rpo_count == count)
    return;
  uint32_t *number = checked_malloc(count * sizeof *number);
  for (uint32_t i = 0; i < count; i++)
    number[i] = f->blocks.data[i].rpo == IR_NONE ? IR_NONE : kept++;
  for (uint32_t i = 0; i < count; i++) {
    for (uint32_t p = f->blocks.data[i].pred_count; number[i] != IR_NONE && p-- > 0;)
      if (number[f->blocks.data[i].preds[p]] == IR_NONE)
        remove_pred(f, i, p);
    for (uint32_t k = 0; k < f->blocks.data[i].count; k++)
      ir_insn(f, f->blocks.data[i].insns[k])->block = number[i];
  }
  for (uint32_t i = 0; i < count; i++) {
    if (number[i] == IR_NONE)
      continue;
    IrBlock b = f->blocks.data[i];
    for (uint32_t p = 0; p < b.pred_count; p++)
      b.preds[p] = number[b.preds[p]];
    for (uint32_t s = 0; s < b.succ_count; s++)
      b.succs[s] = number[b.succs[s]];
    f->blocks.data[number[i]] = b;
  }
  f->blocks.count = kept;
  f->analyzed = false;
  free(number);
  ir_analyze(f);
}
