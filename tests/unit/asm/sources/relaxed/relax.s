# What the linker may shorten, and what then keeps its relocation.
.text
.globl f
f:
 beqz a0, 1f
 nop
 nop
 .p2align 4
1: beqz a0, 2f
 call g
 beqz a0, 1b
 .p2align 2
 .p2align 4
2:
 la a0, sym
 lui a1, %hi(sym)
 addi a1, a1, %lo(sym)
 lw a1, %lo(sym)(a1)
 lui a0, %tprel_hi(t)
 add a0,a0,tp,%tprel_add(t)
 addi a0,a0,%tprel_lo(t)
 j 2b
 j 1b
 call f
 call loc
 j loc
 jal loc
 lla a0, loc
 la.tls.ie a0, t
 la.tls.gd a0, t
 .option norelax
 call g
 .p2align 5
 .option relax
loc: ret
 beqz a0, loc
 beqz a0, und
 .skip 5000
 beqz a0, loc
 .word loc-f, 1b-f, loc2-loc
loc2:
 .size f, .-f
 .data
 .word loc-f
 .byte loc-f
 .dword loc2-loc
