# A frame that is left open.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
  .cfi_startproc
# CHECK: :[[#@LINE-1]]:3: error: .cfi_startproc without .cfi_endproc
  nop
