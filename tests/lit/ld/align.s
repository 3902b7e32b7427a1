# Objects assembled for relaxation carry R_RISCV_ALIGN: of the padding as much stays as alignment needs, in
# nops, and symbols, their sizes and differences follow.
# RUN: llvm-mc -triple riscv64 -mattr=+c,+relax -filetype=obj %s -o %t.o
# RUN: llvm-readelf -r %t.o | FileCheck %s --check-prefix=INPUT
# RUN: kiln-ld --no-relax -o %t %t.o
# RUN: kiln-objdump -d -M no-aliases %t | FileCheck %s
# RUN: llvm-readelf -s -x .data %t | FileCheck %s --check-prefix=SYMBOLS

# INPUT-COUNT-3: R_RISCV_ALIGN
# INPUT: R_RISCV_SET_ULEB128

# CHECK: 80000000 <_start>:
# CHECK-NEXT: auipc
# CHECK-NEXT: jalr ra, 0x20(ra) <end>
# CHECK-NEXT: 80000008: 0505 c.addi a0, 0x1
# CHECK-NEXT: 8000000a: 0001 c.nop
# CHECK-NEXT: 8000000c: 00000013 addi zero, zero, 0x0
# CHECK: 80000010 <aligned>:
# CHECK-NEXT: 80000010: 0505 c.addi a0, 0x1
# CHECK-NEXT: 80000012: 0001 c.nop
# CHECK-NEXT: 80000014: 00000013 addi zero, zero, 0x0
# CHECK-NEXT: 80000018: 00000013 addi zero, zero, 0x0
# CHECK-NEXT: 8000001c: 00000013 addi zero, zero, 0x0
# CHECK: 80000020 <end>:
# CHECK-NEXT: 80000020: 8082 c.jr ra

# SYMBOLS-DAG: 0000000080000000 16 FUNC GLOBAL DEFAULT {{[0-9]+}} _start
# SYMBOLS-DAG: 0000000080000010 16 FUNC LOCAL DEFAULT {{[0-9]+}} aligned
# SYMBOLS: 0x80001000 20000000 2010

  .text
  .globl _start
  .type _start,@function
_start:
  call end
  c.addi a0, 1
  .p2align 3
  .size _start, . - _start
  .type aligned,@function
aligned:
  c.addi a0, 1
  .p2align 4
  .p2align 3
end:
  ret
  .size aligned, end - aligned
  .data
  .word end - _start
  .byte 0x20
  .uleb128 end - aligned
