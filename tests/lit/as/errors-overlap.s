# Vector registers that cannot be named together.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s --implicit-check-not=error:
  vadd.vv v0, v1, v2, v0.t
# CHECK: :[[#@LINE-1]]:11: error: the destination cannot be v0, the mask of this instruction
  vle32.v v0, (a0), v0.t
# CHECK: :[[#@LINE-1]]:11: error: the destination cannot be v0, the mask of this instruction
  vlseg2e32.v v0, (a0), v0.t
# CHECK: :[[#@LINE-1]]:15: error: the destination cannot be v0, the mask of this instruction
  vid.v v0, v0.t
# CHECK: :[[#@LINE-1]]:9: error: the destination cannot be v0, the mask of this instruction
  vmsif.m v0, v2, v0.t
# CHECK: :[[#@LINE-1]]:11: error: the destination cannot be v0, the mask of this instruction
  vadc.vvm v0, v1, v2, v0
# CHECK: :[[#@LINE-1]]:12: error: the destination cannot be v0, which this instruction reads
  vmerge.vvm v0, v1, v2, v0
# CHECK: :[[#@LINE-1]]:14: error: the destination cannot be v0, which this instruction reads
  vwadd.vv v2, v2, v4
# CHECK: :[[#@LINE-1]]:12: error: the destination cannot be a source: its elements are twice as wide
  vwadd.wv v2, v4, v2
# CHECK: :[[#@LINE-1]]:12: error: the destination cannot be a source: its elements are twice as wide
  vwmacc.vv v2, v2, v4
# CHECK: :[[#@LINE-1]]:13: error: the destination cannot be a source: its elements are twice as wide
  vfwcvt.x.f.v v2, v2
# CHECK: :[[#@LINE-1]]:16: error: the destination cannot be a source: its elements are twice as wide
  vrgather.vv v2, v3, v2
# CHECK: :[[#@LINE-1]]:15: error: the destination cannot be a source of this instruction
  vslideup.vx v2, v2, a0
# CHECK: :[[#@LINE-1]]:15: error: the destination cannot be a source of this instruction
  vcompress.vm v2, v2, v3
# CHECK: :[[#@LINE-1]]:16: error: the destination cannot be a source of this instruction
# These may.
  vmseq.vv v0, v1, v2, v0.t
  vredsum.vs v0, v1, v2, v0.t
  vwredsum.vs v2, v2, v2
  vmadc.vvm v0, v1, v2, v0
  vwadd.wv v2, v2, v4
  vnsrl.wi v2, v2, 1
  vslidedown.vx v2, v2, a0
  vse32.v v0, (a0), v0.t
  vmand.mm v0, v0, v0
