# The address 0 of a weak symbol that nothing defines, and other absolute addresses, may be out of reach of auipc
# and in reach of lui, to which the instruction is then changed.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.o
# RUN: kiln-ld --defsym near=0x345 -o %t %t.o
# RUN: kiln-objdump -d -M no-aliases %t | FileCheck %s
# RUN: llvm-readelf -x .data %t | FileCheck %s --check-prefix=DATA

# CHECK: <missing>:
# CHECK-NEXT: lui a2, 0x0
# CHECK-NEXT: addi a2, a2, 0x0
# CHECK-NEXT: lui ra, 0x0
# CHECK-NEXT: jalr ra, 0x0(ra)
# CHECK: <absolute>:
# CHECK-NEXT: lui a2, 0x0
# CHECK-NEXT: lw a2, 0x345(a2)
# CHECK-NEXT: auipc a3, 0x0
# CHECK-NEXT: addi a3, a3, 0xc
# CHECK: <end>:
# DATA: 0x80002000 00000000 00000000

  .text
  .globl _start
_start:
  .skip 0x1000
  .weak nothing
missing:
  auipc a2, %pcrel_hi(nothing)
  addi a2, a2, %pcrel_lo(missing)
  call nothing
absolute:
  auipc a2, %pcrel_hi(near)
  lw a2, %pcrel_lo(absolute)(a2)
.Lhere:
  auipc a3, %pcrel_hi(end)
  addi a3, a3, %pcrel_lo(.Lhere)
  nop
end:
  ret
  .data
  .quad nothing
