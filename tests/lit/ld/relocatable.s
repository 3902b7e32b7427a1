# -r makes one object, --emit-relocs keeps the relocations of an executable.
# RUN: llvm-mc -triple riscv64 -mattr=+c,+relax -filetype=obj %s -o %t-a.o
# RUN: llvm-mc -triple riscv64 -mattr=+c,+relax -filetype=obj -defsym OTHER=1 %s -o %t-b.o
# RUN: kiln-ld -r -o %t.o %t-a.o %t-b.o
# RUN: llvm-readelf -hSrsgW %t.o | FileCheck %s
# RUN: kiln-ld -o %t-together %t.o
# RUN: llvm-objdump -d --no-show-raw-insn %t-together | tail -n +3 > %t-together.txt
# RUN: FileCheck %s --check-prefix=CODE --input-file=%t-together.txt
# RUN: kiln-ld -r -o %t-twice.o %t.o
# RUN: kiln-ld -o %t-twice %t-twice.o
# RUN: llvm-objdump -d --no-show-raw-insn %t-twice | tail -n +3 > %t-twice.txt
# RUN: cmp %t-together.txt %t-twice.txt

# CHECK: Type: REL (Relocatable file)
# CHECK: .group GROUP {{[0-9a-f]+}} {{[0-9a-f]+}} 00000c 04
# CHECK-NOT: .group GROUP
# The second file's code is aligned to 16 bytes behind code that may become shorter.
# CHECK: R_RISCV_CALL_PLT {{[0-9a-f]+}} other + 0
# CHECK: R_RISCV_ALIGN e
# CHECK: 0000000000000008 {{.*}} R_RISCV_64 {{[0-9a-f]+}} local + 0
# CHECK-DAG: WEAK DEFAULT UND missing
# CHECK-DAG: GLOBAL DEFAULT COM common
# CHECK: COMDAT group section [ 1] `.group' [inlined] contains 2 sections:

# CODE: 80000000: jal 0x80000010 <other>
# CODE: 80000008: ret
# CODE-NEXT: 8000000a: nop
# CODE: 80000010: ret

# RUN: kiln-ld --emit-relocs -o %t-kept %t-a.o %t-b.o
# RUN: llvm-readelf -rW %t-kept | FileCheck %s --check-prefix=KEPT
# KEPT: R_RISCV_JAL {{[0-9a-f]+}} other + 0
# KEPT-NOT: R_RISCV_RELAX
# KEPT: .rela.data
# KEPT: 0000000080{{[0-9a-f]+}} {{[0-9a-f]+}} R_RISCV_64 {{[0-9a-f]+}} local + 0

# RUN: not kiln-ld -r --strip-all -o %t-bad %t-a.o 2>&1 | FileCheck %s --check-prefix=BAD
# BAD: error: -r cannot be combined with --strip-all

.ifndef OTHER
  .text
  .globl _start
_start:
  call other
  call inlined
  ret
  .weak missing
  .data
  .quad _start
.else
  .data
local:
  .quad local
  .text
  .balign 16
  .globl other
other:
  ret
  .weak missing
  .quad missing
.endif
  .section .text.inlined,"axG",@progbits,inlined,comdat
  .weak inlined
inlined:
  lla a0, common
  ret
  .comm common, 8, 8
