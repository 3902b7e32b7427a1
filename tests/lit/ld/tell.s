# What the linker tells: --print-memory-usage, --why.
# RUN: kiln-as -o %t.o %s
# RUN: kiln-ld --print-memory-usage -o %t %t.o | FileCheck %s --check-prefix=USAGE --match-full-lines
# RUN: kiln-ld --gc-sections --why wanted --why left --why _start --why table -o %t %t.o | FileCheck %s --check-prefix=WHY
# RUN: kiln-ld --why left -o %t %t.o | FileCheck %s --check-prefix=ALL
# RUN: not kiln-ld --why nothing -o %t %t.o 2>&1 | FileCheck %s --check-prefix=NONE

# USAGE: Memory region Used Size Region Size %age Used
# USAGE-NEXT: DRAM 36 B 1073741824 B 0.00%
# USAGE-NEXT: SPM 6144 B 524288 B 1.17%
# USAGE-NEXT: SPM bank 0 2048 B 131072 B 1.56%
# USAGE-NEXT: SPM bank 3 4096 B 131072 B 3.12%

# WHY: wanted is in {{.*}}tell.s.tmp.o:(.text.wanted+0x0)
# WHY-NEXT:   {{.*}}tell.s.tmp.o:(.text.between+0x0) refers to wanted
# WHY-NEXT:   {{.*}}tell.s.tmp.o:(.text.start+0x4) refers to between
# WHY-NEXT:   {{.*}}tell.s.tmp.o:(.text.start+0x0) is the entry
# WHY-NEXT: left is in {{.*}}tell.s.tmp.o:(.text.left+0x0)
# WHY-NEXT:   which is discarded: nothing that is kept refers to it
# WHY-NEXT: _start is in {{.*}}
# WHY-NEXT:   {{.*}}tell.s.tmp.o:(.text.start+0x0) is the entry
# WHY-NEXT: table is in {{.*}}
# WHY-NEXT:   {{.*}}tell.s.tmp.o:(.init_array+0x0) is a section that is always kept
# ALL: which nothing refers to; it is there because its file is, and --gc-sections is off
# NONE: error: --why nothing: the link has no definition of this symbol

  .section .text.start,"ax"
  .globl _start
_start:
  addi a0, a0, 1
  call between
  .section .text.between,"ax"
between:
  call wanted
  .section .text.wanted,"ax"
  .globl wanted
wanted:
  ret
  .section .text.left,"ax"
  .globl left
left:
  ret
  .section .init_array,"aw",@init_array
  .globl table
table:
  .quad 0
  .section .spm.bank0.a,"aw",@nobits
  .skip 2048
  .section .spm.bank3.a,"aw",@nobits
  .skip 4096
