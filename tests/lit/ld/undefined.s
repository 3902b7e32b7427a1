# Undefined symbols are reported all at once, each with the places that refer to it and the nearest name.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.o
# RUN: rm -f %t
# RUN: not kiln-ld -o %t %t.o 2>&1 | FileCheck %s
# RUN: test ! -e %t
# RUN: not kiln-ld -u absent -e nowhere -o %t %t.o 2>&1 | FileCheck %s --check-prefix=OPTIONS

# CHECK: undefined.s.tmp.o:(.text+0x0): error: undefined symbol 'memcpi'; did you mean 'memcpy'?
# CHECK-NEXT: undefined.s.tmp.o:(.text+0x8): note: also referenced here
# CHECK-NEXT: undefined.s.tmp.o:(.data+0x0): error: undefined symbol 'quite_another_thing'
# CHECK-NOT: error
# OPTIONS: kiln-ld: error: -u absent: undefined symbol

  .text
  .globl _start, memcpy
_start:
  call memcpi
  call memcpi
memcpy:
  ret
  .weak fine
  .data
  .quad quite_another_thing
  .quad fine
