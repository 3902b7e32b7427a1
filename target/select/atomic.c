// Instruction selection of atomic operations (the A extension).
#include "target/select/isel.h"

#include <string.h>

static void select_amo(Selector *s, IrValue v) {
  static const uint16_t ops[][2] = {
      [IR_AMO_SWAP] = {ISA_AMOSWAP_W, ISA_AMOSWAP_D}, [IR_AMO_ADD] = {ISA_AMOADD_W, ISA_AMOADD_D},
      [IR_AMO_AND] = {ISA_AMOAND_W, ISA_AMOAND_D},    [IR_AMO_OR] = {ISA_AMOOR_W, ISA_AMOOR_D},
      [IR_AMO_XOR] = {ISA_AMOXOR_W, ISA_AMOXOR_D},    [IR_AMO_MAX] = {ISA_AMOMAX_W, ISA_AMOMAX_D},
      [IR_AMO_MIN] = {ISA_AMOMIN_W, ISA_AMOMIN_D},    [IR_AMO_MAXU] = {ISA_AMOMAXU_W, ISA_AMOMAXU_D},
      [IR_AMO_MINU] = {ISA_AMOMINU_W, ISA_AMOMINU_D},
  };
  const IrInsn insn = *ir_insn(s->f, v);
  MirOperand operands[4] = {mir_reg(s->regs[v] ? s->regs[v] : REG_ZERO),
                            mir_reg(isel_register(s, insn.operands[1])),
                            mir_reg(isel_register(s, insn.operands[0])), mir_imm(insn.imm & 3)};
  isel_emit(s, ops[insn.imm >> 8][insn.aux == 64], 4, operands);
}

// The loop's registers are fixed ones that no argument has, so that none of its results can share one with
// what it still reads.
static void select_compare_exchange(Selector *s, IrValue v) {
  enum { SCRATCH = 7, EXPECTED = 28, DESIRED = 29, ADDRESS = 30, RESULT = 31 };
  const IrInsn insn = *ir_insn(s->f, v);
  if (s->regs[v])
    isel_emit(s, MIR_COPY, 2, (MirOperand[]){mir_reg(s->regs[v]), mir_reg(RESULT)});
  isel_emit(s, MIR_CMPXCHG, 6,
            (MirOperand[]){mir_reg(RESULT), mir_reg(SCRATCH), mir_reg(ADDRESS), mir_reg(EXPECTED),
                           mir_reg(DESIRED), mir_imm(insn.aux | insn.imm << 8)});
  isel_move(s, ADDRESS, insn.operands[0]);
  isel_move(s, EXPECTED, insn.operands[1]);
  isel_move(s, DESIRED, insn.operands[2]);
}

void isel_atomic(Selector *s, IrValue v) {
  if (ir_insn(s->f, v)->op == IR_AMO)
    select_amo(s, v);
  else
    select_compare_exchange(s, v);
}
