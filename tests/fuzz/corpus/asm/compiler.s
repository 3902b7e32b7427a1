	.file	"-"
	.text
	.globl	f0_0                            # -- Begin function f0_0
	.p2align	1
	.type	f0_0,@function
f0_0:                                   # @f0_0
# %bb.0:
	addi	sp, sp, -192
	sd	ra, 184(sp)                     # 8-byte Folded Spill
	sd	s0, 176(sp)                     # 8-byte Folded Spill
	sd	s1, 168(sp)                     # 8-byte Folded Spill
	sd	s2, 160(sp)                     # 8-byte Folded Spill
	sd	s3, 152(sp)                     # 8-byte Folded Spill
	sd	s4, 144(sp)                     # 8-byte Folded Spill
	sd	s5, 136(sp)                     # 8-byte Folded Spill
	sd	s6, 128(sp)                     # 8-byte Folded Spill
	sd	s7, 120(sp)                     # 8-byte Folded Spill
	sd	s8, 112(sp)                     # 8-byte Folded Spill
	sd	s9, 104(sp)                     # 8-byte Folded Spill
	sd	s10, 96(sp)                     # 8-byte Folded Spill
	sd	s11, 88(sp)                     # 8-byte Folded Spill
	mv	s5, a2
	mv	s2, a1
	mv	s0, a0
	li	a0, 0
	call	visit
	mv	s6, a0
	ld	a1, 0(a0)
	andi	a0, a1, 15
	li	a2, 4
	bltu	a2, a0, .L0_BB0_2
# %bb.1:
	ld	a0, 16(s6)
	ld	a1, 8(a0)
	j	.L0_BB0_5
.L0_BB0_2:
	ld	a0, 0(s5)
	lui	a2, 232099
	addi	a2, a2, -759
	xor	a0, a0, a2
	addi	a0, a0, 58
	lui	a2, %hi(shared)
	addi	a2, a2, %lo(shared)
	call	f0_5
	ld	a1, 16(s6)
	ld	a1, 8(a1)
	andi	a2, a1, 12
	beqz	a2, .L0_BB0_4
# %bb.3:
	ld	s0, 0(s5)
	addi	a0, s0, 2
	sra	a0, a1, a0
.L0_BB0_4:
	add	s0, s0, a0
.L0_BB0_5:
	xor	a1, a1, s0
	ld	a0, 0(s6)
	andi	a2, s0, 63
	lui	s7, %hi(.L0__MergedGlobals)
	addi	s7, s7, %lo(.L0__MergedGlobals)
	li	a3, 2047
	lui	a4, 265739
	slli	a3, a3, 51
	fmv.d.x	fa5, a3
	lui	a3, 405002
	slli	a2, a2, 3
	add	a2, a2, s7
	fld	fa4, 0(a2)
	addi	a2, a0, 2
	sra	a1, a1, a2
	fcvt.d.l	fa3, a1
	fmadd.d	fa4, fa3, fa5, fa4
	fsd	fa4, 304(s7)
	fcvt.l.d	a1, fa4, rtz
	andi	a2, a1, 63
	slli	a2, a2, 3
	add	a2, a2, s7
	fld	fa4, 0(a2)
	lui	a2, 35700
	addi	a4, a4, 1868
	addi	a3, a3, 305
	addi	a2, a2, 1330
	mul	a3, s2, a3
	addi	a3, a3, 2
	slt	a1, a1, a4
	srlw	a1, a1, a3
	fcvt.d.wu	fa3, a1
	fmadd.d	fa4, fa3, fa5, fa4
	fsd	fa4, 32(s7)
	fcvt.l.d	s9, fa4, rtz
	andi	a1, s9, 63
	slli	a1, a1, 3
	add	s1, s7, a1
	fld	fa4, 0(s1)
	sd	s2, 0(sp)                       # 8-byte Folded Spill
	and	a0, s2, a0
	andi	a0, a0, 62
	fcvt.d.wu	fa3, a0
	fmadd.d	fa5, fa3, fa5, fa4
	fcvt.l.d	s0, fa5, rtz
	slli	a0, s0, 1
	xor	s8, a0, a2
	zext.b	s3, s9
	fsd	fa5, 448(s7)
	beqz	s3, .L0_BB0_21
# %bb.6:
	sd	s5, 56(sp)                      # 8-byte Folded Spill
	li	s5, 0
	addi	a0, s9, -4
	sub	s7, s9, s8
	lui	s2, %hi(shared)
	addi	s2, s2, %lo(shared)
	lui	a1, 152295
	xor	s10, a0, s8
	addi	s11, a1, 877
	slli	s11, s11, 4
.L0_BB0_7:                                # =>This Loop Header: Depth=1
                                        #     Child Loop BB0_8 Depth 2
	sd	s9, 64(sp)
	sd	s8, 72(sp)
	sd	s6, 80(sp)
	addi	a0, sp, 64
	mv	a1, s0
	call	visit
	mv	s6, a0
	ld	a0, 56(sp)                      # 8-byte Folded Reload
	ld	a0, 0(a0)
	ld	a1, 0(s6)
	xor	a0, a0, s0
	slt	s0, a0, a1
	mv	s4, s3
.