# What only the end of the file can tell.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s

  j 2f
# CHECK-DAG: :[[#@LINE-1]]:5: error: no label '2' behind this place
  j .Lnone
# CHECK-DAG: :[[#@LINE-1]]:5: error: local label '.Lnone' is not defined
  .set a, b
# CHECK-DAG: :[[#@LINE-1]]:8: error: 'a' is set to something that is neither a number nor a place in this file
  addi a0, a0, unknown
# CHECK-DAG: :[[#@LINE-1]]:16: error: the value of this operand must be known when assembling; for an address use %hi, %lo, %pcrel_hi or %pcrel_lo
  .byte x
# CHECK-DAG: :[[#@LINE-1]]:9: error: no relocation can hold a symbol's address in so few bytes
x:
  .byte far - x
# CHECK-DAG: :[[#@LINE-1]]:9: error: value 2000013 does not fit 1 byte
  j far
# CHECK-DAG: :[[#@LINE-1]]:5: error: the target is {{[0-9]+}} bytes away: expected a label or a distance that is a multiple of 2 in the range [-1048576, 1048574]
  .size x, unknown
# CHECK-DAG: :[[#@LINE-1]]:12: error: the size of 'x' is not a known number
  lw a0, %pcrel_lo(x)(a0)
# CHECK-DAG: :[[#@LINE-1]]:10: error: %pcrel_lo must name the label of an auipc that has %pcrel_hi
  .set circle1, circle2
  .set circle2, circle1
  .word circle1
# CHECK-DAG: error: 'circle1' is set to something that is neither a number nor a place in this file
  .skip 2000000
far:
