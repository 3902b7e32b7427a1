# Relocations that do not reach say how far it is.
# RUN: llvm-mc -triple riscv64 -mattr=+c -filetype=obj %s -o %t.o
# RUN: not kiln-ld -o %t %t.o --defsym far=0x123456789abc 2>&1 | FileCheck %s

# CHECK: range.s.tmp.o:(.text+0x0): error: relocation R_RISCV_JAL out of range: distance 0x200012 against 'there'
# CHECK-NEXT: range.s.tmp.o:(.text+0x4): error: relocation R_RISCV_BRANCH out of range: distance 0x20000e against 'there'
# CHECK-NEXT: range.s.tmp.o:(.text+0x8): error: relocation R_RISCV_HI20 out of range: address 0x80200012 against 'there'; lui reaches 31-bit addresses only, compile with -mcmodel=medany
# CHECK-NEXT: range.s.tmp.o:(.text+0xc): error: relocation R_RISCV_RVC_JUMP out of range: distance 0x200006 against 'there'
# CHECK-NEXT: range.s.tmp.o:(.data+0x0): error: relocation R_RISCV_32 out of range: address 0x123456789abc against 'far'
# CHECK-NOT: error

  .text
  .option norvc
  jal zero, there
  .reloc ., R_RISCV_BRANCH, there
  .insn 4, 0x00b50063
  lui a0, %hi(there)
  .option rvc
  .reloc ., R_RISCV_RVC_JUMP, there
  .insn 2, 0xa001
  .zero 0x200004
  .section .text.there,"ax"
  .globl there
there:
  ret
  .data
  .word far
