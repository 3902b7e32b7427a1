// A function that goes on in a copy of itself in the scratchpad (see emit/copy.c).
#include "target/tensor/tile/tile.h"

// Lines of code come from DRAM one after the other, each when the one before is used; a transfer brings all
// of them in little more time than one. So the function goes on in a copy of itself in the scratchpad, unless
// it is in a loop, in which the lines would be in the cache from the second time on. The value: the id of the
// transfer.
static IrValue copy_code(Emitter *e, const Region *region, uint64_t spm_bytes, uint64_t spm_alignment,
                         uint32_t most_dimensions, bool part) {
  Function *f = e->builder.f;
  if (f->moves || f->blocks.data[region->before].depth)
    return IR_NONE;
  f->frame = spm_symbol(e->target, f, spm_bytes, spm_alignment);
  f->copy = spm_code_symbol(e->target, f);
  f->moves = true;
  DmaBox box = {.source = ir_leaf(f, IR_SYMBOL, IR_I64, ir_symbol_imm(f->symbol, 0)),
                .destination = ir_leaf(f, IR_SYMBOL, IR_I64, ir_symbol_imm(f->copy, 0)),
                .bytes = build(&e->builder, part ? IR_CODEFIRST : IR_CODESIZE, IR_I64, 0, NULL),
                .most = most_dimensions};
  return dma_start(e, &box, IR_NONE);
}

IrValue emit_code_copy(Emitter *e, const Region *region, uint64_t spm_bytes, uint64_t spm_alignment,
                       uint32_t most_dimensions) {
  return copy_code(e, region, spm_bytes, spm_alignment, most_dimensions, false);
}

IrValue emit_code_first(Emitter *e, const Region *region, uint64_t spm_bytes, uint64_t spm_alignment,
                        uint32_t most_dimensions) {
  return copy_code(e, region, spm_bytes, spm_alignment, most_dimensions, true);
}

IrValue emit_code_rest(Emitter *e) {
  Function *f = e->builder.f;
  return emit_add(e, ir_leaf(f, IR_SYMBOL, IR_I64, ir_symbol_imm(f->symbol, 0)),
                  build(&e->builder, IR_CODEFIRST, IR_I64, 0, NULL));
}

IrValue emit_copy_rest(Emitter *e, IrValue rest, uint32_t most_dimensions) {
  IrValue first = build(&e->builder, IR_CODEFIRST, IR_I64, 0, NULL);
  IrValue copy = ir_leaf(e->builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(e->builder.f->copy, 0));
  DmaBox box = {.source = rest,
                .destination = emit_add(e, copy, first),
                .bytes = emit_sub(e, build(&e->builder, IR_CODESIZE, IR_I64, 0, NULL), first),
                .most = most_dimensions};
  return dma_start(e, &box, IR_NONE);
}

void emit_code_await(Emitter *e, IrValue id) {
  build1(&e->builder, IR_CODEREST, IR_VOID, id);
}

void emit_code_move(Emitter *e, IrValue id) {
  if (id == IR_NONE)
    return;
  dma_wait(e, id);
  IrValue copy = ir_leaf(e->builder.f, IR_SYMBOL, IR_I64, ir_symbol_imm(e->builder.f->copy, 0));
  IrValue there = emit_add(e, copy, build(&e->builder, IR_CODEOFFSET, IR_I64, 0, NULL));
  build1(&e->builder, IR_MOVECODE, IR_VOID, there);
}
