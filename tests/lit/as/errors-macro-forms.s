# Macros and repetitions that are not well formed.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
  .macro m1 a:what
# CHECK: :[[#@LINE-1]]:15: error: expected 'req' or 'vararg'
  .endm
# CHECK: :[[#@LINE-1]]:3: error: '.endm' without a beginning
  .macro m2 a:vararg, b
# CHECK: :[[#@LINE-1]]:24: error: no parameter can follow a vararg parameter
  .endm
# CHECK: :[[#@LINE-1]]:3: error: '.endm' without a beginning
  .macro m3
  .endm
  .macro m3
# CHECK: :[[#@LINE-1]]:3: error: macro 'm3' is already defined
  .endm
  .rept -1
# CHECK: :[[#@LINE-1]]:9: error: the count is negative (-1)
  .endr
  .rept 2 3
# CHECK: :[[#@LINE-1]]:11: error: unexpected text behind the count
  .endr
# CHECK: :[[#@LINE-1]]:3: error: '.endr' without a beginning
  .rept 2
  .endr 5
# CHECK: :[[#@LINE-1]]:9: error: unexpected text behind .endr
  .macro last
# CHECK: :[[#@LINE-1]]:3: error: no '.endm' for this '.macro'
  nop
