# .include, .incbin, and where they look.
# RUN: kiln-as -I %S/Inputs %s -o %t.o && llvm-objdump-22 -s -j .text %t.o | FileCheck %s
# CHECK: 0000 2a000000 62656869 6e642064 61746120
# CHECK-NEXT: 0010 62656869 6e642074 68652073 6b6970
  .set INCLUDED, 42
  .include "good.inc"
  .incbin "bytes.bin", 5, 7
  .ascii "data "
  .incbin "bytes.bin", 5
