# Each check finds the mistake it is for, names both places, and leaves a right program alone.
# RUN: kiln-as %s -o %t.o && kiln-ld %t.o -o %t
# RUN: %python %S/Inputs/run.py kiln-sim %t --call right --check=all > %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call polled --check=all >> %t.out
# RUN: FileCheck %s --check-prefix=RIGHT < %t.out
# RIGHT: {{^}}code 0
# RIGHT-NEXT: code 0

# RUN: %python %S/Inputs/run.py kiln-sim %t --call early_load --check=dma > %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call early_store --check=dma --no-timing >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call chained --check=dma >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call left_behind --check=dma >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call overlapping --check=dma >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call drained --check=dma >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call columns --check=dma >> %t.out
# RUN: FileCheck %s --check-prefix=DMA < %t.out
# DMA: error: 0x{{.*}} <early_load+0x[[#%x,]]>: a load from 0x10000010 <buffer+0x10> while a transfer may still write it
# DMA-NEXT: note: the transfer was started at 0x{{.*}} <copy_in+0x[[#%x,]]>; no kd.wait for it
# DMA-NEXT: code 123
# DMA: error: 0x{{.*}} <early_store+0x[[#%x,]]>: a store to 0x{{.*}} <source+0x3f> while a transfer may still read it
# DMA-NEXT: note: the transfer was started at
# DMA-NEXT: code 123
# DMA: error: 0x{{.*}} <chained+0x[[#%x,]]>: a transfer is started that reads 0x10000000 <buffer> while a transfer may still write it
# DMA-NEXT: note: the transfer was started at 0x{{.*}} <copy_in+
# DMA-NEXT: code 123
# DMA: error: 0x{{.*}}: the function returns with a transfer on its way, to 0x10000000 <buffer>
# DMA-NEXT: note: the transfer was started at
# DMA-NEXT: code 123
# DMA: error: 0x{{.*}} <overlapping+0x[[#%x,]]>: a transfer writes 0x10000020 <buffer+0x20> twice: its runs overlap
# DMA-NEXT: code 123
# DMA: error: 0x{{.*}} <drained+0x[[#%x,]]>: a load from 0x{{.*}} <results> while kt.drain may still write it
# DMA-NEXT: note: the drain is at 0x{{.*}} <drained+0x[[#%x,]]>; no fence
# DMA-NEXT: code 123
# Between the columns that the transfer writes is room for others: only the second store meets it.
# DMA-NEXT: error: 0x{{.*}} <columns+0x[[#%x,]]>: a store to 0x10000044 <buffer+0x44> while a transfer may still write it
# DMA-NEXT: note:
# DMA-NEXT: code 123

# RUN: %python %S/Inputs/run.py kiln-sim %t --call unwritten --check=spm > %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call half_written --check=spm >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call sent_unwritten --check=spm >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call passed_on --check=spm >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call unwritten >> %t.out
# RUN: FileCheck %s --check-prefix=SPM < %t.out
# SPM: error: 0x{{.*}} <unwritten+0x[[#%x,]]>: a load from 0x10000008 <buffer+0x8> which nothing has written: scratchpad
# SPM-NEXT: code 123
# SPM: error: 0x{{.*}} <half_written+0x[[#%x,]]>: a load from 0x10000004 <buffer+0x4> which nothing has written
# SPM-NEXT: code 123
# SPM: error: 0x{{.*}} <sent_unwritten+0x[[#%x,]]>: a transfer from 0x10000000 <buffer> which nothing has written
# SPM-NEXT: code 123
# Within the scratchpad it is what is read in the end that counts.
# SPM: error: 0x{{.*}} <passed_on+0x[[#%x,]]>: a load from 0x10000044 <buffer+0x44> which nothing has written
# SPM-NEXT: code 123
# SPM-NEXT: {{^}}code 0

# RUN: %python %S/Inputs/run.py kiln-sim %t --call outside --check=mem > %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call below_stack --check=mem >> %t.out
# RUN: %python %S/Inputs/arrays.py %t
# RUN: %python %S/Inputs/run.py kiln-sim %t --call behind --arg out:%t.c.npy:int32:2x3 --check=mem >> %t.out
# RUN: %python %S/Inputs/run.py kiln-sim %t --call spm_outside --check=mem,dma >> %t.out
# RUN: FileCheck %s --check-prefix=MEM < %t.out
# MEM: error: 0x{{.*}} <outside+0x[[#%x,]]>: a store to 0x80100000 {{.*}}outside all sections, stack, heap and arguments
# MEM-NEXT: code 123
# MEM: error: 0x{{.*}} <below_stack>: a store to 0x{{.*}} below the stack pointer
# MEM-NEXT: code 123
# MEM: error: 0x{{.*}} <behind+0x4>: a store to 0x{{[0-9a-f]*}}58 {{.*}}outside all sections, stack, heap and arguments
# MEM-NEXT: code 123
# MEM: error: 0x{{.*}} <spm_outside+0x[[#%x,]]>: a load from 0x10001000 {{.*}}outside all sections of the scratchpad
# MEM-NEXT: code 123

# RUN: not kiln-sim %t --call right --check=dma,cache 2>&1 | FileCheck %s --check-prefix=NAMES
# NAMES: error: --check=dma,cache: the checks are dma, spm, mem and all

    .section .spm, "aw", @nobits
    .balign 64
buffer:
    .space 256
    .data
    .balign 64
source:
    .space 64
    .balign 64
results:
    .space 4096
    .balign 8
drain_raw:
    .space 64

    .text
    .macro function name
    .globl \name
    .type \name, @function
\name:
    .endm

# 64 bytes of source into the buffer; t0: the transfer. Clobbers t1.
    function copy_in
    la t1, source
    kd.src t1
    la t1, buffer
    kd.dst t1
    li t1, 64
    kd.dim 0, t1, zero, zero
    li t1, 1
    kd.dim 1, t1, zero, zero
    kd.start t0
    ret

    function right
    mv s0, ra
    jal copy_in
    kd.wait t0
    la t1, buffer
    ld t2, 16(t1)
    sd t2, 128(t1)
    addi sp, sp, -16
    sd t2, 8(sp)
    addi sp, sp, 16
    jr s0

    function polled
    mv s0, ra
    jal copy_in
1:  kd.poll t1, t0
    beqz t1, 1b
    la t1, buffer
    ld t2, 16(t1)
    jr s0

    function early_load
    mv s0, ra
    jal copy_in
    la t1, buffer
    ld t2, 16(t1)
    kd.wait t0
    jr s0

    function early_store
    mv s0, ra
    jal copy_in
    la t1, source
    sb t2, 63(t1)
    lb t2, 63(t1)
    sb t2, 64(t1)
    kd.wait t0
    jr s0

    function chained
    mv s0, ra
    jal copy_in
    la t1, buffer
    kd.src t1
    la t1, results
    kd.dst t1
    kd.start t0
    kd.wait t0
    jr s0

    function left_behind
    mv s0, ra
    jal copy_in
    jr s0

    function overlapping
    la t1, source
    kd.src t1
    la t1, buffer
    kd.dst t1
    li t1, 33
    kd.dim 0, t1, zero, zero
    li t1, 2
    li t2, 32
    li t3, 31
    kd.dim 1, t1, t3, t2
    kd.start t0
    kd.wait t0
    ret

    function drained
    la t1, drain_raw
    kt.dcfg t1
    la t1, results
    li t2, 256
    kt.drain.1x1 acc0, (t1), t2
    lw t3, 0(t1)
    fence
    lw t3, 0(t1)
    ret

    function columns
    li t1, 4
    kd.dim 0, t1, zero, zero
    li t2, 16
    kd.dim 1, t1, t1, t2
    la t3, source
    kd.src t3
    la t3, buffer + 4
    kd.dst t3
    li t2, -16
    li t1, 2
    li t4, 64
    kd.dim 2, t1, zero, t4
    kd.start t0
    la t3, buffer
    sw zero, 8(t3)
    sw zero, 0x40(t3)
    sw zero, 0x44(t3)
    kd.wait t0
    ret

    function unwritten
    la t1, buffer
    ld t2, 8(t1)
    ret

    function half_written
    la t1, buffer
    sw zero, 0(t1)
    lw t2, 0(t1)
    ld t2, 0(t1)
    ret

    function sent_unwritten
    la t1, buffer
    kd.src t1
    la t1, results
    kd.dst t1
    li t1, 8
    kd.dim 0, t1, zero, zero
    kd.start t0
    kd.wait t0
    ret

    function passed_on
    la t1, buffer
    sw zero, 0(t1)
    kd.src t1
    addi t2, t1, 64
    kd.dst t2
    li t3, 8
    kd.dim 0, t3, zero, zero
    kd.start t0
    kd.wait t0
    lw t3, 64(t1)
    lw t3, 68(t1)
    ret

    function outside
    li t1, 0x80100000
    sd zero, 0(t1)
    ret

    function below_stack
    sd zero, -8(sp)
    ret

    function behind
    sw zero, 20(a0)
    sw zero, 24(a0)
    ret

    function spm_outside
    li t1, 0x10001000
    lb t2, 0(t1)
    ret
