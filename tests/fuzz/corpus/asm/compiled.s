	.attribute	4, 16
	.attribute	5, "rv64i2p1_m2p0_a2p1_f2p2_d2p2_zicsr2p0_zmmul1p0_zaamo1p0_zalrsc1p0"
	.file	"a.c"
	.text
	.globl	f                               # -- Begin function f
	.p2align	2
	.type	f,@function
f:                                      # @f
# %bb.0:
	addi	sp, sp, -32
	sd	ra, 24(sp)                      # 8-byte Folded Spill
	sd	s0, 16(sp)                      # 8-byte Folded Spill
	sd	s1, 8(sp)                       # 8-byte Folded Spill
	li	a1, 5
	bltu	a1, a0, .LBB0_8
# %bb.1:
	slli	a0, a0, 2
	lui	a1, %hi(.LJTI0_0)
	addi	a1, a1, %lo(.LJTI0_0)
	add	a0, a1, a0
	lw	a1, 0(a0)
	li	a0, 9
	jr	a1
.LBB0_2:
	li	a0, 1
	j	.LBB0_7
.LBB0_3:
	li	a0, 12
	j	.LBB0_12
.LBB0_4:
	lui	a0, %hi(glob)
	lw	a0, %lo(glob)(a0)
	slli	a1, a0, 3
	subw	a0, a1, a0
	j	.LBB0_12
.LBB0_5:
	li	a0, 3
	call	g
	lui	a1, %hi(ext)
	lw	a1, %lo(ext)(a1)
	addw	a0, a1, a0
	j	.LBB0_12
.LBB0_6:
	li	a0, 22
.LBB0_7:
	ld	ra, 24(sp)                      # 8-byte Folded Reload
	ld	s0, 16(sp)                      # 8-byte Folded Reload
	ld	s1, 8(sp)                       # 8-byte Folded Reload
	addi	sp, sp, 32
	tail	g
.LBB0_8:
	li	a1, 6
	blt	a0, a1, .LBB0_10
# %bb.9:
	mv	s1, a0
	call	g
	mv	s0, a0
	addiw	a0, s1, 1
	call	g
	j	.LBB0_11
.LBB0_10:
	andi	a1, a0, 3
	lui	a2, %hi(tab)
	addi	a2, a2, %lo(tab)
	addi	a0, a0, 1
	slli	a1, a1, 2
	andi	a0, a0, 3
	add	a1, a2, a1
	slli	a0, a0, 2
	add	a0, a2, a0
	lw	s0, 0(a1)
	lw	a0, 0(a0)
.LBB0_11:
	addw	a0, a0, s0
.LBB0_12:
	ld	ra, 24(sp)                      # 8-byte Folded Reload
	ld	s0, 16(sp)                      # 8-byte Folded Reload
	ld	s1, 8(sp)                       # 8-byte Folded Reload
	addi	sp, sp, 32
	ret
.Lfunc_end0:
	.size	f, .Lfunc_end0-f
	.section	.rodata,"a",@progbits
	.p2align	2, 0x0
.LJTI0_0:
	.word	.LBB0_2
	.word	.LBB0_4
	.word	.LBB0_5
	.word	.LBB0_12
	.word	.LBB0_3
	.word	.LBB0_6
                                        # -- End function
	.text
	.globl	d                               # -- Begin function d
	.p2align	2
	.type	d,@function
d:                                      # @d
# %bb.0:
	li	a0, 1023
	slli	a0, a0, 52
	fmv.d.x	fa5, a0
	lui	a0, 8197
	slli	a0, a0, 37
	fmv.d.x	fa4, a0
	fmadd.d	fa0, fa0, fa4, fa5
	ret
.Lfunc_end1:
	.size	d, .Lfunc_end1-d
                                        # -- End function
	.globl	tlf                             # -- Begin function tlf
	.p2align	2
	.type	tlf,@function
tlf:                                    # @tlf
# %bb.0:
	lui	a0, %tprel_hi(tl)
	add	a0, a0, tp, %tprel_add(tl)
	lw	a0, %tprel_lo(tl)(a0)
	ret
.Lfunc_end2:
	.size	tlf, .Lfunc_end2-tlf
                                        # -- End function
	.type	glob,@object                    # @glob
	.data
	.globl	glob
	.p2align	2, 0x0
glob:
	.word	5                               # 0x5
	.size	glob, 4

	.type	.L.str,@object                  # @.str
	.section	.rodata.str1.1,"aMS",@progbits,1
.L.str:
	.asciz	"hello"
	.size	.L.str, 6

	.type	s,@object                       # @s
	.data
	.globl	s
	.p2align	3, 0x0
s:
	.quad	.L.str
	.size	s, 8

	.type	tl,@object                      # @tl
	.section	.tbss,"awT",@nobits
	.globl	tl
	.p2align	2, 0x0
tl:
	.word	0                               # 0x0
	.size	tl, 4

	.type	tab,@object                     # @tab
	.section	.rodata.cst16,"aM",@progbits,16
	.p2align	2, 0x0
tab:
	.word	1                               # 0x1
	.word	2                               # 0x2
	.word	3                               # 0x3
	.word	4                               # 0x4
	.size	tab, 16

	.ident	"Debian clang version 22.1.8 (1~deb12u1)"
	.section	".note.GNU-stack","",@progbits
	.addrsig
