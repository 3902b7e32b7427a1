# A section that follows no section.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
  .section .x,"ao",@progbits,outside
# CHECK: error: section '.x' follows the section of 'outside', which is no label of this file
