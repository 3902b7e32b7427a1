# Vector, tile and DMA operands; the limits are those of the machine.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
# RUN: not kiln-as -mcpu=k0 --defsym SMALL=1 %s -o %t.o 2>&1 | FileCheck --check-prefix=K0 %s

.ifndef SMALL
  vadd.vv v1, v2
# CHECK: :[[#@LINE-1]]:17: error: too few operands
# CHECK: note: it is written: vadd.vv vd, vs2, vs1[, vm]
  vadd.vv v1, v2, a0
# CHECK: :[[#@LINE-1]]:19: error: expected a vector register (v0..v31)
  vadd.vv v1, v2, v3, v1.t
# CHECK: :[[#@LINE-1]]:23: error: expected the mask v0.t
  vsetvli a0, a1, e32,m3,ta,ma
# CHECK: :[[#@LINE-1]]:23: error: expected a vector type: e8|e16|e32|e64,m1|m2|m4|m8|mf2|mf4|mf8,ta|tu,ma|mu
  vl2re32.v v1, (a0)
# CHECK: :[[#@LINE-1]]:13: error: 'v1' cannot be used here: expected a vector register (v0..v31), aligned to the group that the instruction moves
  kt.mopa.ss.3x1 acc0, v0, v1
# CHECK: :[[#@LINE-1]]:3: error: 'kt.mopa.ss' does not take the suffix '.3x1'
# CHECK: note: it is written: kt.mopa.ss[.RxC][.z] acc_d, tile_a, tile_b
  kt.mopa.ss.4x4 acc4, v0, v4
# CHECK: :[[#@LINE-1]]:18: error: acc4..acc19 go beyond acc15, the last of machine 'k1'
  kt.mopa.ss.4x1 acc0, v30, v4
# CHECK: :[[#@LINE-1]]:24: error: v30..v33 go beyond v31, the last of machine 'k1'
  kt.zero acc3, 3
# CHECK: :[[#@LINE-1]]:17: error: 3 does not fit: expected 1, 2, 4, 8 or 16
  kt.mopa.ss acc16, v0, v1
# CHECK: :[[#@LINE-1]]:14: error: machine 'k1' has no acc16: its accumulators are acc0..acc15
  kt.mdw.ss acc0, 4, v0, v1, 0, 1
# CHECK: :[[#@LINE-1]]:19: error: machine 'k1' has rows for quads 0..3 only
  kt.mdw.ss acc0, 3, v0, v1, 0, 3
# CHECK: :[[#@LINE-1]]:33: error: 3 does not fit: expected 1 or 2
  kd.dim 4, a0, a1, a2
# CHECK: :[[#@LINE-1]]:10: error: 4 does not fit: expected an integer in the range [0, 3]
.else
  kt.mopa.ss acc8, v0, v1
# K0: :[[#@LINE-1]]:14: error: machine 'k0' has no acc8: its accumulators are acc0..acc7
  kt.zero acc0, 16
# K0: :[[#@LINE-1]]:11: error: acc0..acc15 go beyond acc7, the last of machine 'k0'
.endif
