# The host-target interface: characters, the write system call, exit with a code.
# RUN: kiln-as %s -o %t.o && kiln-ld %t.o -o %t
# RUN: %python %S/Inputs/run.py kiln-sim %t | FileCheck %s
# RUN: not kiln-sim --no-timing %t | FileCheck %s --check-prefix=TEXT
# CHECK: AB
# CHECK-NEXT: by system call
# CHECK-NEXT: code 5
# TEXT: by system call

    .macro put character
    li t0, 0x0101000000000000 | \character
    call send
    .endm

    .globl _start
_start:
    put 'A'
    put 'B'
    put 10
    la t0, block
    call send
    ld t0, 0(t0)
    li t1, 15
    bne t0, t1, failed                           # the result is the count
    li t0, 5 << 1 | 1
    la t1, tohost
    sd t0, 0(t1)
1:  j 1b
failed:
    li t0, 1 << 1 | 1
    la t1, tohost
    sd t0, 0(t1)
1:  j 1b

send:                                            # t0, which stays
    la t1, tohost
    sd t0, 0(t1)
    la t1, fromhost
1:  ld t2, 0(t1)
    beqz t2, 1b
    sd zero, 0(t1)
    ret

    .data
    .balign 8
    .globl tohost, fromhost
tohost:   .dword 0
fromhost: .dword 0
    .balign 64
block:    .dword 64, 1, text, 15, 0, 0, 0, 0
text:     .ascii "by system call\n"
