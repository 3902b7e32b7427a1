# --build-id: a note that differs when the file does, and not when threads do; readelf finds it.
# RUN: kiln-as --defsym=X=0 -o %t.o %s
# RUN: kiln-as --defsym=X=1 -o %t.other.o %s
# RUN: kiln-ld --build-id -o %t.1 %t.o
# RUN: kiln-ld --build-id=sha1 --threads 1 -o %t.2 %t.o
# RUN: kiln-ld --build-id -o %t.3 %t.other.o
# RUN: kiln-ld --build-id=none -o %t.none %t.o
# RUN: cmp %t.1 %t.2
# RUN: not cmp %t.1 %t.3
# RUN: llvm-readelf -n %t.1 > %t.notes && llvm-readelf -n %t.3 >> %t.notes && FileCheck %s --input-file=%t.notes
# RUN: llvm-readelf -S %t.none | FileCheck %s --check-prefix=NONE
# RUN: not kiln-ld --build-id=md4 -o %t.none %t.o 2>&1 | FileCheck %s --check-prefix=BAD

# CHECK: Build ID: [[ID:[0-9a-f]{40}]]
# CHECK-NOT: Build ID: [[ID]]
# CHECK: Build ID:
# NONE-NOT: build-id
# BAD: error: --build-id=md4: only sha1 and none are known

  .globl _start
_start:
  .word X
