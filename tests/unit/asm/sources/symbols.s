.text
.globl glob
glob: nop
loc: nop
 beq a0,a1,undef
 beq a0,a1,glob
 beq a0,a1,loc
 j undef
 j glob
 j loc
 jal glob
 call loc
 call glob
 tail loc
 beqz a0, other
1: auipc a0, %pcrel_hi(loc)
 addi a0,a0,%pcrel_lo(1b)
2: auipc a0, %pcrel_hi(glob)
 addi a0,a0,%pcrel_lo(2b)
 la a0, loc
 lla a0, glob
 la a0, undef
 lw a0, loc
 sw a0, undef, t0
 lui a0, %hi(loc)
 addi a0, a0, %lo(loc+4)
 .option push
 .option norvc
 li a0, loc-glob
 .option pop
 beq a0,a1, 8
 j 16
 j 0x1000
.weak wk
wk: nop
 beq a0,a1,wk
 j wk
.word loc-glob, loc-other, other-., other-loc, glob-., undef-., loc-.
.word other-undef
.byte loc-glob, other-loc
.half loc - other
.dword loc - other, other - ., glob, undef+4
.section .text2,"ax",@progbits
.p2align 2
other: nop
.section .rodata.x,"a",@progbits
.globl gr
gr: .word gr-.,gr
.set al, loc+4
.word al
.size loc, 4
