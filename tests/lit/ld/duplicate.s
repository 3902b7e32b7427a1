# A symbol may be defined once; weak and common definitions give way.
# RUN: split-file %s %t
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/a.s -o %t/a.o
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/b.s -o %t/b.o
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/c.s -o %t/c.o
# RUN: not kiln-ld -o %t/out %t/a.o %t/b.o 2>&1 | FileCheck %s
# RUN: kiln-ld -o %t/out %t/a.o %t/c.o
# RUN: llvm-readelf -s -x .data %t/out | FileCheck %s --check-prefix=WEAK
# RUN: kiln-ld -o %t/out %t/c.o %t/a.o
# RUN: llvm-readelf -s -x .data %t/out | FileCheck %s --check-prefix=WEAK

# CHECK: {{.*}}b.o:(.text+0x4): error: duplicate symbol 'f'
# CHECK-NEXT: {{.*}}a.o:(.text+0x0): note: first defined here
# CHECK-NEXT: {{.*}}b.o: error: duplicate symbol 'number'
# CHECK-NEXT: {{.*}}a.o: note: first defined here

# WEAK-DAG: 1 OBJECT GLOBAL DEFAULT {{[0-9]+}} strong
# WEAK-DAG: 32 OBJECT GLOBAL DEFAULT {{[0-9]+}} shared
# WEAK-DAG: 0 NOTYPE GLOBAL DEFAULT {{[0-9]+}} f
# WEAK: 01

#--- a.s
  .globl f, number, strong
f:
  ret
  number = 5
  .comm shared, 8, 4
  .data
  .type strong,@object
  .size strong, 1
strong:
  .byte 1
#--- b.s
  .globl f, number
  nop
f:
  ret
  number = 6
#--- c.s
  .weak f, strong
f:
  ret
  .comm shared, 32, 16
  .comm strong, 8, 8
