# What fits only when it is relaxed fits; what does not even then is reported.
# RUN: llvm-mc -triple riscv64 -mattr=+relax -filetype=obj %s -o %t.o
# RUN: printf 'like = k1\nname = tiny\ndram.base = 0x80000000\ndram.size = 0x1000\n' > %t.machine
# RUN: kiln-ld --machine=%t.machine -o %t %t.o
# RUN: not kiln-ld --no-relax --machine=%t.machine -o %t %t.o 2>&1 | FileCheck %s
# RUN: llvm-mc -triple riscv64 -mattr=+relax -defsym=more=1 -filetype=obj %s -o %t.more.o
# RUN: not kiln-ld --machine=%t.machine -o %t %t.more.o 2>&1 | FileCheck %s --check-prefix=MORE

# CHECK: error: DRAM overflows by 8 bytes: 4104 needed, 4096 available
# MORE: error: DRAM overflows by 4 bytes: 4100 needed, 4096 available

  .globl _start
_start:
  call near
  call near
  call near
near:
  ret
  .skip 4076
.ifdef more
  .skip 8
.endif
