# Direct calls: every kind of argument, results, the three conventions for tensors.
# RUN: kiln-as %s -o %t.o && kiln-ld %t.o -o %t
# RUN: kiln-sim %t --call add --arg i64:-5 --arg u8:200 --ret i64 | FileCheck %s --check-prefix=ADD
# RUN: kiln-sim %t --call add --arg i8:-1 --arg i16:0xffff --ret u32 | FileCheck %s --check-prefix=UNSIGNED
# RUN: kiln-sim %t --call mixed --arg f32:1.5 --arg i32:4 --arg f64:-0.25 --ret f64 | FileCheck %s --check-prefix=MIXED
# RUN: kiln-sim %t --call halves --arg f16:0.5 --arg f16:3 --ret f16 | FileCheck %s --check-prefix=HALF
# RUN: kiln-sim %t --call tenth --arg i64:1 --arg i64:2 --arg i64:3 --arg i64:4 --arg i64:5 --arg i64:6 \
# RUN:   --arg i64:7 --arg i64:8 --arg i64:90 --arg i64:10 --ret i64 | FileCheck %s --check-prefix=STACK
# RUN: %python %S/Inputs/arrays.py %t
# RUN: kiln-sim %t --call scale --arg in:%t.in.npy --arg out:%t.out.npy:int32:2x3 --arg i64:6
# RUN: kiln-sim %t --call scale_memref --abi memref --arg in:%t.in.npy --arg out:%t.memref.npy:int32:2x3
# RUN: kiln-sim %t --call scale_ciface --abi ciface --arg in:%t.fortran.npy --arg inout:%t.inout.npy
# RUN: %python %S/Inputs/arrays.py %t --check
# ADD: 195
# UNSIGNED: {{^}}4294967294{{$}}
# MIXED: 5.75
# HALF: 3.5
# STACK: 100

    .text
    .globl add, mixed, halves, tenth, scale, scale_memref, scale_ciface
add:
    add a0, a0, a1
    ret
mixed:                                           # f32 + i32 + 1 f64
    fcvt.d.s fa0, fa0
    fcvt.d.w fa2, a0
    fadd.d fa0, fa0, fa2
    fsub.d fa0, fa0, fa1
    ret
halves:
    fadd.h fa0, fa0, fa1
    ret
tenth:                                           # the ninth and tenth arguments are on the stack
    ld a0, 0(sp)
    ld a1, 8(sp)
    add a0, a0, a1
    andi t0, sp, 15
    add a0, a0, t0
    ret
scale:                                           # a1[i] = 3 * a0[i] for i < a2
    li t1, 3
1:  lw t0, 0(a0)
    mul t0, t0, t1
    sw t0, 0(a1)
    addi a0, a0, 4
    addi a1, a1, 4
    addi a2, a2, -1
    bnez a2, 1b
    ret
# (allocated, aligned, offset, 2 sizes, 2 strides) twice: the first seven words and the eighth are in registers.
scale_memref:
    mul t2, a3, a4                               # elements
    li t3, 3                                     # strides are those of a dense row-major tensor
    bne a5, t3, wrong
    li t3, 1
    bne a6, t3, wrong
    mv t3, a1
    ld t4, 0(sp)                                 # aligned of the second
    bne a7, t4, wrong                            # allocated is the same
    ld t5, 8(sp)                                 # its offset
    bnez t5, wrong
    mv a0, t3
    mv a1, t4
    mv a2, t2
    j scale
scale_ciface:
    ld t0, 24(a0)
    ld t1, 32(a0)
    mul a2, t0, t1
    ld a0, 8(a0)
    ld a1, 8(a1)
    j scale
wrong:
    .word 0
