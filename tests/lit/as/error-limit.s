# At most 20 errors are shown; the others are counted.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
# CHECK-COUNT-20: error: unknown instruction 'wrong'
# CHECK-NOT: error
# CHECK: kiln-as: 10 more errors not shown
  .rept 30
  wrong
  .endr
