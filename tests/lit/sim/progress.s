# A long run says on a terminal, and only there, how far it is.
# REQUIRES: terminal
# RUN: kiln-as %s -o %t.o && kiln-ld %t.o -o %t
# RUN: %python %S/Inputs/terminal.py kiln-sim %t --timeout=4 | FileCheck %s
# RUN: not kiln-sim %t --timeout=4 2>&1 | FileCheck %s --check-prefix=PLAIN
# CHECK: million instructions, {{[0-9.]+}} ms simulated
# CHECK-SAME: error: the time limit was reached
# CHECK-SAME: code 124
# PLAIN-NOT: million
# PLAIN: the time limit was reached

    .globl _start
_start:
    addi t0, t0, 1
    j _start
