# A place that code has grown beyond.
# RUN: not kiln-as -march=rv64gc %s -o %t.o 2>&1 | FileCheck %s
a: bnez a0, a + 300
  beqz a1, far
  .org 6
# CHECK: :[[#@LINE-1]]:3: error: .org would move backwards: branches before it grew to offset 10
  .zero 5000
far:
