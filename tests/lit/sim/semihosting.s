# The console by semihosting, standard error apart, and the program's exit code.
# RUN: kiln-as %s -o %t.o && kiln-ld %t.o -o %t
# RUN: %python %S/Inputs/run.py kiln-sim %t | FileCheck %s
# RUN: not kiln-sim %t 2>&1 > %t.out | FileCheck %s --check-prefix=ERR
# RUN: FileCheck %s --check-prefix=OUT < %t.out
# CHECK: code 42
# OUT: hello from the console
# OUT-NEXT: zero-terminated
# OUT-NOT: error
# ERR-NOT: hello
# ERR: to standard error

    .macro semihost
    .option push
    .option norvc
    .balign 16
    slli x0, x0, 0x1f
    ebreak
    srai x0, x0, 7
    .option pop
    .endm

    .globl _start
_start:
    la a1, open_out
    li a0, 1                                     # SYS_OPEN
    semihost
    la a1, write_out
    sd a0, 0(a1)
    li a0, 5                                     # SYS_WRITE
    semihost
    bnez a0, bad
    la a1, string
    li a0, 4                                     # SYS_WRITE0
    semihost
    la a1, open_err
    li a0, 1
    semihost
    la a1, write_err
    sd a0, 0(a1)
    li a0, 5
    semihost
    la a1, good_exit
    li a0, 0x18                                  # SYS_EXIT
    semihost
bad:
    la a1, bad_exit
    li a0, 0x18
    semihost

    .data
    .balign 8
open_out:  .dword name, 4, 3                     # mode w: standard output
open_err:  .dword name, 8, 3                     # mode a: standard error
write_out: .dword 0, text, 23
write_err: .dword 0, error, 18
good_exit: .dword 0x20026, 42
bad_exit:  .dword 0x20026, 1
name:      .asciz ":tt"
text:      .ascii "hello from the console\n"
error:     .ascii "to standard error\n"
string:    .asciz "zero-terminated\n"
