# Statements that are none, and what ends them.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
  ?
# CHECK: :[[#@LINE-1]]:3: error: expected an instruction, a directive or a label
  ret ] 
# CHECK: :[[#@LINE-1]]:7: error: unexpected text after the operands
  .else 5
# CHECK: :[[#@LINE-1]]:3: error: '.else' without .if
  .if 1
  .else 5
# CHECK: :[[#@LINE-1]]:9: error: unexpected text behind the statement
  .endif
  .err
# CHECK: :[[#@LINE-1]]:3: error: .err encountered
  .warning
# CHECK: :[[#@LINE-1]]:3: warning: .warning encountered
  .option pop
# CHECK: :[[#@LINE-1]]:11: error: .option pop without .option push
  .option arch,
# CHECK: :[[#@LINE-1]]:16: error: expected +extension, -extension or an arch string
  .option wrong
# CHECK: :[[#@LINE-1]]:11: error: unknown option: expected push, pop, rvc, norvc, relax, norelax, pic, nopic or arch
  .comm c, -1
# CHECK: :[[#@LINE-1]]:9: error: the size of a symbol cannot be negative
  .attribute stack_align, 8
# CHECK: :[[#@LINE-1]]:27: error: this attribute can only be 16
  .attribute 7, 8
# CHECK: :[[#@LINE-1]]:14: error: unsupported attribute: expected arch, stack_align or unaligned_access
  .previous
# CHECK: :[[#@LINE-1]]:3: error: there is no previous section
  .byte 'a
  .byte '
# CHECK: :[[#@LINE-1]]:9: error: character constant is not closed
  .ascii x
# CHECK: :[[#@LINE-1]]:10: error: expected a string
  .byte 08
# CHECK: :[[#@LINE-1]]:9: error: not a number
  .ascii "\777"
# CHECK: :[[#@LINE-1]]:11: error: octal escape is more than a byte
  .section ""
# CHECK: :[[#@LINE-1]]:12: error: this string cannot be a name
  .exitm
# CHECK: :[[#@LINE-1]]:3: error: .exitm outside a macro
  .purgem nothing
# CHECK: :[[#@LINE-1]]:10: error: no macro 'nothing'
