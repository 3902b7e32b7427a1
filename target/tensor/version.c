// A second version of a region's code beside the scalar one.
#include "target/tensor/raise/raise.h"

Builder region_open(Region *region, IrValue condition) {
  Function *f = region->function;
  uint32_t block = ir_block_new(f);
  IrBlock *before = &f->blocks.data[region->before];
  if (condition == IR_NONE) {
    redirect_edge(f, region->before, region->entry, block);
  } else {
    before->count--; // the jump becomes a branch
    ir_insn(f, before->insns[before->count])->block = IR_NONE;
    ir_append(f, region->before, ir_add(f, IR_CONDBR, IR_VOID, 1, &condition));
    ir_add_edge(f, region->before, block);
    before = &f->blocks.data[region->before];
    // The first successor is the one where the condition holds.
    before->succs[1] = before->succs[0];
    before->succs[0] = block;
  }
  return (Builder){f, block};
}

void region_test_first(Region *region, uint32_t at, IrValue condition) {
  Function *f = region->function;
  uint32_t first = region->before, rest = split_block(f, first, at);
  uint32_t scalar = split_block(f, rest, f->blocks.data[rest].count - 1);
  IrBlock *before = &f->blocks.data[first];
  before->count--;
  ir_insn(f, before->insns[before->count])->block = IR_NONE;
  ir_append(f, first, ir_add(f, IR_CONDBR, IR_VOID, 1, &condition));
  ir_add_edge(f, first, scalar);
  region->before = rest;
}

// Whether control can come to `block` only through the region, that is, whether it belongs to it.
static void replace_uses(Function *f, const Bitset *inside, uint32_t skip, IrValue old, IrValue new) {
  for (uint32_t b = 0; b < f->blocks.count; b++) {
    const IrBlock *block = &f->blocks.data[b];
    if ((b < inside->word_count * 64 && bitset_has(inside, b)) || b == skip)
      continue;
    for (uint32_t k = 0; k < block->count; k++) {
      IrInsn *insn = ir_insn(f, block->insns[k]);
      IrValue *x = ir_operands(f, insn);
      for (uint32_t o = 0; o < insn->operand_count; o++)
        if (x[o] == old)
          x[o] = new;
    }
  }
}

void region_blocks(const Region *region, Bitset *inside) {
  const Function *f = region->function;
  VEC(uint32_t) work = {0};
  VEC_PUSH(&work, region->entry);
  while (work.count) {
    uint32_t b = VEC_POP(&work);
    if (b == region->after || bitset_has(inside, b))
      continue;
    bitset_add(inside, b);
    for (uint32_t s = 0; s < f->blocks.data[b].succ_count; s++)
      VEC_PUSH(&work, f->blocks.data[b].succs[s]);
  }
  VEC_FREE(&work);
}

void region_close(Region *region, Builder *builder, const IrValue *live_outs) {
  Function *f = region->function;
  Arena arena = {0};
  Bitset inside = bitset_new(&arena, f->blocks.count);
  region_blocks(region, &inside);
  uint32_t from = builder->block;
  ir_append(f, from, ir_add(f, IR_BR, IR_VOID, 0, NULL));
  IrBlock *after = &f->blocks.data[region->after];
  uint32_t scalar_ways = after->pred_count;
  ir_add_edge(f, from, region->after);
  for (size_t i = 0; i < region->live_outs.count; i++) {
    IrValue old = region->live_outs.data[i].value;
    VEC(IrValue) operands = {0};
    for (uint32_t p = 0; p < scalar_ways; p++)
      VEC_PUSH(&operands, old);
    VEC_PUSH(&operands, live_outs[i]);
    IrValue phi = ir_add(f, IR_PHI, ir_type(f, old), (uint32_t)operands.count, operands.data);
    VEC_FREE(&operands);
    replace_uses(f, &inside, IR_NONE, old, phi);
    ir_insert(f, region->after, phi);
  }
  for (size_t i = 0; i < region->again.count; i++) {
    IrValue old = region->again.data[i];
    const IrInsn insn = *ir_insn(f, old);
    IrValue operands[2] = {ir_operand(f, old, 0), insn.operand_count > 1 ? ir_operand(f, old, 1) : IR_NONE};
    IrValue new = ir_add(f, (IrOp)insn.op, insn.type, insn.operand_count, operands);
    replace_uses(f, &inside, IR_NONE, old, new);
    ir_insert(f, region->after, new);
  }
  arena_free(&arena);
}
