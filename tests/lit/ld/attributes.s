# .riscv.attributes of all inputs are joined, extensions that this toolchain does not know included.
# RUN: split-file %s %t
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/a.s -o %t/a.o
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/b.s -o %t/b.o
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/c.s -o %t/c.o
# RUN: kiln-ld -o %t/out %t/a.o %t/b.o
# RUN: llvm-readelf -l --arch-specific %t/out | FileCheck %s
# RUN: not kiln-ld -o %t/out %t/a.o %t/c.o 2>&1 | FileCheck %s --check-prefix=STACK

# CHECK: ATTRIBUTES
# CHECK: Value: 16
# CHECK-NEXT: TagName: stack_align
# CHECK: TagName: arch
# CHECK-NEXT: Value: rv64i2p1_m2p0_a2p1_f2p2_c2p0_zicsr2p0_zmmul1p0_zaamo1p0_zalrsc1p0_zca1p0_zba1p0_svinval1p0_xventanacondops1p0
# CHECK: Value: 1
# CHECK-NEXT: TagName: unaligned_access
# STACK: c.o: error: wants the stack aligned to 8 bytes, but {{.*}}a.o wants 16

#--- a.s
  .attribute stack_align, 16
  .attribute arch, "rv64imac_zba_svinval"
#--- b.s
  .attribute unaligned_access, 1
  .attribute arch, "rv64if_xventanacondops"
#--- c.s
  .attribute stack_align, 8
