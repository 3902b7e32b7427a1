# Relaxation: calls become jal or c.j by their distance, the upper half of an address goes when x0, gp or tp is near
# enough, and nothing changes without R_RISCV_RELAX or with --no-relax.
# RUN: llvm-mc -triple riscv64 -mattr=+c,+relax -filetype=obj %s -o %t.o
# RUN: kiln-ld --defsym small=5 --defsym page=0x5000 -o %t %t.o
# RUN: kiln-objdump -d -M no-aliases %t | FileCheck %s
# RUN: llvm-readelf -s %t | FileCheck %s --check-prefix=SYMBOLS
# RUN: kiln-ld --no-relax-gp --defsym small=5 --defsym page=0x5000 -o %t.nogp %t.o
# RUN: kiln-objdump -d -M no-aliases %t.nogp | FileCheck %s --check-prefix=NOGP
# RUN: kiln-ld --no-relax --defsym small=5 --defsym page=0x5000 -o %t.none %t.o
# RUN: kiln-objdump -d -M no-aliases %t.none | FileCheck %s --check-prefix=NONE

# CHECK: <_start>:
# CHECK-NEXT: auipc gp,
# CHECK-NEXT: addi gp, gp,
# CHECK-NEXT: jal ra, {{.*}} <near>
# CHECK-NEXT: c.j {{.*}} <near>
# CHECK-NEXT: jal zero, {{.*}} <further>
# CHECK-NEXT: auipc ra,
# CHECK-NEXT: jalr ra, {{.*}} <far>
# CHECK-NEXT: jalr ra, 0x0(zero)
# CHECK-NEXT: lw a0, -0x800(gp)
# CHECK-NEXT: sw a0, -0x7fc(gp)
# CHECK-NEXT: addi a1, gp, -0x800
# CHECK-NEXT: addi a2, zero, 0x5
# CHECK-NEXT: c.lui a3, 0x5
# CHECK-NEXT: lw a3, 0x0(a3)
# CHECK-NEXT: lw a4, 0x8(tp)
# CHECK-NEXT: lui a4, 0x1
# CHECK-NEXT: add a4, a4, tp
# CHECK-NEXT: lw a4, {{.*}}(a4)
# Only marked code: this is not.
# CHECK-NEXT: auipc ra, 0x0
# CHECK-NEXT: jalr ra, {{.*}}(ra) <near>
# CHECK: <near>:
# CHECK-NEXT: c.jr ra

# Sizes and the symbols behind follow.
# SYMBOLS: 80000000 {{ *}}76 FUNC {{.*}} _start
# SYMBOLS: 8000004c {{ *}}2 FUNC {{.*}} near

# NOGP: jal ra, {{.*}} <near>
# NOGP: auipc a0
# NOGP-NEXT: lw a0,
# NOGP: addi a2, zero, 0x5

# NONE: jalr ra, {{.*}} <near>
# NONE-NEXT: auipc t1,
# NONE-NEXT: jalr zero, {{.*}} <near>
# NONE: lui a2, 0x0
# NONE: lui a4, 0x0
# NONE-NEXT: add a4, a4, tp

  .text
  .globl _start, near, further, far
  .weak nowhere
  .type _start,@function
_start:
  .option push
  .option norelax
  lla gp, __global_pointer$
  .option pop
  call near
  tail near
  tail further
  call far
  call nowhere
1:
  auipc a0, %pcrel_hi(word)
  lw a0, %pcrel_lo(1b)(a0)
2:
  auipc a1, %pcrel_hi(word2)
  sw a0, %pcrel_lo(2b)(a1)
  lla a1, word
  lui a2, %hi(small)
  addi a2, a2, %lo(small)
  lui a3, %hi(page)
  lw a3, %lo(page)(a3)
  lui a4, %tprel_hi(near_tls)
  add a4, a4, tp, %tprel_add(near_tls)
  lw a4, %tprel_lo(near_tls)(a4)
  lui a4, %tprel_hi(far_tls)
  add a4, a4, tp, %tprel_add(far_tls)
  lw a4, %tprel_lo(far_tls)(a4)
  .option push
  .option norelax
  call near
  .option pop
  .size _start, . - _start
  .type near,@function
near:
  ret
  .size near, . - near
  .section .text.further,"ax"
  .skip 4096
further:
  ret
  .skip 0x100000
far:
  ret
  .section .sdata,"aw"
  .globl word, word2
word:
  .word 1
word2:
  .word 2
  .section .tdata,"awT"
  .skip 8
near_tls:
  .word 1
  .skip 4096
far_tls:
  .word 2
