# What branches that grow make wrong.
# RUN: not kiln-as -march=rv64gc %s -o %t.o 2>&1 | FileCheck %s
a: bnez a0, a + 300
   beqz a1, far
b: 
  .zero b - a
# CHECK: :[[#@LINE-1]]:9: error: this distance was used as 6, but branches between its labels then grew and made it 10
  .org 24
  .zero 5000
far:
