# Subsections: in the order of their numbers, whatever the order of the text.
.text 2
two: nop
.p2align 3
nop
call three
j one
.text
one: beqz a0, two
.uleb128 three - two
.uleb128 end - one
.p2align 2
.subsection 3
three: .zero 300
bnez a1, one
ret
.previous
nop
.subsection 1
.cfi_startproc
mid: addi a0, a0, 1
.cfi_def_cfa_offset 16
la a0, two
.word three - two
.cfi_endproc
.data
.word 1
.data 1
d1: .word 2, d1
.pushsection .foo, 2, "aw"
.byte 2
.popsection
.word 5
.pushsection .foo, 1, "aw"
.byte 1
.subsection 0
.byte 0
.popsection
.data 0
.word 7
.quad end - one
.bss 1
b1: .zero 4
.bss
b0: .zero 8
.p2align 4
.text 7
end:
