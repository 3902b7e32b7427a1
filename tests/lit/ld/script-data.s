# Data, fill patterns, overlays and included files of linker scripts: as GNU ld lays them out.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.o
# RUN: cp %S/Inputs/included.ld %t-included.ld
# RUN: echo 'SECTIONS { . = 0x80000000; .text : { *(.text) . = . + 6; FILL_LATER = .; } = 0x12345678' > %t.ld
# RUN: echo 'INCLUDE %t-included.ld' >> %t.ld
# RUN: echo '. = 0x80001000; .fill : { FILL(0x90) *(.fill.a) . = . + 3; *(.fill.b) }' >> %t.ld
# RUN: echo 'OVERLAY 0x80002000 : AT(0x80010000) { .first { *(.first) } .second { *(.second) } }' >> %t.ld
# RUN: echo 'after = .; .last : { LONG(LOADADDR(.second)) LONG(__load_stop_second - __load_start_first) } end = .; }' >> %t.ld
# RUN: kiln-ld -T %t.ld -o %t %t.o
# RUN: riscv64-unknown-elf-ld -T %t.ld -o %t-gnu %t.o
# RUN: %python %S/Inputs/same_sections.py %t %t-gnu
# RUN: llvm-nm %t | FileCheck %s --check-prefix=SYMBOLS
# SYMBOLS: 0000000080002010 {{.*}} after
# SYMBOLS: 000000008000200c {{.*}} second

# Diagnostics in an included file name it.
# RUN: echo 'SECTIONS { .x : { BYTE(nobody) } }' > %t-bad.ld
# RUN: echo 'INCLUDE %t-bad.ld' > %t-including.ld
# RUN: not kiln-ld -T %t-including.ld -o %t %t.o 2>&1 | FileCheck %s --check-prefix=BAD
# BAD: script-data.s.tmp-bad.ld:1:24: error: undefined symbol 'nobody'
# RUN: echo 'INCLUDE %t-self.ld' > %t-self.ld
# RUN: not kiln-ld -T %t-self.ld -o %t %t.o 2>&1 | FileCheck %s --check-prefix=SELF
# SELF: script-data.s.tmp-self.ld:1:1: error: too many files are included, or {{.*}} includes itself
# RUN: echo 'INCLUDE %t-missing.ld' > %t-lost.ld
# RUN: not kiln-ld -T %t-lost.ld -o %t %t.o 2>&1 | FileCheck %s --check-prefix=LOST
# LOST: script-data.s.tmp-lost.ld:1:1: error: INCLUDE {{.*}}: the file cannot be read
# RUN: echo 'SECTIONS { .x : { *(.text) FILL(1) } }' > %t-late.ld
# RUN: not kiln-ld -T %t-late.ld -o %t %t.o 2>&1 | FileCheck %s --check-prefix=LATE
# LATE: script-data.s.tmp-late.ld:1:28: error: FILL is supported only in front of a section's contents

# RUN: kiln-ld --sort-section=name -o %t-name %t.o
# RUN: llvm-nm -n %t-name | FileCheck %s --check-prefix=NAME
# NAME: d in_a
# NAME-NEXT: d in_b
# RUN: kiln-ld --sort-section=alignment -o %t-alignment %t.o
# RUN: llvm-nm -n %t-alignment | FileCheck %s --check-prefix=ALIGNMENT
# ALIGNMENT: d in_b
# ALIGNMENT-NEXT: d in_a

  .text
  .globl _start
_start:
  nop
  .section .data.b,"aw"
  .balign 8
in_b:
  .word 7
  .section .data.a,"aw"
  .balign 4
in_a:
  .word 8
  .section .fill.a,"aw"
  .byte 1
  .section .fill.b,"aw"
  .balign 8
  .byte 2
  .section .first,"aw"
  .zero 16
  .section .second,"aw"
  .zero 12
second:
