# Scratchpad frames share memory where the functions they belong to are never live together: first and second get the
# memory behind what main keeps, which is all of its frame in the call of first and its first 64 bytes in that of second.
# RUN: llvm-mc -triple riscv64 -mattr=+relax -filetype=obj %s -o %t.o
# RUN: kiln-ld -o %t %t.o -Map %t.map
# RUN: llvm-nm %t | FileCheck %s
# RUN: FileCheck %s --check-prefix=MAP --input-file=%t.map
# RUN: llvm-readelf -S %t | FileCheck %s --check-prefix=SECTIONS
# RUN: kiln-ld -r -o %t-r.o %t.o
# RUN: kiln-ld -o %t-r %t-r.o
# RUN: llvm-nm %t-r | FileCheck %s
# RUN: ld.lld -Ttext=0x80000000 -o %t-lld %t.o

# A tail call keeps nothing, so leaf has the place of leaf2 in bank 1.
# CHECK-DAG: 0000000010000000 b main_frame
# CHECK-DAG: 0000000010000400 b first_frame
# CHECK-DAG: 0000000010000040 b second_frame
# CHECK-DAG: 0000000010000440 b leaf_frame
# CHECK-DAG: 0000000010020000 b leaf_bank
# CHECK-DAG: 0000000010020000 b leaf2_bank

# MAP: .spm.frames
# SECTIONS-NOT: .kiln.spm

# The memory is that of the deepest chain, which an overflow names.
# RUN: llvm-mc -triple riscv64 -mattr=+relax -filetype=obj -defsym LEAF=600000 %s -o %t-large.o
# RUN: not kiln-ld -o %t-large %t-large.o 2>&1 | FileCheck %s --check-prefix=LARGE
# LARGE: error: scratchpad (its largest gap) overflows by {{[0-9]+}} bytes
# LARGE: note: 601088 bytes in .spm.frames
# LARGE: note: the deepest chain of frames: main (1024 bytes at 0) -> first (64 bytes at 1024) -> leaf (600000 bytes at 1088)

# A function that is called again while it keeps some of its frame:
# RUN: llvm-mc -triple riscv64 -mattr=+relax -filetype=obj -defsym AGAIN=1 %s -o %t-again.o
# RUN: not kiln-ld -o %t-again %t-again.o 2>&1 | FileCheck %s --check-prefix=AGAIN
# AGAIN: first keeps 64 bytes of its scratchpad frame while it may be called again: first -> leaf -> again -> first

# When it keeps nothing, it may.
# RUN: llvm-mc -triple riscv64 -mattr=+relax -filetype=obj -defsym AGAIN=1 -defsym RELEASED=1 %s -o %t-released.o
# RUN: kiln-ld -o %t-released %t-released.o

# RUN: llvm-mc -triple riscv64 -mattr=+relax -filetype=obj -defsym AGAIN=1 -defsym FIRST=3 %s -o %t-scratch.o
# RUN: kiln-ld -o %t-scratch %t-scratch.o

# So it is with calls through pointers, which may reach whatever has its address taken.
# RUN: llvm-mc -triple riscv64 -mattr=+relax -filetype=obj -defsym POINTER=1 %s -o %t-pointer.o
# RUN: not kiln-ld -o %t-pointer %t-pointer.o 2>&1 | FileCheck %s --check-prefix=POINTER
# POINTER: error: leaf keeps 64 bytes of its scratchpad frame while it may be called again: leaf -> a call through a pointer -> leaf

# Records that make no sense are refused.
# RUN: llvm-mc -triple riscv64 -mattr=+relax -filetype=obj -defsym BAD=1 %s -o %t-bad.o
# RUN: not kiln-ld -o %t-bad %t-bad.o 2>&1 | FileCheck %s --check-prefix=BAD
# BAD: spm-frames.s.tmp-bad.o:(.kiln.spm+0x{{[0-9a-f]+}}): error: scratchpad frame record is of an unknown kind
# BAD: spm-frames.s.tmp-bad.o:(.kiln.spm+0x{{[0-9a-f]+}}): error: scratchpad frame record names a frame that is no section without contents in the scratchpad
# BAD: spm-frames.s.tmp-bad.o:(.kiln.spm+0x{{[0-9a-f]+}}): error: scratchpad frame record keeps more than the frame has
# BAD: spm-frames.s.tmp-bad.o:(.kiln.spm+0x{{[0-9a-f]+}}): error: scratchpad frame record is cut off

.ifndef FIRST
.equ FIRST, 1
.endif
.ifndef LEAF
.equ LEAF, 64
.endif

.macro record function, frame, callee, resident, kind
  .section .kiln.spm,"",@progbits
  .quad \function, \frame, \callee, \resident
  .word \kind, 0
  .previous
.endm

.macro frame name, section, size, align
  .section \section,"aw",@nobits
  .balign \align
\name:
  .zero \size
  .previous
.endm

  .text
  .globl _start, main
_start:
  call main
  ret
main:
  lla a0, main_frame
  call first
  call second
  tail leaf2
  .type first,@function
first:
  lla a0, first_frame
  call leaf
  ret
  .type second,@function
second:
  lla a0, second_frame
  ret
  .type leaf,@function
leaf:
  lla a0, leaf_frame
  lla a1, leaf_bank
.ifdef AGAIN
  call again
.endif
.ifdef POINTER
  lla a1, leaf
  jalr a1
.endif
  ret
  .type again,@function
again:
  tail first
  .type leaf2,@function
leaf2:
  lla a0, leaf2_bank
  j leaf

frame main_frame, .spm.frame.main, 1024, 64
frame first_frame, .spm.frame.first, 64, 64
frame second_frame, .spm.frame.second, 32, 16
frame leaf_frame, .spm.frame.leaf, LEAF, 64
frame leaf_bank, .spm.bank1.frame.leaf, 32, 32
frame leaf2_bank, .spm.bank1.frame.leaf2, 32, 32

record main, main_frame, 0, 0, 1
record first, first_frame, 0, 0, FIRST
record second, second_frame, 0, 0, 1
record leaf, leaf_frame, 0, 0, FIRST
record leaf, leaf_bank, 0, 0, FIRST
record leaf2, leaf2_bank, 0, 0, 1
record main, main_frame, second, 64, 2
.ifdef RELEASED
record first, first_frame, leaf, 0, 2
record leaf, leaf_frame, again, 0, 2
record leaf, leaf_bank, again, 0, 2
.endif
.ifdef BAD
record main, main_frame, 0, 0, 9
record main, first, 0, 0, 1
record main, main_frame, second, 2000, 2
  .section .kiln.spm,"",@progbits
  .word 0
.endif
