# What only the whole text tells: values that relocations cannot carry.
# RUN: not kiln-as -march=rv64gc %s -o %t.o 2>&1 | FileCheck %s
  .data
d:
  .text
t:
  addi a0, a0, t - d
# CHECK: :[[#@LINE-1]]:16: error: the value of this operand must be known when assembling; for an address use %hi, %lo, %pcrel_hi or %pcrel_lo
  call t - d
# CHECK: :[[#@LINE-1]]:8: error: expected a symbol to call
  .quad -t
# CHECK: :[[#@LINE-1]]:9: error: no relocation can hold a subtracted symbol alone
  .sleb128 t - d
# CHECK: :[[#@LINE-1]]:12: error: the value must be known when assembling
  .uleb128 t
# CHECK: :[[#@LINE-1]]:12: error: the value must be a number or the distance of two places in one section
  .word (outside - t) * 2
# CHECK: :[[#@LINE-1]]:9: error: this expression cannot be expressed by relocations
  lui a0, %pcrel_hi(number)
# CHECK: :[[#@LINE-1]]:11: error: this operator needs a symbol, not a constant
  .set number, 5
  .half far
# CHECK: :[[#@LINE-1]]:9: error: no relocation can hold a symbol's address in so few bytes
  .zero 0x200000
  j t
# CHECK: :[[#@LINE-1]]:5: error: the target is -2097184 bytes away: expected a label or a distance that is a multiple of 2 in the range [-1048576, 1048574]
  .reloc nowhere, R_RISCV_NONE
# CHECK: :[[#@LINE-1]]:10: error: expected an offset in this section or a label of it
