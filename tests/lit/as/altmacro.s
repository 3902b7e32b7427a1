# .altmacro: LOCAL makes labels that are new each time; without a value %expression stays as it is.
# RUN: kiln-as %s -march=rv64imafd -o %t.o && llvm-objdump-22 -d --no-show-raw-insn %t.o | FileCheck %s
# RUN: not kiln-as --defsym WRONG=1 %s -o %t.o 2>&1 | FileCheck --check-prefix=WRONG %s
	.altmacro
	.macro spin count
	LOCAL again, over
	li a0, count
again:	beqz a0, over
	addi a0, a0, -1
	j again
over:
	.endm
	spin 3
	spin %(2 * 4)
# CHECK:      li a0, 0x3
# CHECK-NEXT: beqz a0, 0x10
# CHECK-NEXT: addi
# CHECK-NEXT: j 0x4
# CHECK-NEXT: li a0, 0x8
# CHECK-NEXT: beqz a0, 0x20
# CHECK-NEXT: addi
# CHECK-NEXT: j 0x14
	.ifdef WRONG
	.macro one x
	.byte x
	.endm
	one %(later)
# WRONG: <one>:1:8: error: expected an expression
later:
	.endif
