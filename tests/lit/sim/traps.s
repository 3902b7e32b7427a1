# Traps that nobody handles are explained, with the symbol; traps with a handler go there.
# RUN: kiln-as %s -o %t.o && kiln-ld %t.o -o %t
# RUN: %python %S/Inputs/run.py kiln-sim %t --call bad_store | FileCheck %s --check-prefix=STORE
# RUN: not kiln-sim %t --call bad_load 2>&1 | FileCheck %s --check-prefix=LOAD
# RUN: not kiln-sim %t --call illegal 2>&1 | FileCheck %s --check-prefix=ILLEGAL
# RUN: not kiln-sim %t --call away 2>&1 | FileCheck %s --check-prefix=FETCH
# RUN: not kiln-sim %t --call misaligned 2>&1 | FileCheck %s --check-prefix=MISALIGNED
# RUN: not kiln-sim %t --call environment 2>&1 | FileCheck %s --check-prefix=ECALL
# RUN: not kiln-sim %t --call breakpoint 2>&1 | FileCheck %s --check-prefix=EBREAK
# RUN: not kiln-sim %t --call bad_handler 2>&1 | FileCheck %s --check-prefix=HANDLER
# RUN: not kiln-sim %t --call no_float 2>&1 | FileCheck %s --check-prefix=FLOAT
# RUN: not kiln-sim %t --call bad_transfer 2>&1 | FileCheck %s --check-prefix=DMA
# RUN: not kiln-sim %t --call deep 2>&1 | FileCheck %s --check-prefix=DEEP
# RUN: not kiln-sim %t --call no_stack 2>&1 | FileCheck %s --check-prefix=NOSTACK
# RUN: kiln-sim %t --call handled --ret i64 | FileCheck %s --check-prefix=HANDLED
# STORE: error: store outside memory at 0x{{[0-9a-f]+}} <bad_store+0x4>, and no handler is set (mtvec is 0)
# STORE-NEXT: note: 'sd a0, 0x8(t0)'; mcause 7, mtval 0x48
# STORE-NEXT: code 120
# LOAD: error: load outside memory at 0x{{[0-9a-f]+}} <bad_load>
# LOAD-NEXT: mcause 5, mtval 0x0
# ILLEGAL: error: illegal instruction at 0x{{[0-9a-f]+}} <illegal>
# ILLEGAL-NEXT: mcause 2, mtval 0xffffffff
# FETCH: error: instruction fetch outside memory at 0x40
# FETCH-NEXT: (no memory)
# MISALIGNED: error: misaligned store at 0x{{[0-9a-f]+}} <misaligned+
# ECALL: error: environment call at 0x{{[0-9a-f]+}} <environment>
# EBREAK: error: breakpoint at 0x{{[0-9a-f]+}} <breakpoint>
# HANDLER: error: instruction fetch outside memory at 0x100, the first instruction of the trap handler
# FLOAT: error: illegal instruction at 0x{{[0-9a-f]+}} <no_float+
# DMA: error: DMA transfer that cannot be made at 0x{{[0-9a-f]+}} <bad_transfer
# DEEP: error: store outside memory at 0x{{[0-9a-f]+}} <deep+0x8>
# DEEP: note: the stack has overflowed: sp is {{[0-9]+}} bytes below the 16777216 kept for it
# NOSTACK: error: store outside memory
# NOSTACK: note: sp is outside memory
# The cause times 16 plus the low bits of mtval, then what follows the trap.
# HANDLED: 1121

    .option norvc
    .globl bad_store, bad_load, illegal, away, misaligned, environment, breakpoint, bad_handler, no_float
    .globl handled, bad_transfer, deep, no_stack
deep:                                            # without an end
    lui t0, 0x100
    sub sp, sp, t0
    sd ra, 2040(sp)
    call deep
    ret
no_stack:
    li sp, 0x100
    sd ra, 0(sp)
    ret
bad_store:
    li t0, 0x40
    sd a0, 8(t0)
    ret
bad_load:
    lw a0, 0(zero)
    ret
illegal:
    .word 0xffffffff
away:
    li t0, 0x40
    jr t0
misaligned:
    addi t0, sp, -15
    amoadd.w a0, a0, (t0)
    ret
environment:
    ecall
breakpoint:
    ebreak
bad_handler:
    li t0, 0x100
    csrw mtvec, t0
    ebreak
no_float:
    li t0, 3 << 13
    csrc mstatus, t0
    fadd.s f0, f0, f0
    ret
bad_transfer:
    li t0, 64
    kd.dim 0, t0, zero, zero
    kd.start t0
    ret
handled:
    la t0, handler
    csrw mtvec, t0
    li a0, 0
    lw a1, 1(zero)
    addi a0, a0, 1040
    ret
    .balign 4
handler:
    csrr a0, mcause
    slli a0, a0, 4
    csrr t1, mtval
    add a0, a0, t1
    csrr t1, mepc
    addi t1, t1, 4
    csrw mepc, t1
    mret
