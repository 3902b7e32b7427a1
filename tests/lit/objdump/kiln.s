# The machine's own instructions, which no other disassembler knows, and what --disassemble=SYMBOL, data in code,
# and words that are no instructions look like.
# RUN: kiln-as %s -o %t.o
# RUN: kiln-objdump -d %t.o | FileCheck %s
# RUN: kiln-objdump --disassemble=second %t.o | FileCheck %s --check-prefix=ONLY
# RUN: not kiln-objdump --disassemble=third %t.o 2>&1 | FileCheck %s --check-prefix=NONE
# RUN: kiln-objdump -h -t -r %t.o | FileCheck %s --check-prefix=TABLES

# CHECK: {{.*}}kiln.s.tmp.o: file format elf64-littleriscv
# CHECK-EMPTY:
# CHECK-NEXT: Disassembly of section .text:
# CHECK-EMPTY:
# CHECK-NEXT: 0000000000000000 <first>:
# CHECK-NEXT: 0: {{[0-9a-f]+}} kt.zero acc0, 16
# CHECK-NEXT: 4: {{[0-9a-f]+}} kt.mopa.ss.4x4 acc0, v0, v4
# CHECK-NEXT: 8: {{[0-9a-f]+}} kt.mopa.hf.2x2.z acc4, v8, v12
# CHECK-NEXT: c: {{[0-9a-f]+}} kd.start a0
# CHECK-NEXT: 10: {{[0-9a-f]+}} bnez a0, 0x0 <first>
# CHECK-EMPTY:
# CHECK-NEXT: 0000000000000014 <second>:
# CHECK-NEXT: 14: {{[0-9a-f]+}} kd.wait a0
# CHECK-NEXT: 18: 0000007b <unknown>
# CHECK: ret

# ONLY: Disassembly of section .text:
# ONLY-EMPTY:
# ONLY-NEXT: 0000000000000014 <second>:
# ONLY-NEXT: kd.wait
# ONLY-NOT: first
# NONE: kiln.s.tmp.o: error: no symbol 'third' to disassemble

# TABLES: .text {{[0-9a-f]+}} 0000000000000000 TEXT
# TABLES: .data 00000008 0000000000000000 DATA
# TABLES: SYMBOL TABLE:
# TABLES: 0000000000000000 g F .text {{[0-9a-f]+}} first
# TABLES: RELOCATION RECORDS FOR [.data]:
# TABLES: 0000000000000000 R_RISCV_64 second+0x4

  .option norvc
  .text
  .globl first, second
  .type first, @function
first:
1:
  kt.zero acc0, 16
  kt.mopa.ss.4x4 acc0, v0, v4
  kt.mopa.hf.2x2.z acc4, v8, v12
  kd.start a0
  bnez a0, 1b
second:
  kd.wait a0
  .insn 0x0000007b
  ret
  .data
  .quad second + 4
