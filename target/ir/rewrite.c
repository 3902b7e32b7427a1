// Replaces instructions by what is built for them.
#include "target/internal.h"

#include <string.h>

void rewrite_values(const Target *target, Function *f, Rewrite *rewrite) {
  VEC(uint32_t) old = {0};
  uint32_t blocks = (uint32_t)f->blocks.count;
  for (uint32_t block = 0; block < blocks; block++) {
    IrBlock *b = &f->blocks.data[block];
    uint32_t count = b->count;
    if (!count)
      continue;
    old.count = 0;
    VEC_RESERVE(&old, count);
    memcpy(old.data, b->insns, count * sizeof *old.data);
    b->count = 0;
    Builder builder = {f, block};
    for (uint32_t i = 0; i < count; i++) {
      IrValue result = rewrite(target, &builder, old.data[i]);
      if (result != IR_NONE) {
        ir_insn(f, old.data[i])->op = IR_COPY;
        ir_set_operands(f, ir_insn(f, old.data[i]), 1, &result);
      }
      ir_append(f, block, old.data[i]);
    }
  }
  VEC_FREE(&old);
}
