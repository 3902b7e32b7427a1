#!/usr/bin/env python3
"""Compares the timing of whole blocks by schedule with that of one instruction after another (--stepwise).

usage: schedules.py BIN_FOLDER [--seed N] [--programs N] [--keep FOLDER]

Random programs with loops, calls, indirect jumps and data-dependent branches; scalar, vector and atomic accesses to hot
and cold lines of DRAM and to the scratchpad, aligned or not; traps that a handler skips; transfers and drains under way
meanwhile; code that is changed and flushed. Both ways must give the same result and the same report, to the last count.
Each program runs on k1, k0 and a machine with unusual numbers, and is cut short by limits as well.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile

# s0..s3 hold areas, s4 a random number, s5 the sum, s6.. loop counters.
AREAS = {"s0": "hot", "s1": "cold", "s2": "pad", "s3": "far"}
SCALARS = ["t0", "t1", "t2", "t3", "t4", "t5", "a0", "a1", "a2", "a3", "a4"]
FLOATS = [f"ft{i}" for i in range(6)]
UNUSUAL = """like = k1
name = unusual
latency.alu = 2
latency.mul = 5
latency.div = 70
latency.fpu = 7
branch.miss = 9
spm.scalar = 5
cache.hit = 2
cache.line = 32
l1i.size = 256
l1d.size = 512
cache.ways = 2
cache.misses = 1
"""


class Program:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.lines = []
        self.labels = 0

    def label(self):
        self.labels += 1
        return f".L{self.labels}"

    def emit(self, *lines):
        self.lines.extend("    " + line for line in lines)

    def x(self):
        return self.rng.choice(SCALARS)

    def simple(self):
        rng = self.rng
        kind = rng.randrange(12)
        if kind < 5:
            self.emit(f"{rng.choice(['add', 'sub', 'xor', 'addw', 'sltu', 'sh1add', 'maxu'])} {self.x()}, {self.x()}, {self.x()}")
        elif kind < 7:
            self.emit(f"{rng.choice(['addi', 'andi', 'xori'])} {self.x()}, {self.x()}, {rng.randrange(-500, 500)}")
        elif kind == 7:
            self.emit(f"{rng.choice(['mul', 'mulw', 'mulhu'])} {self.x()}, {self.x()}, {self.x()}")
        elif kind == 8 and rng.randrange(3) == 0:
            self.emit(f"{rng.choice(['div', 'remu', 'divw'])} {self.x()}, {self.x()}, {self.x()}")
        elif kind == 9:
            f = [rng.choice(FLOATS) for _ in range(4)]
            self.emit(rng.choice([f"fadd.d {f[0]}, {f[1]}, {f[2]}", f"fmadd.d {f[0]}, {f[1]}, {f[2]}, {f[3]}",
                                  f"fcvt.d.l {f[0]}, {self.x()}", f"feq.d {self.x()}, {f[1]}, {f[2]}",
                                  f"fdiv.s {f[0]}, {f[1]}, {f[2]}", f"fmv.x.d {self.x()}, {f[1]}"]))
        elif kind == 10:
            self.emit(f"auipc {self.x()}, {rng.randrange(4)}")
        else:
            self.emit(f"lui {self.x()}, {rng.randrange(1 << 20)}", "li t6, 6364136223846793005", "mul s4, s4, t6", "addi s4, s4, 1442")

    def access(self):
        rng = self.rng
        base = rng.choice(["s0", "s0", "s0", "s1", "s2", "s3", "sp", "a5"])
        if base == "a5":  # a random place in the cold area
            self.emit("srli a5, s4, 40", "add a5, a5, s1")
        if base == "s3" and rng.randrange(2):  # walks
            self.emit(f"addi s3, s3, {rng.choice([8, 8, 16, 64, 72, 256])}")
        loads = {"lb": 1, "lhu": 2, "lw": 4, "lwu": 4, "ld": 8, "fld": 8, "flw": 4, "flh": 2}
        stores = {"sb": 1, "sh": 2, "sw": 4, "sd": 8, "fsd": 8, "fsw": 4}
        name, size = rng.choice(list((loads if rng.randrange(3) else stores).items()))
        offset = rng.randrange(0, 512) if rng.randrange(12) == 0 else rng.randrange(0, 512) // size * size
        self.emit(f"{name} {rng.choice(FLOATS) if name[0] == 'f' else self.x()}, {offset}({base})")

    def special(self):
        rng = self.rng
        kind = rng.randrange(12)
        if kind == 0:
            self.emit("rdcycle t6", "add s5, s5, t6")
        elif kind == 1:
            self.emit(f"vsetvli t6, zero, e{rng.choice([8, 16, 32])}, m{rng.choice([1, 2])}, ta, ma",
                      f"vle8.v v{rng.choice([2, 4])}, ({rng.choice(['s0', 's2', 's1'])})",
                      "vadd.vv v6, v2, v4", f"vse8.v v6, ({rng.choice(['s0', 's2'])})")
        elif kind == 2:
            self.emit(f"{rng.choice(['amoadd.w', 'amoswap.d'])} {self.x()}, {self.x()}, (s0)")
        elif kind == 3:
            self.emit("la t6, hot" if rng.randrange(2) else "la t6, pad", f"addi t6, t6, {64 * rng.randrange(8)}", "kd.src t6",
                      f"li t6, {rng.choice([64, 512, 4096])}", "kd.dim 0, t6, zero, zero", "la t6, pad2", "kd.dst t6", "kd.start t6",
                      *(["kd.wait t6"] if rng.randrange(2) else []))
        elif kind == 4:
            self.emit("kt.mopa.ss.1x1 acc0, v2, v4", "la t6, descriptor", "kt.dcfg t6", "li t6, 64", "kt.drain.1x1 acc0, (s2), t6",
                      *(["fence"] if rng.randrange(2) else []))
        elif kind == 5:
            self.emit("li t6, 8", rng.choice(["lw t5, 0(t6)", "sd t5, 0(t6)", "fld ft0, 0(t6)", "amoadd.w t5, t5, (s5)"]))  # traps
        elif kind == 6:
            self.emit(f".word {rng.choice(['0xffffffff', '0x0000002b'])}")  # illegal, or nobody's
        elif kind == 7:
            done = self.label()
            self.emit(f"la t6, {done}", "jr t6")
            self.simple()
            self.lines.append(f"{done}:")
        elif kind == 8:
            self.emit(f"call leaf{rng.randrange(3)}")
        elif kind == 9:  # one of two functions
            self.emit("srli t6, s4, 60", "andi t6, t6, 1", "slli t6, t6, 3", "la a5, table", "add a5, a5, t6", "ld a5, 0(a5)", "jalr a5")
        elif kind == 10 and rng.randrange(8) == 0:
            self.emit("la t6, leaf0", "lw a5, 0(t6)", "sw a5, 0(t6)", "fence.i")
        else:
            self.emit(f".rept {rng.randrange(40, 160)}", "addi a4, a4, 1", ".endr")  # a long block

    def body(self, depth, size):
        rng = self.rng
        for _ in range(size):
            kind = rng.randrange(20)
            if kind < 10:
                self.simple()
            elif kind < 15:
                self.access()
            elif kind < 17:
                skip = self.label()
                if rng.randrange(2):
                    self.emit(f"srli t6, s4, {rng.randrange(33, 60)}", "andi t6, t6, 1", f"beqz t6, {skip}")
                else:
                    self.emit(f"{rng.choice(['beq', 'bltu', 'bge'])} {self.x()}, {self.x()}, {skip}")
                self.body(depth + 2, rng.randrange(1, 4))
                self.lines.append(f"{skip}:")
            elif kind < 18:
                if rng.randrange(3) == 0:
                    self.special()
            elif depth < 2:
                counter = f"s{6 + depth}"
                again = self.label()
                self.emit(f"li {counter}, {rng.choice([2, 5, 30])}")
                self.lines.append(f"{again}:")
                self.body(depth + 1, rng.randrange(2, 10))
                self.emit(f"addi {counter}, {counter}, -1", f"bnez {counter}, {again}")

    def text(self):
        self.emit(".option norelax") if self.rng.randrange(2) else None
        self.body(0, 30)
        inner, self.lines = "\n".join(self.lines), []
        leaves = []
        for i in range(3):
            self.body(2, 4)
            leaves.append(f"    .balign {self.rng.choice([2, 4, 64])}\nleaf{i}:\n" + "\n".join(
                line for line in self.lines if "call" not in line and "jalr" not in line) + "\n    ret")
            self.lines = []
        return PROLOGUE + inner + EPILOGUE + "\n".join(leaves) + DATA


PROLOGUE = """
    .option arch, +zba
    .globl main
main:
    addi sp, sp, -640
    sd ra, 512(sp)
    la t0, handler
    csrw mtvec, t0
    la s0, hot
    la s1, cold
    la s2, pad
    li s4, 12345
    li s5, 0
    li s10, 6
outer:
    la s3, cold
"""
EPILOGUE = """
    addi s10, s10, -1
    beqz s10, 1f
    j outer
1:
    add a0, s5, t0
    add a0, a0, t1
    add a0, a0, a1
    rdcycle t0
    add a0, a0, t0
    ld ra, 512(sp)
    addi sp, sp, 640
    ret

    .balign 4
handler:                      # skips the instruction
    csrr t6, mepc
    lhu t5, 0(t6)
    andi t5, t5, 3
    addi t5, t5, -3
    seqz t5, t5
    slli t5, t5, 1
    addi t5, t5, 2
    add t6, t6, t5
    csrw mepc, t6
    mret
"""
DATA = """
    .data
    .balign 64
hot:
    .space 1024
descriptor:
    .space 64
table:
    .quad leaf1, leaf2
    .bss
    .balign 64
cold:
    .space 0x1100000
    .section .spm.schedules, "aw", @nobits
    .balign 64
pad:
    .space 8192
pad2:
    .space 8192
"""


def run(command, folder):
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")


def must(command, folder):
    done = run(command, folder)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")


def compare(simulator, extra, folder, what):
    """Returns the instructions executed."""
    command = [simulator, *extra, "random.elf", "--call", "main", "--ret", "u64", "--stats=json"]
    fast, slow = run(command, folder), run([*command, "--stepwise"], folder)
    if (fast.returncode, fast.stdout, fast.stderr) != (slow.returncode, slow.stdout, slow.stderr):
        print(f"{what}: {' '.join(command)}: exit codes {fast.returncode}, {slow.returncode}")
        for a, b in zip((fast.stdout + fast.stderr).splitlines(), (slow.stdout + slow.stderr).splitlines()):
            if a != b:
                print(f"  {a.strip()}    stepwise: {b.strip()}")
        sys.exit(1)
    if fast.returncode not in (0, 121, 122):
        sys.exit(f"{what}: {' '.join(command)}: exit code {fast.returncode}\n{fast.stderr}")
    return int(fast.stdout.split('"instructions":')[1].split(",")[0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programs", type=int, default=5)
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    tools = {name: os.path.abspath(os.path.join(arguments.bin, name)) for name in ("kiln-as", "kiln-ld", "kiln-sim")}
    instructions = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or temporary
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "unusual.machine"), "w") as file:
            file.write(UNUSUAL)
        for seed in range(arguments.seed, arguments.seed + arguments.programs):
            with open(os.path.join(folder, "random.s"), "w") as file:
                file.write(Program(seed).text())
            for machine in ("-mcpu=k1", "-mcpu=k0", "--machine=unusual.machine"):
                must([tools["kiln-as"], machine, "random.s", "-o", "random.o"], folder)
                must([tools["kiln-ld"], machine, "random.o", "-o", "random.elf"], folder)
                what = f"seed {seed}"
                count = compare(tools["kiln-sim"], [machine], folder, what)
                instructions += count
                for limit in (f"--max-instructions={count // 3 + 1}", f"--max-cycles={count}"):
                    compare(tools["kiln-sim"], [machine, limit], folder, what)
    print(f"{instructions} instructions take the same time by schedule and one by one")


main()
