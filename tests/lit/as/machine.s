# One source for two machines: the machine's numbers are symbols.
# RUN: kiln-as %s -o %t.k1.o && llvm-objdump-22 -s -j .text %t.k1.o | FileCheck --check-prefix=K1 %s
# RUN: kiln-as -mcpu=k0 %s -o %t.k0.o && llvm-objdump-22 -s -j .text %t.k0.o | FileCheck --check-prefix=K0 %s
# K1: 0000 00020000 10000000 00000800
# K0: 0000 80000000 08000000 00000100
  .word __machine_vlen, __machine_accumulators, __machine_spm_size
  .rept __machine_accumulators / 4
  .byte 0xaa
  .endr
