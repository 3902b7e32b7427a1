# The entry, symbols of the command line, and the map.
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.o
# RUN: kiln-ld -o %t %t.o -Map=%t.map --defsym=five=5 --defsym second=first+4 --defsym copy=five
# RUN: llvm-readelf -h -s %t | FileCheck %s
# RUN: FileCheck %s --check-prefix=MAP < %t.map
# RUN: kiln-ld -o %t %t.o -e second --defsym second=first+4 --defsym five=0
# RUN: llvm-readelf -h %t | FileCheck %s --check-prefix=ENTRY
# RUN: not kiln-ld -o %t %t.o --defsym five=0 --entry=missing 2>&1 | FileCheck %s --check-prefix=MISSING
# RUN: not kiln-ld -o %t %t.o --defsym five 2>&1 | FileCheck %s --check-prefix=BAD
# RUN: not kiln-ld -o %t %t.o --defsym five=absent 2>&1 | FileCheck %s --check-prefix=ABSENT
# RUN: not kiln-ld -o %t 2>&1 | FileCheck %s --check-prefix=NOTHING
# RUN: not kiln-ld -o %t %t.none 2>&1 | FileCheck %s --check-prefix=NOFILE

# Without _start there is no entry: functions are called one by one.
# CHECK: Entry point address: 0x0
# CHECK-DAG: 0000000000000005 0 NOTYPE GLOBAL DEFAULT ABS five
# CHECK-DAG: 0000000000000005 0 NOTYPE GLOBAL DEFAULT ABS copy
# CHECK-DAG: 0000000080000004 0 NOTYPE GLOBAL DEFAULT 1 second
# ENTRY: Entry point address: 0x80000004
# MISSING: kiln-ld: error: --entry missing: undefined symbol
# BAD: kiln-ld: error: --defsym wants NAME=NUMBER or NAME=SYMBOL{{.*}}got 'five'
# ABSENT: kiln-ld: error: --defsym five=absent: symbol 'absent' is not defined
# NOTHING: kiln-ld: error: no input files
# NOFILE: options.s.tmp.none: error: cannot open

# MAP: Memory of machine k1
# MAP: SPM 0x0010000000 524288 0
# MAP: DRAM 0x0080000000 1073741824 12
# MAP: Sections
# MAP: 0x0080000000 8 .text
# MAP-NEXT: 0x0080000000 8 {{.*}}options.s.tmp.o:(.text)
# MAP-NEXT: 0x0080000000 first
# MAP-NEXT: 0x0080000004 second
# MAP: .data
# MAP: Symbols of the linker and absolute ones
# MAP: 0x0000000005 five

  .text
  .globl first
first:
  nop
  ret
  .data
  .word five
