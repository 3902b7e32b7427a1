# Thread-local variables: offsets from tp, in instructions and in the GOT. The template's memory is the thread's own.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.o
# RUN: kiln-ld -o %t %t.o
# RUN: kiln-objdump -d %t | FileCheck %s
# RUN: llvm-readelf -l -s -x .got %t | FileCheck %s --check-prefix=FILE

# CHECK: lui a0, 0x2
# CHECK-NEXT: add a0, a0, tp
# CHECK-NEXT: lw a1, -0x800(a0)
# CHECK-NEXT: sw a1, -0x800(a0)
# CHECK-NEXT: auipc a2, 0x1
# CHECK-NEXT: ld a2, -0x10(a2)

# FILE: TLS 0x{{[0-9a-f]+}} 0x0000000080001008 0x0000000080001008 0x001808 0x00180c R 0x1
# FILE: 0000000000001800 0 TLS LOCAL DEFAULT {{[0-9]+}} initialized
# FILE: 0000000000001808 0 TLS LOCAL DEFAULT {{[0-9]+}} zero
# FILE: 0000000080002814 0 NOTYPE {{.*}} ordinary
# FILE: 0x80001000 08180000 00000000

  .text
  .globl _start
_start:
  lui a0, %tprel_hi(initialized)
  add a0, a0, tp, %tprel_add(initialized)
  lw a1, %tprel_lo(initialized)(a0)
  sw a1, %tprel_lo(initialized)(a0)
  la.tls.ie a2, zero
  ret
  .section .tdata,"awT",@progbits
  .zero 0x1800
initialized:
  .quad 5
  .section .tbss,"awT",@nobits
zero:
  .zero 4
  .bss
ordinary:
  .zero 4
