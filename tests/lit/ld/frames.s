# .eh_frame stays consistent: records of discarded functions and second copies of a CIE go, and --eh-frame-hdr makes a
# sorted table of what is left.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t-a.o
# RUN: llvm-mc -triple riscv64 -filetype=obj -defsym OTHER=1 %s -o %t-b.o
# RUN: kiln-ld --gc-sections --eh-frame-hdr -o %t %t-a.o %t-b.o
# RUN: llvm-dwarfdump --eh-frame %t | FileCheck %s
# RUN: llvm-readelf -lu %t | FileCheck %s --check-prefix=HEADER
# RUN: not eu-elflint --gnu-ld %t | not grep -v "owner name 'Kiln'"

# CHECK: CIE
# CHECK-NOT: CIE
# CHECK: FDE cie=00000000 pc=80000000
# CHECK-NOT: CIE
# CHECK: FDE cie=00000000 pc=800000
# CHECK-NOT: FDE

# HEADER: GNU_EH_FRAME
# HEADER: initial_location: 0x80000000
# HEADER: initial_location: 0x8000000c

.ifndef OTHER
  .globl _start
  .section .text.start,"ax"
_start:
  .cfi_startproc
  addi sp, sp, -16
  .cfi_def_cfa_offset 16
  tail other
  .cfi_endproc
.else
  .section .text.dead,"ax"
dead:
  .cfi_startproc
  ret
  .cfi_endproc
  .globl other
  .section .text.other,"ax"
other:
  .cfi_startproc
  ret
  .cfi_endproc
.endif
