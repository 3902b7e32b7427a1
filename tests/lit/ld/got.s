# Addresses from the GOT are made without a load where R_RISCV_RELAX allows it; from x0 where 12 bits reach.
# RUN: llvm-mc -triple riscv64 -mattr=+relax -filetype=obj %s -o %t.o
# RUN: kiln-ld -o %t %t.o
# RUN: llvm-objdump -d --no-show-raw-insn %t | FileCheck %s
# RUN: kiln-sim -call=_start -ret=i64 %t | FileCheck %s --check-prefix=RESULT
# RUN: kiln-ld --no-relax -o %t-loads %t.o
# RUN: llvm-objdump -d --no-show-raw-insn %t-loads | FileCheck %s --check-prefix=LOADS
# RUN: kiln-sim -call=_start -ret=i64 %t-loads | FileCheck %s --check-prefix=RESULT
# RUN: kiln-ld --emit-relocs -o %t-kept %t.o
# RUN: llvm-readelf -r %t-kept | FileCheck %s --check-prefix=KEPT

# CHECK: auipc a0
# CHECK-NEXT: addi a0, a0
# CHECK-NEXT: lw a0
# CHECK-NEXT: li a1, 0x0
# CHECK-NEXT: add a0, a0, a1
# CHECK-NEXT: auipc a1
# CHECK-NEXT: lw a1
# LOADS: auipc a0
# LOADS-NEXT: ld a0
# KEPT: R_RISCV_PCREL_HI20 {{.*}} number
# KEPT: R_RISCV_PCREL_LO12_I
# RESULT: 42

  .option pic
  .text
  .globl _start
_start:
  la a0, number
  lw a0, 0(a0)
  la a1, missing
  add a0, a0, a1
# The low half of a slot's address, in an instruction that is no load of it: this one has to stay.
1:
  auipc a1, %got_pcrel_hi(number)
  lw a1, %pcrel_lo(1b)(a1)
  ret
  .weak missing
  .data
  .globl number
number:
  .word 42
