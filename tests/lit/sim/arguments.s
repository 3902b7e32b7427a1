# Mistakes in arguments, all of them at once; nothing is written.
# RUN: kiln-as %s -o %t.o && kiln-ld %t.o -o %t
# RUN: %python %S/Inputs/arrays.py %t
# RUN: rm -f %t.none.npy
# RUN: not kiln-sim %t --call f --arg in:%t.missing.npy --arg xyz:1 --arg plain --arg i8:300 --arg i32:-0x80000001 \
# RUN:   --arg u8:-1 --arg f32:abc --arg out:%t.none.npy --arg out:%t.none.npy:int32:2xx3 --arg out:x.npy:int5:3 \
# RUN:   --arg in:%t.in.npy:int32:3x2 --arg in:%t.in.npy:float32 --arg in:%t.o 2>&1 | FileCheck %s
# CHECK: missing.npy: error: cannot open
# CHECK: error: --arg xyz:1: neither in:, inout:, out: nor the name of a type before the ':'
# CHECK: error: --arg plain: expected in:FILE
# CHECK: error: --arg i8:300: not an integer of that type
# CHECK: error: --arg i32:-0x80000001: not an integer of that type
# CHECK: error: --arg u8:-1: not an integer of that type
# CHECK: error: --arg f32:abc: not a number
# CHECK: error: --arg out:{{.*}}: an output needs type and shape
# CHECK: error: --arg out:{{.*}}: the shape is not sizes joined by 'x'
# CHECK: error: --arg out:x.npy:int5:3: unknown element type
# CHECK: error: --arg in:{{.*}}: the file has shape 2x3
# CHECK: error: --arg in:{{.*}}: the file has elements of type int32
# CHECK: .o: error: not a .npy file
# RUN: not ls %t.none.npy
# RUN: not kiln-sim %t --call g 2>&1 | FileCheck %s --check-prefix=SYMBOL
# SYMBOL: error: no symbol 'g'
# RUN: not kiln-sim %t --call functio 2>&1 | FileCheck %s --check-prefix=HINT
# HINT: error: no symbol 'functio'; did you mean 'function'?
# RUN: not kiln-sim %t --call f --abi fast 2>&1 | FileCheck %s --check-prefix=ABI
# ABI: error: --abi=fast: the conventions are bare, memref and ciface
# RUN: not kiln-sim %t --arg i64:1 2>&1 | FileCheck %s --check-prefix=USAGE
# USAGE: error: --arg, --abi and --ret belong to --call
# RUN: not kiln-sim %t 2>&1 | FileCheck %s --check-prefix=ENTRY
# ENTRY: error: the program has no entry to start at
# A trap leaves the output unwritten as well.
# RUN: not kiln-sim %t --call f --arg out:%t.none.npy:int8:4 2>&1 | FileCheck %s --check-prefix=TRAP
# TRAP: error: illegal instruction
# RUN: not ls %t.none.npy

    .globl f, function
    .type function, @function
f:
    .word 0
function:
    ret
