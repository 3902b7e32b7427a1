# Equal strings and constants of mergeable sections are there once; -O2 shares the ends of strings, -O0 leaves all.
# RUN: llvm-mc -triple riscv64 -mattr=+m -filetype=obj %s -o %t-a.o
# RUN: llvm-mc -triple riscv64 -mattr=+m -filetype=obj -defsym OTHER=1 %s -o %t-b.o
# RUN: kiln-ld -o %t %t-a.o %t-b.o
# RUN: llvm-readelf -SW %t | FileCheck %s
# RUN: llvm-objdump -s -j .data %t | FileCheck %s --check-prefix=DATA
# RUN: kiln-ld --threads 1 -o %t-one %t-a.o %t-b.o
# RUN: cmp %t %t-one
# RUN: kiln-ld -O2 -o %t-tails %t-a.o %t-b.o
# RUN: llvm-readelf -SW %t-tails | FileCheck %s --check-prefix=TAILS
# RUN: kiln-ld -O0 -o %t-all %t-a.o %t-b.o
# RUN: llvm-readelf -SW %t-all | FileCheck %s --check-prefix=ALL
# RUN: kiln-sim -call=_start -ret=i64 %t | FileCheck %s --check-prefix=RESULT
# RUN: kiln-sim -call=_start -ret=i64 %t-tails | FileCheck %s --check-prefix=RESULT
# RUN: kiln-sim -call=_start -ret=i64 %t-all | FileCheck %s --check-prefix=RESULT
# RESULT: 99

# "linker", "the linker" and "er" take 7, 11 and 3 bytes, the constants 5 and 7 8 each.
# CHECK: .rodata PROGBITS {{[0-9a-f]+}} {{[0-9a-f]+}} 000025 00 A
# CHECK: .debug_str PROGBITS 0000000000000000 {{[0-9a-f]+}} 000006 01 MS
# TAILS: .rodata PROGBITS {{[0-9a-f]+}} {{[0-9a-f]+}} 00001b 00 A
# ALL: .rodata PROGBITS {{[0-9a-f]+}} {{[0-9a-f]+}} 00004a 00 A
# Two files refer to the same byte.
# DATA: {{[0-9a-f]+}} [[ADDRESS:[0-9a-f]+]] 00000000 [[ADDRESS]] 00000000

  .section .rodata.str1.1,"aMS",@progbits,1
linker:
  .asciz "linker"
whole:
  .asciz "the linker"
  .asciz "er"
  .section .rodata.cst8,"aM",@progbits,8
five:
  .quad 5
seven:
  .quad 7
  .section .debug_str,"MS",@progbits,1
  .asciz "debug"
  .data
  .quad whole + 4
  .text
.ifndef OTHER
  .globl _start
# 'l' of "the linker", less 'l' of "linker", + 7 * 5 + 64
_start:
  lla a0, whole
  lbu a0, 4(a0)
  lla a1, linker
  lbu a1, 0(a1)
  sub a0, a0, a1
  lla a1, five
  ld a1, 0(a1)
  lla a2, seven
  ld a2, 0(a2)
  mul a1, a1, a2
  add a0, a0, a1
  addi a0, a0, 64
  ret
.endif
