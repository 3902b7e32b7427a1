# Sections, paddings and data that are not well formed.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
  .section
# CHECK: :[[#@LINE-1]]:11: error: expected a section name
  .section .a, "a", progbits
# CHECK: :[[#@LINE-1]]:21: error: expected a section type such as @progbits
  .section .a, "a", @odd
# CHECK: :[[#@LINE-1]]:21: error: unsupported section type: expected @progbits, @nobits, @note, @init_array, @fini_array or @preinit_array
  .section .a, "aM", @progbits, 0
# CHECK: :[[#@LINE-1]]:32: error: the entry size must be positive
  .org 8
  .org 4
# CHECK: :[[#@LINE-1]]:3: error: .org would move backwards, from offset 8 to 4
  .org later
# CHECK: :[[#@LINE-1]]:8: error: expected an offset in this section that is known here
  . = . - 4
# CHECK: :[[#@LINE-1]]:3: error: '.' cannot move backwards
  . = elsewhere
# CHECK: :[[#@LINE-1]]:6: error: expected a place in this section
  .double x
# CHECK: :[[#@LINE-1]]:11: error: not a floating-point number
  .skip -1
# CHECK: :[[#@LINE-1]]:9: error: the number of bytes is negative (-1)
  beqz a0, there
there:
  .org there + 100
# CHECK: :[[#@LINE-1]]:8: error: .org cannot count from a label behind a branch or an alignment
  .octa 0x1g
# CHECK: :[[#@LINE-1]]:9: error: not a number
  .incbin "x", -1
# CHECK: :[[#@LINE-1]]:11: error: cannot find file 'x'
  .byte a - b - c
# CHECK: :[[#@LINE-1]]:15: error: expression has more symbols than a relocation can carry
  .byte -((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
# CHECK: :[[#@LINE-1]]:210: error: expression is nested too deeply
  .if nowhere * 2
# CHECK: :[[#@LINE-1]]:7: error: expected an absolute expression whose value is known here
  .endif
