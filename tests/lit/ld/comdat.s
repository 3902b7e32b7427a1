# Of a COMDAT group the first file's sections are kept; its symbols serve all files, its unwind records once.
# RUN: split-file %s %t
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/a.s -o %t/a.o
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/b.s -o %t/b.o
# RUN: kiln-ld -o %t/out -Map %t/map %t/a.o %t/b.o
# RUN: kiln-objdump -d %t/out | FileCheck %s
# RUN: FileCheck %s --check-prefix=MAP < %t/map
# RUN: llvm-dwarfdump --eh-frame %t/out | FileCheck %s --check-prefix=FRAMES

# CHECK: <f>:
# CHECK-NEXT: li a0, 0x1
# CHECK: <main>:
# CHECK: jalr {{.*}} <f>
# CHECK-NOT: li a0, 0x2

# MAP: Discarded
# MAP: 8 {{.*}}b.o:(.text.f), a duplicate

# FRAMES-COUNT-1: FDE
# FRAMES-NOT: FDE

#--- a.s
  .section .text.f,"axG",@progbits,f,comdat
  .weak f
f:
  .cfi_startproc
  li a0, 1
  ret
  .cfi_endproc
#--- b.s
  .section .text.f,"axG",@progbits,f,comdat
  .weak f
f:
  .cfi_startproc
  li a0, 2
  ret
  .cfi_endproc
  .text
  .globl main
main:
  call f
