# .spm.bankN sections begin bank N of the scratchpad, other .spm sections take the first gap that is large enough.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.o
# RUN: kiln-ld -o %t %t.o
# RUN: llvm-readelf -S -l %t | FileCheck %s
# RUN: kiln-ld -mcpu=k0 -o %t %t.o
# RUN: llvm-readelf -S %t | FileCheck %s --check-prefix=K0
# RUN: not kiln-ld -mcpu=k0 -o %t %t.o --defsym x=1 2>&1 --machine=k9 | FileCheck %s --check-prefix=BOTH
# RUN: llvm-mc -triple riscv64 -filetype=obj -defsym big=1 %s -o %t.big.o
# RUN: not kiln-ld -o %t %t.big.o 2>&1 | FileCheck %s --check-prefix=OVER
# RUN: llvm-mc -triple riscv64 -filetype=obj -defsym bank=7 %s -o %t.bank.o
# RUN: not kiln-ld -o %t %t.bank.o 2>&1 | FileCheck %s --check-prefix=BANK
# RUN: llvm-mc -triple riscv64 -filetype=obj -defsym huge=1 %s -o %t.huge.o
# RUN: not kiln-ld -o %t %t.huge.o 2>&1 | FileCheck %s --check-prefix=DRAM

# CHECK-DAG: .spm.bank0 PROGBITS 0000000010000000 {{[0-9a-f]+}}000 000008 00 WA
# CHECK-DAG: .spm.bank0 NOBITS 0000000010000040 {{[0-9a-f]+}} 000100 00 WA
# CHECK-DAG: .spm.bank2 NOBITS 0000000010040000 {{[0-9a-f]+}} 001000 00 WA
# CHECK-DAG: .spm NOBITS 0000000010000140 {{[0-9a-f]+}} 000400 00 WA
# CHECK: LOAD {{.*}} 0x0000000010000000 0x0000000010000000 0x000008 0x000140 RW
# CHECK: LOAD {{.*}} 0x0000000010000140 0x0000000010000140 0x000000 0x000400 RW
# CHECK: LOAD {{.*}} 0x0000000010040000 0x0000000010040000 0x000000 0x001000 RW
# CHECK: LOAD {{.*}} 0x0000000080000000

# K0-DAG: .spm.bank0 PROGBITS 0000000010000000
# K0-DAG: .spm.bank2 NOBITS 0000000010008000
# BOTH: error

# OVER: kiln-ld: error: scratchpad bank 1 overflows by 16 bytes: 131088 needed, 131072 available
# OVER-NEXT: {{.*}}big.o: note: 131072 bytes in .spm.bank1.large
# OVER-NEXT: {{.*}}big.o: note: 16 bytes in .spm.bank1.small
# BANK: .spm.bank7: error: machine 'k1' has only 4 scratchpad banks
# DRAM: kiln-ld: error: DRAM overflows by 4 bytes: 1073741828 needed, 1073741824 available
# DRAM-NEXT: {{.*}}huge.o: note: 1073737728 bytes in .bss.COMMON

  .text
  .globl _start
_start:
  ret
  .section .spm.bank2.buffer,"aw",@nobits
  .zero 4096
  .section .spm.bank0.table,"aw"
  .quad 1
  .section .spm.bank0.buffer,"aw",@nobits
  .p2align 6
  .zero 256
  .section .spm.anywhere,"aw",@nobits
  .zero 1024
  .ifdef big
  .section .spm.bank1.small,"aw",@nobits
  .zero 16
  .section .spm.bank1.large,"aw",@nobits
  .zero 0x20000
  .endif
  .ifdef bank
  .section .spm.bank7,"aw",@nobits
  .zero 16
  .endif
  .ifdef huge
  .comm most, 0x3ffff000
  .section .more,"aw",@nobits
  .zero 4
  .endif
