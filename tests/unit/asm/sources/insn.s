# Instructions by their fields, relocations by name, numbers of 16 bytes.
 .option rvc
.insn r 0x33, 0, 0, a0, a1, a2
.insn r OP_32, 0, 0, a0, a1, a2
.insn r 0x33, 0, 0, fa0, a1, fa2
.insn r4 0x43, 0, 0, fa0, fa1, fa2, fa3
.insn r 0x43, 0, 0, fa0, fa1, fa2, fa3
.insn i 0x13, 0, a0, a1, 13
.insn i 0x67, 0, a0, 10(a1)
.insn s 0x23, 0, a0, 4(a1)
.insn sb 0x63, 0, a0, a1, target
.insn b 0x63, 0, a0, a1, target
.insn u 0x37, a0, 0xfff
.insn uj 0x6f, a0, target
.insn j 0x6f, a0, target
.insn cr 2, 9, a0, a1
.insn ci 1, 0, a0, 4
.insn ciw 0, 0, a1, 1
.insn css 2, 6, a0, 4
.insn cl 0, 2, a0, 4(a1)
.insn cs 0, 6, a0, 0(a1)
.insn ca 1, 0x23, 0, a0, a1
.insn cb 1, 6, a0, target
.insn cj 1, 5, target
.insn 0x13
.insn 0x00000013
.insn 4, 0x13
.insn 2, 0x1
.insn 0x1
.insn i LOAD, 3, a0, %lo(sym)(a1)
.insn i 0x13, 0, a0, a1, %lo(sym)
.insn s STORE, 2, a0, %lo(sym)(a1)
.insn u LUI, a0, %hi(sym)
.insn 6, 0x1f
.insn 8, 0x3f
target:
 .data
 .octa 0x0123456789abcdef0011223344556677, 5
 .reloc ., R_RISCV_NONE, foo
 .reloc 4, R_RISCV_32, foo+4
 .reloc .Lx, BFD_RELOC_NONE, foo
.Lx: .word 0
