// Transfers: boxes of bytes between DRAM and the scratchpad.
#include "target/tensor/emitter.h"

static void set_register(Emitter *e, IsaOp op, IrValue value) {
  emit_machine(e, op, IR_VOID, 1, &value);
}

static void set_dimension(Emitter *e, uint32_t i, IrValue count, IrValue source_stride,
                          IrValue destination_stride) {
  IrValue operands[4] = {emit_number(e, i), count, source_stride, destination_stride};
  emit_machine(e, ISA_KD_DIM, IR_VOID, 4, operands);
}

void dma_reset(Emitter *e) {
  IrValue zero = emit_number(e, 0), one = emit_number(e, 1);
  for (uint32_t i = 1; i < DMA_DIMENSIONS; i++)
    set_dimension(e, i, one, zero, zero);
}

IrValue dma_start(Emitter *e, const DmaBox *box, IrValue pattern) {
  IrValue zero = emit_number(e, 0), one = emit_number(e, 1);
  if (pattern == IR_NONE)
    set_register(e, ISA_KD_SRC, box->source);
  else
    set_register(e, ISA_KD_FILL, pattern);
  set_register(e, ISA_KD_DST, box->destination);
  set_dimension(e, 0, box->bytes, zero, zero);
  for (uint32_t i = 0; i < box->dimensions; i++)
    set_dimension(e, i + 1, box->counts[i], box->source_strides[i], box->destination_strides[i]);
  for (uint32_t i = box->dimensions; i < box->most; i++)
    set_dimension(e, i + 1, one, zero, zero);
  return emit_machine(e, ISA_KD_START, IR_I64, 0, NULL);
}

void dma_wait(Emitter *e, IrValue id) {
  emit_machine(e, ISA_KD_WAIT, IR_VOID, 1, &id);
}
