# --strip-debug leaves debugging information out, --strip-all the symbols as well; what runs is the same.
# RUN: llvm-mc -triple riscv64 -g -filetype=obj %s -o %t.o
# RUN: kiln-ld -o %t %t.o
# RUN: llvm-readelf -S %t | FileCheck %s --check-prefix=FULL
# RUN: kiln-ld -S -o %t.debug %t.o
# RUN: llvm-readelf -S -s %t.debug | FileCheck %s --check-prefix=DEBUG
# RUN: kiln-ld --strip-all -o %t.all %t.o
# RUN: llvm-readelf -S -l %t.all | FileCheck %s --check-prefix=ALL
# RUN: llvm-objcopy -O binary -j .text %t %t.bin
# RUN: llvm-objcopy -O binary -j .text %t.all %t.all.bin
# RUN: cmp %t.bin %t.all.bin
# RUN: riscv64-unknown-elf-readelf -aW %t.all 2>&1 | FileCheck %s --check-prefix=GNU

# FULL: .debug_info
# DEBUG-NOT: .debug_
# DEBUG: .symtab
# DEBUG-NOT: .debug_
# DEBUG: _start
# ALL-NOT: .debug_
# ALL-NOT: .symtab
# ALL-NOT: .strtab
# ALL: .shstrtab
# ALL: LOAD
# GNU-NOT: arning

  .globl _start
_start:
  ret
