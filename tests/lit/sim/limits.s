# Programs that do not end: each limit has an exit code of its own.
# RUN: kiln-as %s -o %t.o && kiln-ld %t.o -o %t
# RUN: %python %S/Inputs/run.py kiln-sim %t --max-instructions=1000 > %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --max-instructions=1001 --no-timing >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --max-cycles=5000 >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --timeout=1 >> %t.out
# RUN: FileCheck %s < %t.out
# CHECK: error: the instruction limit was reached at 0x{{[0-9a-f]+}} <{{.*}}> after 1000 instructions
# CHECK-NEXT: code 121
# CHECK: error: the instruction limit was reached at 0x{{[0-9a-f]+}} <{{.*}}> after 1001 instructions
# CHECK-NEXT: code 121
# CHECK: error: the cycle limit was reached at 0x{{[0-9a-f]+}} <{{.*}}>
# CHECK-NEXT: code 122
# CHECK: error: the time limit was reached at 0x{{[0-9a-f]+}} <{{.*}}>
# CHECK-NEXT: code 124
# RUN: not kiln-sim %t --max-cycles=5 --no-timing 2>&1 | FileCheck %s --check-prefix=USAGE
# USAGE: error: --max-cycles needs timing

    .globl _start
_start:
    addi t0, t0, 1
    nop
    j _start
