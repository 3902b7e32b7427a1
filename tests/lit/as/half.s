# Numbers of 16 bits, rounded once: halfway cases, subnormal numbers, the largest.
# RUN: kiln-as %s -o %t.o && llvm-objdump-22 -s -j .data %t.o | FileCheck %s
  .data
  .float16 1.0, -2.5, 65504, 65520, 1e-8, 5.960464477539063e-08, inf, -0
# CHECK: 003c00c1 ff7b007c 00000100 007c0080
  .p2align 4
  .bfloat16 1.0, 3.14159, 1.00390625, 1.01171875, 1e-40, -inf
# CHECK: 803f4940 803f823f 010080ff
  .p2align 4
# A half is 2^-24 / 2: just above it rounds up, it itself to even.
  .float16 2.98023223876953125e-08, 2.98023223876953126e-08, 1.00048828125, 1.000488281250000000000000000000001
# CHECK: 00000100 003c013c
