#!/usr/bin/env python3
"""gemm.py BUILD [--repeat N] [--require]: how long an int8 matrix product of 1024 x 1024 x 1024 takes to simulate, timing on.

Outer products of 4 x 4 accumulators over panels that the DMA engine fetches ahead; A and B come packed, four k side by
side. The result is compared with NumPy's. With --require, exits 1 when it takes 2 s or more."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy

SIZE = 1024
SOURCE = """
    .equ SIZE, 1024
    .equ T, __machine_vlen / 32
    .equ SIDE, 4 * T                  # rows and columns of a block
    .equ BLOCKS, SIZE / SIDE
    .equ PANEL, SIZE * SIDE           # bytes
    .section .spm.gemm, "aw", @nobits
    .balign __machine_spm_size / __machine_spm_banks
a_panel: .space PANEL
    .balign __machine_spm_size / __machine_spm_banks
b_panels: .space 2 * PANEL            # the one in use and the next
    .section .rodata
    .balign 8
raw: .zero 64
    .text
    .globl gemm
gemm:                                 # a0: A packed, a1: B packed, a2: C
    la t0, raw
    kt.dcfg t0
    la s0, a_panel
    la s1, b_panels
    li s2, PANEL
    kd.dim 0, s2, zero, zero
    li s3, BLOCKS                     # rows of blocks left
    li s4, 4 * SIZE                   # C's pitch
rows:
    kd.src a0
    kd.dst s0
    kd.start t0
    add a0, a0, s2
    mv t3, a1                         # the next panel of B
    kd.src t3
    kd.dst s1
    kd.start s5                       # its id
    add t3, t3, s2
    mv s6, s1                         # where it comes
    mv s7, a2                         # where the block goes
    li s8, BLOCKS
columns:
    kd.wait s5
    mv t1, s6
    sub s6, s6, s1                    # the other place
    sub s6, s2, s6
    add s6, s6, s1
    addi s8, s8, -1
    beqz s8, 1f
    kd.src t3
    kd.dst s6
    kd.start s5
    add t3, t3, s2
1:  mv t0, s0
    li t2, SIZE / 8
    vl4re32.v v0, (t0)
    vl4re32.v v4, (t1)
    kt.mopa.ss.4x4.z acc0, v0, v4
    j 3f
2:  vl4re32.v v0, (t0)
    vl4re32.v v4, (t1)
    kt.mopa.ss.4x4 acc0, v0, v4
3:  addi t0, t0, 4 * SIDE
    addi t1, t1, 4 * SIDE
    vl4re32.v v8, (t0)
    vl4re32.v v12, (t1)
    kt.mopa.ss.4x4 acc0, v8, v12
    addi t0, t0, 4 * SIDE
    addi t1, t1, 4 * SIDE
    addi t2, t2, -1
    bnez t2, 2b
    kt.drain.4x4 acc0, (s7), s4
    addi s7, s7, 4 * SIDE
    bnez s8, columns
    li t0, SIDE * 4 * SIZE
    add a2, a2, t0
    addi s3, s3, -1
    bnez s3, rows
    fence
    ret
"""


def pack(rows, side):
    """Rows of K bytes as panels of `side` rows, four k of each row in a word."""
    return numpy.ascontiguousarray(rows.reshape(SIZE // side, side, SIZE // 4, 4).transpose(0, 2, 1, 3))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--require", action="store_true")
    options = parser.parse_args()
    tool = {name: os.path.join(options.build, "bin", name) for name in ("kiln-as", "kiln-ld", "kiln-sim")}
    with tempfile.TemporaryDirectory(prefix="kiln-bench-") as folder:
        def path(name):
            return os.path.join(folder, name)
        with open(path("gemm.s"), "w") as file:
            file.write(SOURCE)
        subprocess.run([tool["kiln-as"], path("gemm.s"), "-o", path("gemm.o")], check=True)
        subprocess.run([tool["kiln-ld"], path("gemm.o"), "-o", path("gemm")], check=True)
        generator = numpy.random.default_rng(1)
        a, b = (generator.integers(-128, 128, (SIZE, SIZE), dtype=numpy.int8) for _ in range(2))
        numpy.save(path("a.npy"), pack(a, 64))
        numpy.save(path("b.npy"), pack(b.T, 64))
        best = None
        for _ in range(options.repeat):
            begin = time.monotonic()
            done = subprocess.run([tool["kiln-sim"], path("gemm"), "--call", "gemm", "--arg", f"in:{path('a.npy')}", "--arg",
                                   f"in:{path('b.npy')}", "--arg", f"out:{path('c.npy')}:int32:{SIZE}x{SIZE}", "--stats=json"],
                                  stdout=subprocess.PIPE, check=True)
            spent = time.monotonic() - begin
            best = spent if best is None else min(best, spent)
        if not numpy.array_equal(numpy.load(path("c.npy")), a.astype(numpy.int32) @ b.astype(numpy.int32)):
            sys.exit("a different product")
        report = json.loads(done.stdout)
    print(f"{report['instructions']} instructions, {report['cycles']} cycles, {report['percent_of_peak']:.1f} % of peak")
    print(f"{best:.2f} s, {SIZE ** 3 / best / 1e9:.2f} billion multiply-accumulates a second")
    if options.require and best >= 2:
        sys.exit("not under 2 s")


if __name__ == "__main__":
    main()
