# Sections go to DRAM by their permissions, each kind in a segment of its own.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.o
# RUN: kiln-ld -o %t %t.o
# RUN: llvm-readelf -h -l -S %t | FileCheck %s
# RUN: test -x %t

# CHECK: Type: EXEC
# CHECK: Entry point address: 0x80000004
# CHECK: .text PROGBITS 0000000080000000 001000 000010 00 AX
# CHECK: extra.code PROGBITS 0000000080000010 001010 000004 00 AX
# CHECK: .rodata PROGBITS 0000000080001000 002000 000005 01 AMS
# CHECK: odd PROGBITS 0000000080001005 002005 000001 00 A
# CHECK: .init_array INIT_ARRAY 0000000080002000 003000 000018 00 WA
# CHECK: .data PROGBITS 0000000080002018 003018 000010 00 WA
# CHECK: .sdata PROGBITS 0000000080002028 003028 000004 00 WA
# CHECK: .sbss NOBITS 000000008000202c {{[0-9a-f]+}} 000004 00 WA
# CHECK: .bss NOBITS 0000000080002040 {{[0-9a-f]+}} 000048 00 WA
# CHECK: .note.kiln.machine NOTE 0000000000000000

# CHECK: LOAD 0x001000 0x0000000080000000 0x0000000080000000 0x000014 0x000014 R E 0x1000
# CHECK: LOAD 0x002000 0x0000000080001000 0x0000000080001000 0x000006 0x000006 R   0x1000
# CHECK: LOAD 0x003000 0x0000000080002000 0x0000000080002000 0x00002c 0x000088 RW  0x1000

  .section .text.later,"ax"
  ret
  .text
  .globl _start
_start:
  nop
  ret
  .section .text.init,"ax"
  nop
  .section extra.code,"ax"
  nop
  .section .rodata.str1.1,"aMS",@progbits,1
  .asciz "text"
  .section odd,"a"
  .byte 1
  .section .data.x,"aw"
  .quad 1
  .section .data.rel.ro,"aw"
  .quad _start
  .section .sdata.y,"aw"
  .word 1
  .section .sbss.z,"aw",@nobits
  .zero 4
  .section .bss.w,"aw",@nobits
  .p2align 6
  .zero 64
  .section .bss,"aw",@nobits
  .zero 8
# Tables of constructors are in the order of their priorities.
# RUN: llvm-readelf -x .init_array %t | FileCheck %s --check-prefix=ARRAY
# ARRAY: 0x80002000 11000000 00000000 22000000 00000000
# ARRAY: 0x80002010 33000000 00000000
  .section .init_array,"aw",@init_array
  .quad 0x33
  .section .init_array.100,"aw",@init_array
  .quad 0x22
  .section .init_array.5,"aw",@init_array
  .quad 0x11
