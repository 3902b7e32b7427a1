# --gc-sections keeps what the entry, -u and constructors reach, and drops the unwind records of the rest.
# RUN: llvm-mc -triple riscv64 -mattr=+relax -filetype=obj %s -o %t.o
# RUN: kiln-ld --gc-sections --print-gc-sections -o %t %t.o | FileCheck %s --check-prefix=PRINT
# RUN: llvm-nm %t | FileCheck %s
# RUN: llvm-dwarfdump --eh-frame %t | FileCheck %s --check-prefix=FRAMES
# RUN: kiln-ld --gc-sections -u unused -o %t.u %t.o
# RUN: llvm-nm %t.u | FileCheck %s --check-prefix=KEPT
# RUN: kiln-ld -o %t.all %t.o
# RUN: llvm-nm %t.all | FileCheck %s --check-prefix=ALL
# RUN: llvm-dwarfdump --eh-frame %t.all | FileCheck %s --check-prefix=ALLFRAMES
# RUN: not kiln-ld --gc-sections -e nothing -o %t.none %t.o 2>&1 | FileCheck %s --check-prefix=ROOTS

# PRINT: removing unused section {{.*}}gc.s.tmp.o:(.text.unused)
# PRINT-NEXT: removing unused section {{.*}}gc.s.tmp.o:(.text.only_unused_calls_it)
# PRINT-NEXT: removing unused section {{.*}}gc.s.tmp.o:(.data.only_unused_uses_it)
# PRINT-NOT: removing

# CHECK-NOT: unused
# CHECK: T _start
# CHECK-NEXT: T by_constructor
# CHECK-NEXT: T called
# CHECK-NEXT: D pointed_to
# CHECK-NEXT: D retained
# CHECK-NOT: {{.}}
# KEPT: D only_unused_uses_it
# KEPT: T unused
# ALL: T unused
# ROOTS: error: --gc-sections would discard everything: there is no symbol 'nothing'

# FRAMES: CIE
# FRAMES: FDE cie=00000000 pc=80000000...8000000c
# FRAMES: FDE cie=00000000 pc=8000000c...80000010
# FRAMES-NOT: FDE
# ALLFRAMES-COUNT-3: FDE

  .section .text._start,"ax"
  .globl _start
_start:
  .cfi_startproc
  call called
  lui a0, 0
  ret
  .cfi_endproc
  .section .text.unused,"ax"
  .globl unused
unused:
  .cfi_startproc
  call only_unused_calls_it
  lui a0, 0
  lla a0, only_unused_uses_it
  ret
  .cfi_endproc
  .section .text.only_unused_calls_it,"ax"
  .globl only_unused_calls_it
only_unused_calls_it:
  ret
  .section .text.called,"ax"
  .globl called
called:
  .cfi_startproc
  ret
  .cfi_endproc
  .section .text.constructor,"ax"
  .globl by_constructor
by_constructor:
  lla a0, pointed_to
  ret
  .section .init_array,"aw",@init_array
  .quad by_constructor
  .section .data.pointed_to,"aw"
  .globl pointed_to
pointed_to:
  .quad 1
  .section .data.only_unused_uses_it,"aw"
  .globl only_unused_uses_it
only_unused_uses_it:
  .quad 2
  .section .data.retained,"awR"
  .globl retained
retained:
  .quad 3
