	.globl first
	.macro twice
	nop
	nop
	.endm
first:
	.equ later, 5
	li a0, later
local_data = 7
.Lprivate:
	twice
	.include "one.inc"
	.data
second:
	.word 1
	.text
	.ifdef OWN
	.file 1 "own.c"
	.loc 1 7
	.endif
# -g describes the text: labels with their lines, a row for each instruction, by the statement that it came from, and files that
# are included. A text that says itself what its lines are is left to say it.
# RUN: kiln-as -g -fdebug-compilation-dir=/src -I %S/Inputs %s -o %t.o
# RUN: llvm-dwarfdump-22 --debug-info --debug-line %t.o | FileCheck %s
# RUN: llvm-dwarfdump-22 --verify %t.o
# RUN: kiln-as -g --defsym OWN=1 -I %S/Inputs %s -o %t.o
# RUN: llvm-readelf-22 -S %t.o | FileCheck --check-prefix=OWN %s
# CHECK: DW_AT_name{{.*}}debug-text.s
# CHECK: DW_AT_comp_dir{{.*}}"/src"
# CHECK: DW_LANG_Mips_Assembler
# CHECK: DW_TAG_label
# CHECK: DW_AT_name{{.*}}"first"
# CHECK: DW_AT_decl_line{{.*}}(6)
# CHECK: DW_AT_low_pc{{.*}}(0x0000000000000000)
# CHECK-NOT: DW_TAG_label
# CHECK: 0x0000000000000000      8      0      0 {{.*}} is_stmt
# CHECK: 0x0000000000000004     11      0      0 {{.*}} is_stmt
# CHECK: 0x0000000000000008     11      0      0 {{.*}} is_stmt
# CHECK: 0x000000000000000c      1      0      1 {{.*}} is_stmt
# CHECK: 0x0000000000000010      1      0      1 {{.*}} is_stmt end_sequence
# OWN-NOT: .debug_info
# OWN: .debug_line
# OWN-NOT: .debug_aranges
