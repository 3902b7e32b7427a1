# Data and layout directives.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s

  .byte 256
# CHECK: :[[#@LINE-1]]:9: error: value 256 does not fit 1 byte
  .half -32769
# CHECK: :[[#@LINE-1]]:9: error: value -32769 does not fit 2 bytes
  .word 0x1ffffffff
# CHECK: :[[#@LINE-1]]:9: error: value 8589934591 does not fit 4 bytes
  .quad 0x1ffffffffffffffff
# CHECK: :[[#@LINE-1]]:9: error: number does not fit 64 bits
  .word 1/0
# CHECK: :[[#@LINE-1]]:10: error: division by zero
  .word (1+2
# CHECK: :[[#@LINE-1]]:13: error: expected ')'
  .asciz "open
# CHECK: :[[#@LINE-1]]:10: error: string is not closed on its line
  .asciz "\q"
# CHECK: :[[#@LINE-1]]:11: error: unknown escape
  .p2align 40
# CHECK: :[[#@LINE-1]]:12: error: expected an integer in the range [0, 31]
  .balign 3
# CHECK: :[[#@LINE-1]]:11: error: alignment must be a power of two, at most 2^31
  .skip -1
# CHECK: :[[#@LINE-1]]:9: error: the number of bytes is negative (-1)
  .skip unknown
# CHECK: :[[#@LINE-1]]:9: error: expected an absolute expression whose value is known here
  .float 1.5x
# CHECK: :[[#@LINE-1]]:10: error: not a floating-point number
  .section .x,"q"
# CHECK: :[[#@LINE-1]]:15: error: unknown section flag 'q'
  .section .x,"aG",@progbits,group,other
# CHECK: :[[#@LINE-1]]:36: error: expected comdat
  .section .x,"a",@progbits,other
# CHECK: :[[#@LINE-1]]:29: error: expected unique
  .section .text,"aw",@progbits
# CHECK: :[[#@LINE-1]]:12: error: section '.text' exists with other flags, type or entry size
  .popsection
# CHECK: :[[#@LINE-1]]:3: error: .popsection without .pushsection
  .bss
  .word 1
# CHECK: :[[#@LINE-1]]:3: error: section '.bss' has no contents in the file (nobits): only zeros fit
  .word symbol
# CHECK: :[[#@LINE-1]]:9: error: a section without contents in the file (nobits) cannot hold addresses
