# --wrap: references to a symbol go to __wrap_, those to __real_ to the symbol itself; archives follow.
# RUN: split-file %s %t
# RUN: kiln-as -o %t/a.o %t/a.s
# RUN: kiln-as -o %t/b.o %t/b.s
# RUN: kiln-as -o %t/w.o %t/w.s
# RUN: rm -f %t/w.a && llvm-ar rc %t/w.a %t/w.o
# RUN: kiln-ld --wrap=f --no-relax -o %t/out %t/a.o %t/b.o %t/w.a
# RUN: kiln-objdump -d %t/out | FileCheck %s
# RUN: ld.lld --wrap=f --no-relax -Ttext=0x80000000 -o %t/lld %t/a.o %t/b.o %t/w.a
# RUN: kiln-objdump -d %t/lld | FileCheck %s
# RUN: kiln-ld -o %t/plain %t/a.o %t/b.o && kiln-objdump -d %t/plain | FileCheck %s --check-prefix=PLAIN

# CHECK: <_start>:
# CHECK: <__wrap_f>
# CHECK: <f>:
# CHECK: <__wrap_f>:
# CHECK-NEXT: auipc
# CHECK-NEXT: <f>
# PLAIN: <_start>:
# PLAIN: <f>
# PLAIN: <f>:

#--- a.s
  .globl _start
_start:
  call f
  ret
#--- b.s
  .globl f
f:
  ret
#--- w.s
  .globl __wrap_f
__wrap_f:
  call __real_f
  ret
