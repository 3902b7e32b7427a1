# Relocations that an executable keeps have addresses, not offsets in their sections; they stand beside the instructions all the same.
# RUN: kiln-as %s -o %t.o && kiln-ld --emit-relocs -o %t %t.o && kiln-objdump -dr %t | FileCheck %s
# RUN: llvm-objdump -dr %t | FileCheck %s
# CHECK:      80000000: {{.*}}auipc
# CHECK-NEXT: 0000000080000000:  R_RISCV_CALL_PLT	callee
# CHECK-NEXT: 80000004: {{.*}}jr
  .globl caller, callee
caller:
  tail callee
  .section .text.callee, "ax"
callee:
  ret
