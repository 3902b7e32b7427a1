#!/usr/bin/env python3
"""vector.py BUILD [--repeat N] [--rounds N] [--only NAME] [--require]: kiln-sim's speed beside qemu-riscv64's on vector code.

Small loops over arrays (VLEN 512), the same instructions on both, without timing as QEMU has none, and with it. Prints millions of
instructions a second; an empty run is taken off. All results are compared, by a sum over the output array. bf16 arithmetic, which QEMU 7 does
not have, is shown alone. With --require, exits 1 when any kernel runs at less than 4 times QEMU's rate (without timing)."""
import argparse
import json
import os
import subprocess
import sys
import tempfile

from bench import seconds

# Each: SEW, LMUL, and the loop over the arrays a0 (in), a1 (in), a2 (out) of a3 elements; t0 is vl. `b` stands for the width of loads.
ADVANCE = "sub a3, a3, t0; slli t1, t0, {shift}; add a0, a0, t1; add a1, a1, t1; add a2, a2, t1"
PLAIN = "vsetvli t0, a3, e{sew}, m{lmul}, ta, ma; vle{sew}.v v8, (a0); vle{sew}.v v16, (a1); {work}; vse{sew}.v v24, (a2); " + ADVANCE
REDUCED = "vsetvli t0, a3, e{sew}, m{lmul}, ta, ma; vle{sew}.v v8, (a0); vle{sew}.v v16, (a1); {work}; " + ADVANCE
STRIDED = ("vsetvli t0, a3, e{sew}, m{lmul}, ta, ma; li t2, 12; vlse{sew}.v v8, (a0), t2; vadd.vx v24, v8, t0; vse{sew}.v v24, (a2); "
           + ADVANCE)
STRIDED_STORE = ("vsetvli t0, a3, e{sew}, m{lmul}, ta, ma; vle{sew}.v v8, (a0); li t2, 8; vadd.vx v24, v8, t0; vsse{sew}.v v24, (a2), t2; "
                 + ADVANCE)
SEGMENTS = "vsetvli t0, a3, e{sew}, m{lmul}, ta, ma; vlseg4e{sew}.v v8, (a0); vadd.vv v24, v8, v10; vse{sew}.v v24, (a2); " + ADVANCE
GATHER = ("vsetvli t0, a3, e{sew}, m{lmul}, ta, ma; vid.v v16; vsll.vi v16, v16, 3; vluxei{sew}.v v8, (a0), v16; vse{sew}.v v8, (a2); "
          + ADVANCE)
KERNELS = {
    "int8 add, max": (8, PLAIN, "vadd.vv v24, v8, v16; vmax.vx v24, v24, zero"),
    "int8 requantize": (8, PLAIN, "vsadd.vv v24, v8, v16; vssra.vi v24, v24, 2; vmin.vv v24, v24, v8; vxor.vv v24, v24, v16"),
    "int16 multiply-add": (16, PLAIN, "vmul.vv v24, v8, v16; vmacc.vv v24, v8, v16; vsra.vi v24, v24, 3"),
    "int32 multiply-add": (32, PLAIN, "vmul.vv v24, v8, v16; vmacc.vv v24, v8, v16; vadd.vx v24, v24, t0"),
    "int32 sum": (32, REDUCED, "vadd.vv v8, v8, v16; vredsum.vs v0, v8, v0; vredmax.vs v1, v16, v1"),
    "fp32 a*x + y": (32, PLAIN, "vfmul.vf v24, v8, fa0; vfadd.vv v24, v24, v16; vfmacc.vf v24, fa0, v16"),
    "fp32 dot": (32, REDUCED, "vfmul.vv v8, v8, v16; vfredusum.vs v0, v8, v0"),
    "fp32 relu": (32, PLAIN, "vfmax.vf v24, v8, fa1; vfmin.vv v24, v24, v16"),
    "fp64 a*x + y": (64, PLAIN, "vfmul.vf v24, v8, fa2; vfmacc.vv v24, v8, v16"),
    "fp16 a*x + y": (16, PLAIN, "vfmul.vf v24, v8, fa3; vfadd.vv v24, v24, v16; vfmacc.vv v24, v8, v16"),
    "fp16 to fp32 and back": (16, PLAIN, "vfwcvt.f.f.v v0, v8; vfncvt.f.f.w v24, v0"),
    "fp32 to int and back": (32, PLAIN, "vfcvt.x.f.v v24, v8; vfcvt.f.x.v v24, v24; vfadd.vv v24, v24, v16"),
    "widening int8": (8, PLAIN, "vwmul.vv v0, v8, v16; vwmacc.vv v0, v8, v16; vnsra.wi v24, v0, 4"),
    "widening int16": (16, PLAIN, "vwadd.vv v0, v8, v16; vwadd.wv v0, v0, v16; vnclip.wi v24, v0, 4"),
    "masked int32": (32, PLAIN, "vmslt.vv v0, v8, v16; vadd.vv v24, v8, v16; vadd.vx v24, v24, t0, v0.t; vmerge.vvm v24, v24, v8, v0"),
    "masked fp32": (32, PLAIN, "vmflt.vv v0, v8, v16; vfadd.vv v24, v8, v16; vfmul.vv v24, v24, v16, v0.t"),
    "slide and gather": (32, PLAIN, "vslidedown.vi v0, v8, 3; vslide1up.vx v24, v0, t0; vadd.vv v24, v24, v16"),
    "strided load int32": (32, STRIDED, ""),
    "strided store int32": (32, STRIDED_STORE, ""),
    "strided load int8": (8, STRIDED, ""),
    "segments of 4 int8": (8, SEGMENTS, ""),
    "gather int32": (32, GATHER, ""),
}
ALONE = {"bf16 multiply-add into fp32": (16, PLAIN, "vfwmaccbf16.vv v0, v8, v16; vfncvtbf16.f.f.w v24, v0")}
ELEMENTS = 2048
SOURCE = """
    .bss
    .balign 64
in1: .space 65536
in2: .space 65536
out: .space 65536
    .text
    .globl workload
workload:
    addi sp, sp, -16
    sd ra, 0(sp)
    la a0, in1
    li a1, 2 * 65536 / 8
    li a2, 88172645463325252
    li a4, 0x3fff3fff3fff3fff    # small numbers of every type, none subnormal
    li a6, 0x3c003c003c003c00
1:  slli a3, a2, 13
    xor a2, a2, a3
    srli a3, a2, 7
    xor a2, a2, a3
    slli a3, a2, 17
    xor a2, a2, a3
    and a3, a2, a4
    or a3, a3, a6
    sd a3, 0(a0)
    addi a0, a0, 8
    addi a1, a1, -1
    bnez a1, 1b
    li a0, 0x3fc00000
    fmv.w.x fa0, a0
    fmv.w.x fa1, zero
    fcvt.d.s fa2, fa0
    li a0, 0x3e00
    fmv.h.x fa3, a0
    vsetvli t0, zero, e64, m1, ta, ma
    vmv.v.i v0, 0
    vmv.v.i v1, 0
    li a5, {rounds}
    beqz a5, 4f
2:  la a0, in1
    la a1, in2
    la a2, out
    li a3, {elements}
3:  {loop}
    bnez a3, 3b
    addi a5, a5, -1
    bnez a5, 2b
4:  la a0, out
    vsetvli t0, zero, e64, m1, ta, ma
    vse64.v v0, (a0)         # what reductions are in
    li a1, 65536 / 8
    li a2, 0
5:  ld a3, 0(a0)
    slli a2, a2, 1
    add a2, a2, a3
    addi a0, a0, 8
    addi a1, a1, -1
    bnez a1, 5b
    srli a0, a2, 40
    add a0, a0, a2
    andi a0, a0, 127
    ld ra, 0(sp)
    addi sp, sp, 16
    ret
    .globl _start
_start:
    call workload
    li a7, 93
    ecall
"""


def build(options, folder, kernel, lmul, rounds):
    sew, loop, work = kernel
    text = SOURCE.format(rounds=rounds, elements=ELEMENTS,
                         loop=loop.replace("{work}", work).format(sew=sew, lmul=lmul, shift=(sew // 8).bit_length() - 1))
    source, compiled = os.path.join(folder, "kernel.s"), os.path.join(folder, "kernel.o")
    user, bare = os.path.join(folder, f"user{rounds}"), os.path.join(folder, f"bare{rounds}")
    with open(source, "w") as file:
        file.write(text)
    subprocess.run([os.path.join(options.build, "bin", "kiln-as"), source, "-o", compiled], check=True)
    subprocess.run(["ld.lld-22", "--image-base=0x80000000", compiled, "-o", user], check=True)
    subprocess.run([os.path.join(options.build, "bin", "kiln-ld"), "-o", bare, compiled], check=True)
    return user, bare


def measure(options, folder, name, kernel, lmul, with_qemu):
    simulator = os.path.join(options.build, "bin", "kiln-sim")
    programs = {rounds: build(options, folder, kernel, lmul, rounds) for rounds in (0, options.rounds)}
    call = ["--call", "workload", "--ret", "u32"]
    counts = {}
    for rounds, (_, bare) in programs.items():
        done = subprocess.run([simulator, bare, *call, "--no-timing", "--stats=json"], stdout=subprocess.PIPE, text=True, check=True)
        result, report = done.stdout.split("\n", 1)
        counts[rounds] = json.loads(report)["instructions"]
    instructions = counts[options.rounds] - counts[0]
    cpu = "rv64,v=true,Zfh=true,vlen=512,vext_spec=v1.0"
    runners = {"qemu": lambda rounds: ["qemu-riscv64", "-cpu", cpu, programs[rounds][0]]} if with_qemu else {}
    runners["functional"] = lambda rounds: [simulator, programs[rounds][1], *call, "--no-timing"]
    runners["timing"] = lambda rounds: [simulator, programs[rounds][1], *call]
    rates = {}
    for runner, command in runners.items():
        spent, done = seconds(command(options.rounds), options.repeat)
        empty, _ = seconds(command(0), options.repeat)
        if not (done.returncode == int(result) if runner == "qemu" else done.stdout.strip() == result):
            sys.exit(f"{name}: a different result under {runner}: {done.returncode} {done.stdout.strip()}, expected {result}")
        rates[runner] = instructions / max(spent - empty, 1e-9) / 1e6
    share = rates["functional"] / rates["qemu"] if with_qemu else None
    print(f"{name:30s} m{lmul} {rates.get('qemu', 0):9.1f} {rates['functional']:9.1f} {rates['timing']:9.1f}"
          f"   {f'{share:6.2f}' if share else '     -'}", flush=True)
    return share


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--only")
    parser.add_argument("--require", action="store_true")
    options = parser.parse_args()
    print(f"{'millions of instructions/s':33s} {'QEMU':>9s} {'kiln-sim':>9s} {'timing':>9s}    times QEMU's, without timing")
    slow = []
    with tempfile.TemporaryDirectory(prefix="kiln-bench-") as folder:
        for name, kernel in {**KERNELS, **ALONE}.items():
            for lmul in (1, 2):
                if options.only and options.only not in name:
                    continue
                share = measure(options, folder, name, kernel, lmul, name in KERNELS)
                if share and share < 4:
                    slow.append(f"{name} m{lmul}")
    if slow and options.require:
        sys.exit("below 4 times QEMU's rate: " + ", ".join(slow))


if __name__ == "__main__":
    main()
