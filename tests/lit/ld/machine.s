# The machine an object was built for goes into the executable; objects for different machines, or with
# different ABIs, are refused by the names of both files.
# RUN: kiln-as -mcpu=k0 %s -o %t.k0.o
# RUN: kiln-as -mcpu=k1 %s -o %t.k1.o
# RUN: llvm-mc -triple riscv64 -filetype=obj %s -o %t.any.o
# RUN: kiln-ld -o %t %t.k0.o
# RUN: llvm-readelf -n %t | FileCheck %s --check-prefix=K0
# RUN: kiln-ld -o %t %t.any.o
# RUN: llvm-readelf -n %t | FileCheck %s --check-prefix=K1
# RUN: not kiln-ld -o %t %t.k0.o %t.k1.o 2>&1 | FileCheck %s --check-prefix=MIXED
# RUN: not kiln-ld -mcpu=k1 -o %t %t.k0.o 2>&1 | FileCheck %s --check-prefix=OTHER
# RUN: llvm-mc -triple riscv64 -target-abi lp64d -mattr=+d -filetype=obj %s -o %t.hard.o
# RUN: not kiln-ld -o %t %t.any.o %t.hard.o 2>&1 | FileCheck %s --check-prefix=FLOAT

# K0: description data: {{.. .. .. ..}} 6b 30 00
# K1: description data: {{.. .. .. ..}} 6b 31 00
# MIXED: k1.o: error: built for machine 'k1', but {{.*}}k0.o was built for 'k0'
# OTHER: k0.o: error: built for machine 'k0', but the link is for 'k1'
# FLOAT: hard.o: error: uses the double-float ABI, but {{.*}}any.o uses the soft-float ABI

  .text
  .weak _start
_start:
  ret
