# RUN: not kiln-as %s -o %t.o 2>&1 | FileCheck %s
# Mistakes in unwinding and line directives.
  .cfi_endproc
# CHECK: :[[#@LINE-1]]:3: error: there is no .cfi_startproc before this
  .cfi_sections .other
# CHECK: :[[#@LINE-1]]:17: error: expected .eh_frame or .debug_frame
  .loc 1 1
# CHECK: :[[#@LINE-1]]:8: error: no .file has this number
  .file 1 "a.c" md5 5
# CHECK: :[[#@LINE-1]]:21: error: expected a checksum of 128 bits, as 0x...
  .file 2 "a.c"
  .file 2 "b.c"
# CHECK: :[[#@LINE-1]]:9: error: file 2 is already another file
  .loc 2 1 1 is_stmt 2
# CHECK: :[[#@LINE-1]]:14: error: is_stmt is 0 or 1
  .loc 2 1 1 other
# CHECK: :[[#@LINE-1]]:14: error: expected basic_block, prologue_end, epilogue_begin, is_stmt, isa, discriminator or view
  .cfi_startproc
  .cfi_startproc
# CHECK: :[[#@LINE-1]]:3: error: .cfi_startproc before the .cfi_endproc of the one before
  .cfi_offset nothing, 8
# CHECK: :[[#@LINE-1]]:15: error: expected an absolute expression whose value is known here
  .cfi_personality 0x70, f
# CHECK: :[[#@LINE-1]]:20: error: unsupported encoding of a pointer
  .cfi_escape 300
# CHECK: :[[#@LINE-1]]:15: error: expected a byte
  .data
  .cfi_endproc
# CHECK: :[[#@LINE-1]]:3: error: .cfi_endproc in another section than its .cfi_startproc
