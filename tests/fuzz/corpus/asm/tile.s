.section .spm.buffers,"aw",@nobits
.p2align 6
tile: .skip 4096
.text
.option push
.option arch, +c
c.addi a0, 1
.option pop
la a0, tile
kd.src a0
kd.dim 0, a1, zero, zero
kd.start a2
kd.wait a2
vsetvli t0, a0, e8, m1, ta, ma
vle8.v v0, (a0)
kt.zero acc0, 4
kt.mopa.ss.2x2 acc0, v0, v2
kt.mopa.hf.4x4.z acc0, v4, v8
kt.drain.2x2 acc0, (a0), a1
amoadd.w.aqrl a0, a1, (a2)
fadd.s fa0, fa1, fa2, rtz
csrrw a0, vlenb, a1
.float 1.5, -inf, 0x1p-3
.double nan
.uleb128 624485
.sleb128 -129
.ascii "a\n\x41\101" ; .asciz "b" "c"
.comm buffer, 64, 8
.weak w
.hidden w
.size tile, 4096
.type tile, @object
