# Groups, link orders, sections of one name, other directives about symbols.
 .section .text._Zf, "axG", @progbits, _Zf, comdat
 .p2align 2
 .weak _Zf
_Zf:
 nop
 call _Zg
 .section .text._Zg, "axG", @progbits, _Zg, comdat
 .p2align 2
 .weak _Zg
_Zg:
 nop
 .section .rodata._Zf, "aG", @progbits, _Zf, comdat
 .word 5
 .section .rodata.str, "aMSG", @progbits, 1, _Zf, comdat
 .asciz "text"
 .section .data.plain, "awG", @progbits, plain
 .word _Zf
 .section .inherited, "a?"
 .word 1
 .section .meta, "ao", @progbits, _Zf
 .word _Zf-.
 .section .meta, "ao", @progbits, _Zg
 .word 7
 .section .text.u, "ax", @progbits, unique, 1
 .p2align 2
first:
 j second
 .section .text.u, "ax", @progbits, unique, 2
 .p2align 2
second:
 j first
 .text
 .variant_cc vector
 .globl vector
vector:
 ret
 call other
 .variant_cc other
