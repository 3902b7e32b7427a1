# Vector instructions with floating-point operands need mstatus.FS as well as VS; integer ones need VS alone.
# RUN: kiln-as %s -o %t.o && kiln-ld %t.o -o %t
# RUN: %python %S/Inputs/run.py kiln-sim %t --call off_add > %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call off_move >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call off_integer >> %t.out
# RUN: FileCheck %s < %t.out
# CHECK: illegal instruction at {{.*}}<off_add+0xc>
# CHECK-NEXT: vfadd.vv
# CHECK-NEXT: code 120
# CHECK: illegal instruction at {{.*}}<off_move+0xc>
# CHECK-NEXT: vfmv.v.f
# CHECK-NEXT: code 120
# CHECK-NEXT: code 0

    .macro off
    vsetvli t0, zero, e32, m1, ta, ma
    li t1, 3 << 13
    csrc mstatus, t1
    .endm

    .globl off_add
    .globl off_move
    .globl off_integer
off_add:
    off
    vfadd.vv v0, v1, v2
    ret
off_move:
    off
    vfmv.v.f v0, fa0
    ret
off_integer:
    off
    vadd.vv v0, v1, v2
    ret
