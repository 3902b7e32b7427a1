# The tile and DMA instructions: words worked out by hand from docs/isa.md.
# RUN: kiln-as %s -o %t.o && llvm-objdump-22 -s -j .text %t.o | FileCheck %s

# CHECK:      0000 0b700200 0bf02002 0b000010 0b011220
  kt.zero acc0, 16
  kt.bias.r acc0, v1, 4
  kt.mopa.ss.1x2 acc0, v0, v0
  kt.mopa.ss.1x4 acc2, v4, v1
# CHECK-NEXT: 0010 5b10b564 ab00b550 0b30c4a8 2b402096
  kd.dim 2, a0, a1, a2
  kt.drain.2x2 acc1, (a0), a1
  kt.mopa.uu.4x4.z acc0, v8, v12
  kt.mdw.ss acc0, 3, v0, v2, 1, 2
# A shape or a suffix left out is 1x1, accumulating; a base may be written with the offset 0.
# CHECK-NEXT: 0020 0b000000 0b000008 ab00b500
  kt.mopa.ss acc0, v0, v0
  kt.mopa.ss.z acc0, v0, v0
  kt.drain acc1, 0(a0), a1
