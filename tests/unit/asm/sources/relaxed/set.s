# Distances that were given names, and .reloc in the order of the text.
.text
a: call f
b: nop
.set x, b - a
.set y, c - b
.set z, d - c
.word x, y
.quad x + 4
li a0, 4
c: bnez a0, c
d:
.data
.word x
.word y
.word z
.byte y
.half d - c
.reloc 8, R_RISCV_32, f
.reloc 0, R_RISCV_NONE
.reloc 8, R_RISCV_RELAX
.reloc 4, R_RISCV_64, f+4
