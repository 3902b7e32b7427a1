# --icf=safe keeps one of the functions that nobody can tell apart: same, which calls same2 as same2 calls same. The
# address of taken is compared, so that it stays; so does other, which is like them but for what it calls.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.o
# RUN: kiln-ld --icf=safe -o %t %t.o -Map %t.map
# RUN: llvm-nm %t | FileCheck %s
# RUN: FileCheck %s --check-prefix=MAP --input-file=%t.map
# RUN: kiln-ld -o %t-all %t.o
# RUN: llvm-nm %t-all | FileCheck %s --check-prefix=ALL
# RUN: not kiln-ld --icf=all -o %t %t.o 2>&1 | FileCheck %s --check-prefix=BAD

# CHECK-DAG: [[SAME:[0-9a-f]+]] t same
# CHECK-DAG: [[SAME]] t same2
# CHECK-DAG: [[TAKEN:[0-9a-f]+]] t taken
# CHECK-DAG: [[LEAF:[0-9a-f]+]] t leaf
# CHECK-DAG: [[LEAF]] t leaf2
# MAP-DAG: .o:(.text.same2), folded
# MAP-DAG: .o:(.text.leaf2), folded
# MAP-NOT: taken), folded
# ALL-DAG: [[#%x,FIRST:]] t same{{$}}
# ALL-DAG: [[#FIRST + 24]] t same2
# BAD: error: --icf=all: only safe and none are known

  .macro function name, callee
  .section .text.\name,"ax"
  .type \name,@function
\name:
  addi sp, sp, -16
  sd ra, 0(sp)
  call \callee
  ld ra, 0(sp)
  addi sp, sp, 16
  .size \name, .-\name
  .endm
  .globl _start
  .text
_start:
  call same
  call same2
  call taken
  call other
  call leaf
  call leaf2
  lla a0, taken
  ret
  function same, same2
  function same2, same
  function taken, same
  function other, leaf
  .section .text.leaf,"ax"
leaf:
  ret
  .section .text.leaf2,"ax"
leaf2:
  ret
