# The fields of the instructions that each relocation fills, and words of data. (compare.py checks whole
# programs against ld.lld; here each stands alone.)
# RUN: split-file %s %t
# RUN: llvm-mc -triple riscv64 -mattr=+c -filetype=obj %t/a.s -o %t/a.o
# RUN: llvm-mc -triple riscv64 -mattr=+c -filetype=obj %t/b.s -o %t/b.o
# RUN: kiln-ld --defsym low=0x12845 --defsym minus=0xfffffffffffff000 -o %t/out %t/a.o %t/b.o
# RUN: kiln-objdump -d -M no-aliases %t/out | FileCheck %s
# RUN: llvm-readelf -x .data %t/out | FileCheck %s --check-prefix=DATA

# CHECK: <absolute>:
# CHECK-NEXT: lui a0, 0x13
# CHECK-NEXT: addi a0, a0, -0x7bb
# CHECK-NEXT: sw a0, -0x7bb(a0)
# CHECK-NEXT: lui a0, 0xfffff
# CHECK-NEXT: addi a0, a0, 0x7
# CHECK: <jumps>:
# CHECK-NEXT: 80000014: {{.*}} auipc ra, 0x0
# CHECK-NEXT: 80000018: {{.*}} jalr ra, 0xec(ra) <other>
# CHECK-NEXT: c.j 0x80000100 <other>
# CHECK-NEXT: c.beqz a0, 0x80000100 <other>
# CHECK-NEXT: jal zero, 0x80000100 <other>
# CHECK-NEXT: beq a0, a1, 0x80000104 <other+0x4>
# CHECK: 80000028 <relative>:
# CHECK-NEXT: auipc a1, 0x1
# CHECK-NEXT: addi a1, a1, -0x20
# CHECK-NEXT: sd a1, -0x20(a1)
# CHECK: 80000034 <table>:
# CHECK-NEXT: auipc a3, 0x1
# CHECK-NEXT: ld a3, -0x34(a3)

# The GOT is at 0x80001000 and holds the address of `other`; data follows.
# DATA: 0x80001008 00010080 00000000 00010080 f0ffffff
# DATA: 0x80001018 e8f0ffff 00017f

#--- a.s
  .text
  .globl _start
_start:
absolute:
  lui a0, %hi(low)
  addi a0, a0, %lo(low)
  sw a0, %lo(low)(a0)
  lui a0, %hi(minus + 7)
  addi a0, a0, %lo(minus + 7)
jumps:
  call other
  .reloc ., R_RISCV_RVC_JUMP, other
  .insn 2, 0xa001
  .reloc ., R_RISCV_RVC_BRANCH, other
  .insn 2, 0xc101
  .option norvc
  j other
  .reloc ., R_RISCV_BRANCH, other + 4
  .insn 4, 0x00b50063
relative:
  auipc a1, %pcrel_hi(data)
  addi a1, a1, %pcrel_lo(relative)
  sd a1, %pcrel_lo(relative)(a1)
table:
  auipc a3, %got_pcrel_hi(other)
  ld a3, %pcrel_lo(table)(a3)
  .data
  .p2align 3
  .globl data
data:
  .quad other
  .word other
  .word data - last
last:
  .word other - .
  .half other - absolute
  .byte 0x7f
#--- b.s
  .text
  .p2align 8
  .globl other
other:
  ret
