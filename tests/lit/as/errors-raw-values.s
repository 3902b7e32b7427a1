# .insn, .reloc and pseudo-instructions with operands that they do not take.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
  .insn 4, 1
# CHECK: :[[#@LINE-1]]:12: error: these bits begin an instruction of 2 bytes, not 4
  .insn 2, 0x10001
# CHECK: :[[#@LINE-1]]:12: error: the value does not fit an instruction of 2 bytes
  .insn r 0x33, 0, 0, 5, a1, a2
# CHECK: :[[#@LINE-1]]:23: error: expected a register
  .insn r 0x33, 9, 0, a0, a1, a2
# CHECK: :[[#@LINE-1]]:17: error: expected an integer in the range [0, 7]
  .reloc 0, R_RISCV_32, a - b
# CHECK: :[[#@LINE-1]]:23: error: a relocation takes a symbol and a number
  lui a0, %pcrel_hi(5)
# CHECK: :[[#@LINE-1]]:11: error: %pcrel_hi needs a symbol
  lw a0, 5(sp
# CHECK: :[[#@LINE-1]]:14: error: expected ')'
  lw a0, 4096
# CHECK: :[[#@LINE-1]]:10: error: expected a symbol, or an offset and a base register
  la a0, a1
# CHECK: :[[#@LINE-1]]:10: error: expected a symbol
  vmsge.vi v1, v2, 17
# CHECK: :[[#@LINE-1]]:20: error: expected an integer in the range [-15, 16]
  vmsge.vx v0, v1, a0, v0.t
# CHECK: :[[#@LINE-1]]:12: error: into v0 under the mask this needs a temporary register behind v0.t
  vmsge.vx v1, v2, a0, v0.t, v0
# CHECK: :[[#@LINE-1]]:12: error: the temporary register cannot be v0
  add a0, a1, a2, %lo(x)
# CHECK: :[[#@LINE-1]]:19: error: the fourth operand of add can only be %tprel_add(symbol), behind tp
  kt.mdw.ss acc0, 7, v1, v2, 0, 1
# CHECK: :[[#@LINE-1]]:19: error: machine 'k1' has rows for quads 0..3 only
  kt.zero acc31, 1
# CHECK: :[[#@LINE-1]]:11: error: machine 'k1' has no acc31: its accumulators are acc0..acc15
  call 5 +
# CHECK: :[[#@LINE-1]]:11: error: expected an expression
