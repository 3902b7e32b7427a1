# Start-up code: the stack, zeros, main, and its result to the host by semihosting (docs/isa.md, "Talking to the host").
# Assembled with kiln-as and linked in front of a program by kiln-ld, which defines the symbols.

.equ SYS_EXIT_EXTENDED, 0x20
.equ APPLICATION_EXIT, 0x20026
.equ STACK_ALIGNMENT, 16

  .section .text.start, "ax"
  .globl _start
  .type _start, @function
_start:
  .option push
  .option norelax
  la gp, __global_pointer$
  .option pop
  la sp, __stack_top
  andi sp, sp, -STACK_ALIGNMENT
  li a0, 0
  li a1, 0
  call main

  # exit(status), from main or from anywhere.
  .globl exit
  .type exit, @function
exit:
  addi sp, sp, -16
  li t0, APPLICATION_EXIT
  sd t0, 0(sp)
  sd a0, 8(sp)
  mv a1, sp
  li a0, SYS_EXIT_EXTENDED
  .option push
  .option norvc
  .balign 16
  slli zero, zero, 0x1f
  ebreak
  srai zero, zero, 7
  .option pop
1:
  j 1b
  .size _start, .-_start
