# Branches that begin compressed and grow, paddings, unimp.
 .option rvc
.text
f:
 beqz a0, und
 beq x0, a1, far
 beqz a0, far
 beq a0, a2, far
 bnez t0, far
 j far
 j und2
 jal und3
 c.beqz a0, far
 .p2align 3
 nop
 .p2align 3
 unimp
 .skip 5000
far:
 ret
