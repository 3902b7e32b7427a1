# Addresses that two instructions make together, in an executable; letters that stand together; ranges; archives.
# RUN: rm -rf %t && mkdir %t
# RUN: kiln-as -march=rv64gc %s -o %t/part.o
# RUN: ld.lld -e _start -Ttext=0x12000 --section-start=.data=0x13000 '--defsym=__global_pointer$=0x13800' %t/part.o -o %t/program
# RUN: kiln-objdump -d %t/program | FileCheck %s
# RUN: kiln-objdump -dh --start-address=0x12004 --stop-address=0x1200a %t/program | FileCheck %s --check-prefix=RANGE
# RUN: kiln-objdump -drj.text %t/part.o | FileCheck %s --check-prefix=GROUP
# RUN: kiln-objdump -dM numeric,no-aliases %t/part.o | FileCheck %s --check-prefix=NUMERIC
# RUN: llvm-ar rcD %t/some.a %t/part.o %t/program
# RUN: kiln-objdump -a %t/some.a | FileCheck %s --check-prefix=ARCHIVE
# RUN: kiln-objdump --disassemble=_start %t/some.a | FileCheck %s --check-prefix=MEMBERS
# RUN: not kiln-objdump --disassemble=nowhere %t/some.a 2>&1 | FileCheck %s --check-prefix=NOWHERE
# RUN: kiln-objdump -s -j .data -j .dot %t/program 2>&1 | FileCheck %s --check-prefix=CONTENTS

  .globl _start
_start:
# CHECK: auipc a0, 0x1
# CHECK-NEXT: addi a0, a0, 0x4 # 0x13004 <word>
# RANGE: .text
# RANGE: <_start>:
# RANGE-NEXT: 12004: {{.*}} addi a0, a0, 0x4{{$}}
# RANGE-NEXT: 12008: {{.*}} lui a1, 0x13
# RANGE-NOT: 1200a
# GROUP: auipc a0, 0x0
# GROUP-NEXT: R_RISCV_PCREL_HI20 word
# GROUP-NOT: # 0x
# NUMERIC: auipc x10, 0x0
  lla a0, word
# CHECK-NEXT: lui a1, 0x13
# CHECK-NEXT: lw a2, 0x8(a1) # 0x13008 <word+0x4>
  lui a1, %hi(word + 4)
  lw a2, %lo(word + 4)(a1)
# CHECK-NEXT: sd a2, -0x800(gp) # 0x13000 <first>
  sd a2, -0x800(gp)
# A constant is no address.
# CHECK-NEXT: lui a3, 0x40
# CHECK-NEXT: addi a3, a3, 0x1{{$}}
  lui a3, 0x40
  addi a3, a3, 1
# Nothing is known behind a label.
# CHECK: <next>:
# CHECK-NEXT: lw a2, 0x8(a1){{$}}
next:
  lw a2, 8(a1)
# CHECK-NEXT: auipc ra, 0x0
# CHECK-NEXT: jalr {{-?0x[0-9a-f]+}}(ra) <_start>
  .option norelax
  call _start
  .data
first: .word 1
word: .word 2, 3

# ARCHIVE: some.a(part.o): file format
# ARCHIVE-NEXT: rw-r--r-- 0/0 {{[0-9]+}} Thu Jan 1 00:00:00 1970 part.o
# MEMBERS: some.a(part.o)
# MEMBERS: <_start>:
# MEMBERS: some.a(program)
# MEMBERS: 0000000000012000 <_start>:
# NOWHERE: some.a: error: no symbol 'nowhere' to disassemble
# CONTENTS: Contents of section .data:
# CONTENTS-NEXT: 13000 01000000 02000000 03000000 ............
# CONTENTS: program: warning: no section '.dot'
