	.file	"-"
	.text
	.globl	f0_0                            # -- Begin function f0_0
	.p2align	1
	.type	f0_0,@function
f0_0:                                   # @f0_0
.L0_func_begin0:
	.file	0 "/" "-" md5 0xdcdb8b5615484a570ad4472fc5d9e0b7
	.file	1 "<stdin>" md5 0xdcdb8b5615484a570ad4472fc5d9e0b7
	.loc	1 44 0                          # <stdin>:44:0
	.cfi_sections .debug_frame
	.cfi_startproc
# %bb.0:
	addi	sp, sp, -192
	.cfi_def_cfa_offset 192
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
	.cfi_offset ra, -8
	.cfi_offset s0, -16
	.cfi_offset s1, -24
	.cfi_offset s2, -32
	.cfi_offset s3, -40
	.cfi_offset s4, -48
	.cfi_offset s5, -56
	.cfi_offset s6, -64
	.cfi_offset s7, -72
	.cfi_offset s8, -80
	.cfi_offset s9, -88
	.cfi_offset s10, -96
	.cfi_offset s11, -104
	.cfi_remember_state
	mv	s5, a2
	mv	s2, a1
	mv	s0, a0
.L0_tmp0:
	.loc	1 45 39 prologue_end            # <stdin>:45:39
	li	a0, 0
	call	visit
.L0_tmp1:
	.loc	1 45 39                         # <stdin>:45:39
	mv	s6, a0
	.loc	1 46 14                         # <stdin>:46:14
	ld	a1, 0(a0)
	.loc	1 46 16 is_stmt 0               # <stdin>:46:16
	andi	a0, a1, 15
	li	a2, 4
	.loc	1 46 3                          # <stdin>:46:3
	bltu	a2, a0, .L0_BB0_2
# %bb.1:
	.loc	1 67 26                         # <stdin>:67:26
	ld	a0, 16(s6)
	.loc	1 67 32                         # <stdin>:67:32
	ld	a1, 8(a0)
	.loc	1 46 3 is_stmt 1                # <stdin>:46:3
	j	.L0_BB0_5
.L0_BB0_2:
	.loc	1 56 49                         # <stdin>:56:49
	ld	a0, 0(s5)
	lui	a2, 232099
	addi	a2, a2, -759
	.loc	1 56 47 is_stmt 0               # <stdin>:56:47
	xor	a0, a0, a2
	.loc	1 56 34                         # <stdin>:56:34
	addi	a0, a0, 58
	.loc	1 56 18                         # <stdin>:56:18
	lui	a2, %hi(shared)
	addi	a2, a2, %lo(shared)
	call	f0_5
.L0_tmp2:
	.loc	1 57 15 is_stmt 1               # <stdin>:57:15
	ld	a1, 16(s6)
	.loc	1 57 21 is_stmt 0               # <stdin>:57:21
	ld	a1, 8(a1)
	.loc	1 57 23                         # <stdin>:57:23
	andi	a2, a1, 12
	.loc	1 57 4                          # <stdin>:57:4
	beqz	a2, .L0_BB0_4
# %bb.3:
	.loc	1 65 17 is_stmt 1               # <stdin>:65:17
	ld	s0, 0(s5)
	.loc	1 66 24 is_stmt 0               # <stdin>:66:24
	addi	a0, s0, 2
	.loc	1 66 21                         # <stdin>:66:21
	sra	a0, a1, a0
.L0_BB0_4:
	.loc	1 0 0                           # <stdin>:0
	add	s0, s0, a0
.L0_BB0_5:
	.loc	1 67 34                         # <stdin>:67:34
	xor	a1, a1, s0
	.loc	1 67 47                         # <stdin>:67:47
	ld	a0, 0(s6)
	.loc	1 68 26                         # <stdin>:68:26
	andi	a2, s0, 63
	.loc	1 68 18                         # <stdin>:68:18
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
	.loc	1 67 42 is_stmt 1               # <stdin>:67:42
	addi	a2, a0, 2
	.loc	1 67 39 is_stmt 0               # <stdin>:67:39
	sra	a1, a1, a2
	.loc	1 67 21                         # <stdin>:67:21
	fcvt.d.l	fa3, a1
	.loc	1 68 16 is_stmt 1               # <stdin>:68:16
	fmadd.d	fa4, fa3, fa5, fa4
	.loc	1 69 14                         # <stdin>:69:14
	fsd	fa4, 304(s7)
	.loc	1 70 8                          # <stdin>:70:8
	fcvt.l.d	a1, fa4, rtz
	.loc	1 73 26 is_stmt 0               # <stdin>:73:26
	andi	a2, a1, 63
	.loc	1 73 18                         # <stdin>:73:18
	slli	a2, a2, 3
	add	a2, a2, s7
	fld	fa4, 0(a2)
	lui	a2, 35700
	addi	a4, a4, 1868
	addi	a3, a3, 305
	addi	a2, a2, 1330
	.loc	1 72 35 is_stmt 1               # <stdin>:72:35
	mul	a3, s2, a3
