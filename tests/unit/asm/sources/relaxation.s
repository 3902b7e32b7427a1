# Branches that must become longer, and what stands behind them.
  .text
  .globl entry
entry:
  beq a0, a1, far
  bne a0, a1, far
  blt a0, a1, far
  bge a0, a1, far
  bltu a0, a1, far
  bgeu a0, a1, far
  beqz a0, near
  bgt a0, a1, far
near:
  .p2align 4
  beqz a0, edge
  .rept 1021
  nop
  .endr
back:
  bnez a0, edge
edge:
  nop
  .rept 1100
  nop
  .endr
  beqz a0, near
  bltz a1, back
  .p2align 5
far:
  bgeu a0, a1, entry
  bgeu a0, a1, near
  beq a0, a1, undefined
  beq a0, a1, weak
  beq a0, a1, other
  .weak weak
weak:
  ret
  .size entry, .-entry
  .data
  .word far-near, edge-back, far-entry
  .word far
  .section .text.other,"ax",@progbits
  .p2align 2
other:
  beqz a0, far
  j entry
