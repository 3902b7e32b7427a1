# Errors in expansions say where they come from.
# RUN: not kiln-as -I %S/Inputs %s -o %t.o 2>&1 | FileCheck %s

.macro inner x
  addi a0, a0, \x
.endm
.macro outer x
  nop
  inner \x
.endm
  outer 5000
# CHECK:      <inner>:1:16: error: 5000 does not fit: expected an integer in the range [-2048, 2047]
# CHECK-NEXT:   addi a0, a0, 5000
# CHECK-NEXT:                ^~~~
# CHECK:      <outer>:2:3: note: expanded from here
# CHECK-NEXT:   inner 5000
# CHECK:      errors-macros.s:[[#@LINE-6]]:3: note: expanded from here
# CHECK-NEXT:   outer 5000
  .irp r, a0, b0
  mv a1, \r
  .endr
# CHECK: <.irp>:2:10: error: expected an integer register (x0..x31 or its ABI name)
# CHECK: errors-macros.s:[[#@LINE-4]]:3: note: repeated from here
  .rept 1
  mv a1, b1
# CHECK: errors-macros.s:[[#@LINE-1]]:10: error: expected an integer register
  .endr
  .include "broken.inc"
# CHECK: broken.inc:2:3: error: unknown instruction 'brokeninstruction'
# CHECK: errors-macros.s:[[#@LINE-2]]:3: note: included from here
  .include "missing.inc"
# CHECK: :[[#@LINE-1]]:12: error: cannot find file 'missing.inc'
  outer 1, 2
# CHECK: :[[#@LINE-1]]:12: error: too many arguments for macro 'outer', which has 1
.macro need a:req
.endm
  need
# CHECK: :[[#@LINE-1]]:3: error: macro 'need' needs an argument for 'a'
  .endm
# CHECK: :[[#@LINE-1]]:3: error: '.endm' without a beginning
  .endif
# CHECK: :[[#@LINE-1]]:3: error: '.endif' without .if
  .error "as wished"
# CHECK: :[[#@LINE-1]]:3: error: as wished
  .warning "only a warning"
# CHECK: :[[#@LINE-1]]:3: warning: only a warning
  .if 1
# CHECK: :[[#@LINE-1]]:3: error: no .endif for this .if
