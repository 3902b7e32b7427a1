# Frames and lines that are not well formed.
# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
  .cfi_startproc
  .cfi_offset -1, 8
# CHECK: :[[#@LINE-1]]:15: error: expected a register or its DWARF number
  .cfi_endproc
  .file 1 "a" md5 0x123456789012345678901234567890123
# CHECK: :[[#@LINE-1]]:19: error: a checksum has 128 bits
  .file 1 "a" md6 0x1
# CHECK: :[[#@LINE-1]]:15: error: expected md5
  .file 1 "a" source "b"
# CHECK: :[[#@LINE-1]]:15: error: sources inside line tables are not supported
  .file 99999999 "a"
# CHECK: :[[#@LINE-1]]:9: error: the number of a file is at most 16777215
  .file 2 "a"
  .loc 2 99999999999
# CHECK: :[[#@LINE-1]]:10: error: the line does not fit 32 bits
