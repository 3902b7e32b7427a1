# Members of archives are taken when something needs them, whatever the order, with or without an index.
# RUN: split-file %s %t
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/main.s -o %t/main.o
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/needed.s -o %t/needed.o
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/deep.s -o %t/deep.o
# RUN: llvm-mc -triple riscv64 -filetype=obj %t/other.s -o %t/other.o
# RUN: llvm-ar rcs %t/liball.a %t/needed.o %t/deep.o %t/other.o
# RUN: llvm-ar rcS %t/noindex.a %t/needed.o %t/deep.o %t/other.o
# RUN: kiln-ld -o %t/out %t/liball.a %t/main.o
# RUN: llvm-nm %t/out | FileCheck %s
# RUN: kiln-ld -o %t/out %t/main.o %t/noindex.a
# RUN: llvm-nm %t/out | FileCheck %s
# RUN: kiln-ld -o %t/out %t/main.o -L %t -lall
# RUN: llvm-nm %t/out | FileCheck %s
# RUN: kiln-ld -o %t/out %t/main.o -L%t -l all -u other
# RUN: llvm-nm %t/out | FileCheck %s --check-prefix=MORE
# RUN: not kiln-ld -o %t/out %t/main.o -L%t -l nowhere 2>&1 | FileCheck %s --check-prefix=NONE
# RUN: rm -f %t/thin.a && llvm-ar rcsT %t/thin.a %t/needed.o
# RUN: kiln-ld -o %t/thin.out %t/main.o %t/deep.o %t/thin.a && kiln-ld -o %t/fat.out %t/main.o %t/deep.o %t/needed.o && cmp %t/thin.out %t/fat.out
# RUN: mkdir -p %t/sub && mv %t/needed.o %t/sub/a-member-with-a-long-name.o && cd %t && rm thin.a && llvm-ar rcST thin.a sub/a-member-with-a-long-name.o
# RUN: kiln-ld -o %t/thin.out %t/main.o %t/deep.o %t/thin.a && cmp %t/thin.out %t/fat.out
# RUN: rm -r %t/sub
# RUN: not kiln-ld -o %t/out %t/main.o %t/deep.o %t/thin.a 2>&1 | FileCheck %s --check-prefix=THIN

# CHECK-NOT: other
# CHECK: T _start
# CHECK-NEXT: T deep
# CHECK-NEXT: T needed
# CHECK-NOT: {{.}}
# MORE: T other
# NONE: error: -lnowhere: libnowhere.a is in none of the folders given with -L
# THIN: sub/a-member-with-a-long-name.o: error: cannot open

#--- main.s
  .globl _start
  .weak other
_start:
  call needed
  call other
#--- needed.s
  .globl needed
needed:
  call deep
#--- deep.s
  .globl deep
deep:
  ret
#--- other.s
  .globl other
other:
  ret
