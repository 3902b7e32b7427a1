# Where relaxation is switched on and off between branches, calls and paddings.
f:
 beqz a0, 1f
 bnez a1, 1f
 lw a2, 0(a2)
 bne a2, a3, 1f
1: nop
 .option push
 .option norelax
 call f
 lla a0, f
 .option relax
 lla a0, f
 .option norelax
 beqz a0, f
 call f
 .option pop
 .option pic
 la a0, x
 la a0, f
 .p2align 4, 0
 .p2align 4,,3
 .p2align 2
 .p2align 0
 jal x0, f+2
 jal f+2
 beqz a0, 3f
 bnez a1, 3f
3: call f
 bnez a1, 3b
 j 3b
 .section .text.second, "ax", @progbits
 nop
 .p2align 3
 call f
 .p2align 3
