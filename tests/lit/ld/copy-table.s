# A program that refers to __spm_copy_start gets the scratchpad's contents loaded in DRAM, behind all that is there, and
# a table by which its start-up code copies them.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.o
# RUN: kiln-ld -o %t %t.o
# RUN: llvm-readelf -lS %t | FileCheck %s
# RUN: kiln-sim -call=_start -ret=i64 %t | FileCheck %s --check-prefix=RESULT

# RESULT: 42
# CHECK: .spm.bank0 PROGBITS 0000000010000000
# CHECK: LOAD 0x{{[0-9a-f]+}} 0x0000000010000000 0x0000000080002020 0x000004 0x000104
# CHECK: LOAD 0x{{[0-9a-f]+}} 0x0000000010060000 0x0000000080002024 0x000004 0x000004

# Without a reference the loader does it.
# RUN: llvm-mc -triple riscv64 -filetype=obj -defsym PLAIN=1 %s -o %t-plain.o
# RUN: kiln-ld -o %t-plain %t-plain.o
# RUN: llvm-readelf -lS %t-plain | FileCheck %s --check-prefix=PLAIN
# RUN: kiln-sim -call=_start -ret=i64 %t-plain | FileCheck %s --check-prefix=RESULT
# PLAIN-NOT: spm_copy
# PLAIN: LOAD 0x{{[0-9a-f]+}} 0x0000000010000000 0x0000000010000000 0x000004 0x000104
# PLAIN: LOAD 0x{{[0-9a-f]+}} 0x0000000010060000 0x0000000010060000 0x000004 0x000004

  .text
  .globl _start
_start:
.ifndef PLAIN
  lla t0, __spm_copy_start
  lla t1, __spm_copy_end
1:
  bgeu t0, t1, 4f
  ld t2, 0(t0)
  ld t3, 8(t0)
  ld t4, 16(t0)
  add t4, t4, t2
2:
  bgeu t2, t4, 3f
  lb t5, 0(t3)
  sb t5, 0(t2)
  addi t2, t2, 1
  addi t3, t3, 1
  j 2b
3:
  addi t0, t0, 24
  j 1b
4:
  lla t0, _end
  lla t1, 0x80002028
  bne t0, t1, 5f
.endif
  lla t0, first
  lw a0, 0(t0)
  lla t0, second
  lw t1, 0(t0)
  add a0, a0, t1
5:
  ret
  .section .spm.bank0.a,"aw"
first:
  .word 40
  .section .spm.bank0.b,"aw",@nobits
  .zero 256
  .section .spm.bank3.a,"aw"
second:
  .word 2
  .bss
  .zero 32
