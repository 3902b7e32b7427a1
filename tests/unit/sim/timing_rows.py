#!/usr/bin/env python3
"""Measures each row of the timing tables by a small loop and compares it with the machine description.

usage: timing_rows.py BIN_FOLDER MACHINE_FILE

Each measurement is a function that runs a body N times in a row, between two reads of the cycle counter, once to
warm the caches and once for the result. Two values of N give the cycles of one body without what is around it.
"""

import json
import os
import subprocess
import sys
import tempfile

SMALL, LARGE = 16, 48


def read_machine(path):
    values = {}
    with open(path) as file:
        for line in file:
            line = line.split("#")[0].strip()
            if line:
                key, value = (part.strip() for part in line.split("="))
                values[key] = value if key == "name" else float(value) if "." in value else int(value, 0)
    return values


class Row:
    """One measurement: its name, the body, the cycles expected, what is set up before, what ends the chain."""

    def __init__(self, name, body, expected, setup="", finish="", counts=(SMALL, LARGE)):
        self.name, self.body, self.expected = name, body, expected
        self.setup, self.finish, self.counts = setup, finish, counts


def function(name, row, count):
    body = row.body if isinstance(row.body, str) else row.body(count)
    repeated = f".rept {count}\n{body}\n.endr" if isinstance(row.body, str) else body
    return f"""
    .globl {name}
    .balign 64
{name}:
    addi sp, sp, -16
    sd s0, 0(sp)
    li s0, 2
{name}_again:
    {row.setup}
    fence
    rdcycle a6
    {repeated}
    {row.finish}
    rdcycle a7
    addi s0, s0, -1
    bnez s0, {name}_again
    sub a0, a7, a6
    ld s0, 0(sp)
    addi sp, sp, 16
    ret
"""


PRELUDE = """
    .section .spm.area, "aw", @nobits
    .balign 4096
spm:
    .space 16384
    .balign __machine_spm_size / __machine_spm_banks
bank1:
    .space 16384
    .data
    .balign 4096
dram:
    .space 65536
chase:
    .zero 8
drain_raw:
    .balign 64
    .zero 64
drain_q8:
    .byte 1, 0, 0, 0
    .word 0, -128, 127
    .dword 0, multiplier, shift, 0
    .word 0, 0
    .dword 0
multiplier:
    .rept 32
    .word 1 << 30
    .endr
shift:
    .rept 32
    .byte 30
    .endr
    .balign 4096
far:
    .rept 40
    .dword . + 8192 + 64
    .zero 8192 + 64 - 8
    .endr
    .text
"""

VX = "vsetvli t0, zero, e{sew}, {lmul}, ta, ma"


def rows(m):
    tile = m["vlen"] // 32
    width = m["issue.width"]
    lanes = m["spm.lanes"]
    pair = 1 if width >= 2 else 2
    vlenb = m["vlen"] // 8
    line, beat = m["cache.line"], m["dram.bandwidth"]

    def vector(elements, sew):
        return max(1, -(-elements * sew // m["valu.width"]))

    def vl(lmul, sew):
        return m["vlen"] * lmul // sew

    sync = "vmv.x.s t3, v8\nadd t3, t3, zero"
    e32 = VX.format(sew=32, lmul="m1")
    spm = f"{e32}\nla a0, spm\nla a1, bank1"
    busy = "vmv.x.s t3, v24\nadd t3, t3, zero"
    return [
        # Scalar latencies by chains, throughputs by independent instructions.
        Row("integer ALU latency", "add t0, t0, t0", m["latency.alu"]),
        Row("two independent ALU instructions", "addi t0, x0, 1\naddi t1, x0, 1", pair),
        Row("ALU and FPU pair", "addi t0, x0, 1\nfadd.s ft0, fa0, fa1", pair),
        Row("ALU and load pair", "addi t0, x0, 1\nld t1, 0(a0)", pair, setup="la a0, spm"),
        Row("two multiplications share a unit", "mul t0, x0, x0\nmul t1, x0, x0", 2),
        Row("MUL latency", "mul t0, t0, t0", m["latency.mul"]),
        Row("DIV latency", "div t0, t0, t1", m["latency.div"]),
        Row("DIV is not pipelined", "div t0, t1, t2\ndiv t3, t1, t2", 2 * m["latency.div"]),
        Row("FP add latency", "fadd.d ft0, ft0, fa0", m["latency.fpu"]),
        Row("FP fma latency", "fmadd.s ft0, ft0, fa0, fa1", m["latency.fpu"]),
        Row("FP is pipelined", "fmul.d ft0, fa0, fa1", 1),
        Row("FP divide latency", "fdiv.d ft0, ft0, fa0", m["latency.fdiv"]),
        Row("FP divide is pipelined", "fdiv.d ft0, fa0, fa1", 1),
        Row("FP compare to integer", "feq.d t0, ft0, fa0\nfcvt.d.l ft0, t0", 2 * m["latency.fpu"]),
        Row("L1D load to use", "ld a0, 0(a0)", m["cache.hit"], setup="la a0, chase\nsd a0, 0(a0)"),
        Row("scratchpad load to use, scalar", "ld a0, 0(a0)", m["spm.scalar"], setup="la a0, spm\nsd a0, 0(a0)"),
        Row("loads share a port", "ld t0, 0(a0)\nld t1, 8(a0)", 2, setup="la a0, spm"),
        Row("load and store to different banks", "ld t0, 0(a0)\nsd t1, 0(a1)",
            pair, setup="la a0, spm\nla a1, bank1"),
        Row("load and store to one bank", "ld t0, 0(a0)\nsd t1, 64(a0)", 2, setup="la a0, spm"),
        # The vector unit.
        Row("VALU latency", "vadd.vv v8, v8, v8", m["valu.latency"], setup=e32, finish=sync),
        Row("VALU, one register", "vadd.vv v24, v8, v8", vector(vl(1, 32), 32), setup=e32, finish=busy),
        Row("VALU, eight registers", "vadd.vv v24, v8, v16", vector(vl(8, 32), 32),
            setup=VX.format(sew=32, lmul="m8"), finish=busy),
        Row("VALU chaining register by register", "vadd.vv v8, v24, v24\nvadd.vv v16, v8, v8", 2 * vector(vl(8, 32), 32),
            setup=VX.format(sew=32, lmul="m8"), finish="vmv.x.s t3, v16\nadd t3, t3, zero"),
        Row("widest operand counts", "vwadd.vv v24, v8, v9", vector(vl(1, 16), 32),
            setup=VX.format(sew=16, lmul="m1"), finish=busy),
        Row("vector divide", "vdiv.vv v24, v8, v9", m["valu.divide"] * vector(vl(1, 32), 32), setup=e32, finish=busy),
        Row("vector reduction", "vredsum.vs v24, v8, v9", vector(vl(1, 32), 32) + m["valu.reduction"],
            setup=e32, finish=busy),
        Row("gather, LMUL 1", "vrgather.vv v24, v8, v9", 1, setup=e32, finish=busy),
        Row("gather, LMUL 2", "vrgather.vv v24, v8, v10", 4, setup=VX.format(sew=32, lmul="m2"), finish=busy),
        Row("gather, LMUL 4", "vrgather.vv v24, v8, v12", 16, setup=VX.format(sew=32, lmul="m4"), finish=busy),
        # Vector memory.
        Row("scratchpad vector load to use", "vle32.v v8, (a0)\nvmv.x.s t0, v8\nadd a0, a0, t0",
            m["spm.vector"] + m["valu.latency"] + m["latency.alu"], setup=spm),
        Row("unit stride", "vle32.v v8, (a0)", vlenb // m["vector.port"], setup=spm),
        Row("unit stride, not aligned to the lanes", "vle32.v v8, (a0)", vlenb // m["vector.port"], setup=spm + "\naddi a0, a0, 4"),
        Row("stride of all lanes", "vlse32.v v8, (a0), a2", vl(1, 32), setup=spm + f"\nli a2, {4 * lanes}"),
        Row("odd stride", "vlse32.v v8, (a0), a2", vl(1, 32) // lanes, setup=spm + "\nli a2, 20"),
        Row("stride of two words", "vlse32.v v8, (a0), a2", 2 * vl(1, 32) // lanes, setup=spm + "\nli a2, 8"),
        Row("stride of zero", "vlse32.v v8, (a0), zero", vlenb // m["vector.port"], setup=spm),
        Row("vector store", "vse32.v v8, (a0)", vlenb // m["vector.port"], setup=spm),
        Row("load and store of one bank take turns", "vle32.v v8, (a0)\nvse32.v v16, (a0)", 2 * vlenb // m["vector.port"], setup=spm),
        Row("load and store of two banks", "vle32.v v8, (a0)\nvse32.v v16, (a1)", max(pair, vlenb // m["vector.port"]), setup=spm),
        Row("vector load, L1D hits", "vle32.v v8, (a0)", max(1, vlenb // line), setup=f"{e32}\nla a0, dram"),
        Row("group load, L1D hits", "vl8re32.v v8, (a0)", max(1, 8 * vlenb // line), setup=f"{e32}\nla a0, dram"),
        # The tile unit.
        Row("outer product, another accumulator each time", "kt.mopa.ss.1x1 acc0, v8, v9\nkt.mopa.ss.1x1 acc1, v8, v9", 2,
            finish="kt.get v24, acc1, zero\n" + busy, setup=e32),
        Row("int8 gap", "kt.mopa.ss.1x1 acc0, v8, v9", m["mopa.integer"], finish="kt.get v24, acc0, zero\n" + busy, setup=e32),
        Row("float gap", "kt.mopa.f.1x1 acc0, v8, v9", m["mopa.float"], finish="kt.get v24, acc0, zero\n" + busy, setup=e32),
        Row("2x4 outer product", "kt.mopa.ss.2x4 acc0, v8, v12", 8, finish="kt.get v24, acc0, zero\n" + busy, setup=e32),
        Row("4x1 outer product", "kt.mopa.ss.4x1 acc0, v8, v12", 4, finish="kt.get v24, acc0, zero\n" + busy, setup=e32),
        Row("kt.zero of four", "kt.zero acc0, 4", 4, finish="kt.get v24, acc3, zero\n" + busy, setup=e32),
        Row("kt.get, a row a cycle", "kt.get v24, acc0, zero", 1, finish=busy, setup=e32),
        Row("kt.get of four rows", "kt.get v24, acc0, zero", 4, finish=busy, setup=VX.format(sew=32, lmul="m4")),
        # Drains.
        Row("raw drain, limited by the port", "kt.drain.1x1 acc0, (a0), a2",
            max(tile * -(-tile // m["drain.results"]), tile * -(-4 * tile // m["drain.bytes"])), finish="fence",
            setup=f"la a0, drain_raw\nkt.dcfg a0\nla a0, spm\nli a2, {4 * tile}"),
        Row("raw drain of 1x4", "kt.drain.1x4 acc0, (a0), a2",
            tile * max(-(-4 * tile // m["drain.results"]), -(-16 * tile // m["drain.bytes"])), finish="fence",
            setup=f"la a0, drain_raw\nkt.dcfg a0\nla a0, spm\nli a2, {16 * tile}"),
        Row("q8 drain of 1x4, limited by the results", "kt.drain.1x4 acc0, (a0), a2",
            tile * max(-(-4 * tile // m["drain.results"]), -(-4 * tile // m["drain.bytes"])), finish="fence",
            setup=f"la a0, drain_q8\nkt.dcfg a0\nla a0, spm\nli a2, {4 * tile}"),
        # DMA.
        # The wait issues when the transfer is complete, the next start a cycle later.
        Row("one transfer: start, latency, streaming", "kd.start t0\nkd.wait t0",
            m["dma.start"] + m["dram.latency"] + 4096 // beat + 1, setup=dma("dram", "spm", 4096)),
        Row("transfers one behind the other", "kd.start t0",
            m["dma.start"] + max(4096 // beat, 4096 // 4 // m["dma.words"]), setup=dma("dram", "spm", 4096), finish="kd.wait t0",
            counts=(4, 8)),
        Row("a beat a run", "kd.start t0", m["dma.start"] + 64, counts=(4, 8), finish="kd.wait t0",
            setup=dma("dram", "spm", 4) + "\nli t1, 64\nli t2, 128\nli t3, 4\nkd.dim 1, t1, t2, t3"),
        Row("scratchpad to scratchpad: both sides", "kd.start t0", m["dma.start"] + 2 * (1024 // 4 // m["dma.words"]),
            counts=(4, 8), finish="kd.wait t0", setup=dma("spm", "bank1", 1024)),
        Row("fill", "kd.fill x0\nkd.start t0", m["dma.start"] + 1024 // 4 // m["dma.words"], counts=(4, 8), finish="kd.wait t0",
            setup=dma("spm", "bank1", 1024)),
    ]


def dma(source, destination, size):
    return f"""la t0, {source}
    kd.src t0
    la t0, {destination}
    kd.dst t0
    li t0, {size}
    kd.dim 0, t0, zero, zero
    li t0, 1
    kd.dim 1, t0, zero, zero"""


# Behaviours that no single loop shows: each a function of the bench that says what is wrong, or nothing.

def check_queue(bench, m):
    """The front end runs ahead by what the unit works on and the entries of its queue."""
    depth = m["issue.queue"]
    setup = VX.format(sew=32, lmul="m1") + "\nvmv.x.s t3, v24\nadd t3, t3, zero"
    text = PRELUDE
    for n in range(1, depth + 5):
        text += function(f"queue_{n}", Row("", "vdiv.vv v24, v8, v9", 0, setup=setup), n)
    bench.build(text, "queue")
    cycles = [bench.call(f"queue_{n}", "queue") for n in range(1, depth + 5)]
    steps = [b - a for a, b in zip(cycles, cycles[1:])]
    # The first starts at once, `depth` wait; the next has to wait for the first to end, the others for theirs.
    busy = m["valu.divide"] * max(1, m["vlen"] // m["valu.width"])
    if steps[:depth] != [1] * depth or steps[depth + 1:] != [busy] * len(steps[depth + 1:]):
        return f"cycles to issue 1 .. {depth + 4} divisions: {cycles}"


def check_misses(bench, m):
    """A load that misses: DRAM latency, the beats of a line, the hit latency."""
    text = PRELUDE + """
    .globl miss
miss:
    la a0, far
    fence
    rdcycle a6
    .rept 32
    ld a0, 0(a0)
    .endr
    add a0, a0, zero
    rdcycle a7
    sub a0, a7, a6
    ret
"""
    bench.build(text, "miss")
    cycles = bench.call("miss", "miss") / 32
    expected = m["dram.latency"] + m["cache.line"] // m["dram.bandwidth"] + m["cache.hit"]
    if abs(cycles - expected) > 1.5 + 4 * m["dram.latency"] / 32:  # the code itself is fetched as well
        return f"{cycles} cycles a miss, expected {expected}"


def check_branches(bench, m):
    """Every mispredicted branch loses branch.miss cycles, a return with its address on the stack none."""
    text = PRELUDE + """
    .globl branches
branches:
    mv a7, ra
    li a0, 64
    li a1, 0
1:  xori a1, a1, 1
    beqz a1, 2f
    nop
2:  addi a0, a0, -1
    call leaf
    bnez a0, 1b
    mv ra, a7
    ret
leaf:
    ret
"""
    bench.build(text, "branches")
    counters = bench.counters("branches", "branches")
    misses, lost = counters["events"]["branch_misses"], counters["stall_cycles"]["branch"]
    # The last return leaves for nowhere and loses nothing any more.
    if misses < 32 or not (misses - 1) * m["branch.miss"] <= lost <= misses * m["branch.miss"]:
        return f"{misses} branches mispredicted, {lost} cycles lost"
    if misses > 32 + 4:
        return f"{misses} branches mispredicted: calls or returns among them"


def check_overlap(bench, m):
    """A transfer behind another hides its DRAM latency, and the core computes meanwhile."""
    text = PRELUDE + f"""
    .globl overlap
overlap:
    {dma("dram", "spm", 4096)}
    kd.start t0
    li a0, 2000
1:  addi a0, a0, -1
    bnez a0, 1b
    fence
    rdcycle a6
    kd.wait t0
    rdcycle a7
    sub a0, a7, a6
    ret
"""
    bench.build(text, "overlap")
    cycles = bench.call("overlap", "overlap")
    if cycles > 4:
        return f"{cycles} cycles to wait for a transfer that is long complete"


CHECKS = [check_queue, check_misses, check_branches, check_overlap]


class Bench:
    def __init__(self, folder, machine_file, temporary):
        self.folder, self.machine_file, self.temporary = folder, machine_file, temporary

    def tool(self, name, *arguments):
        command = [os.path.join(self.folder, name), *arguments]
        done = subprocess.run(command, cwd=self.temporary, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        if done.returncode:
            sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr.decode(errors='replace')}")
        return done.stdout.decode()

    def build(self, text, name="rows"):
        with open(os.path.join(self.temporary, name + ".s"), "w") as file:
            file.write(text)
        machine = "--machine=" + self.machine_file
        self.tool("kiln-as", machine, name + ".s", "-o", name + ".o")
        self.tool("kiln-ld", machine, name + ".o", "-o", name)

    def call(self, function_name, name="rows"):
        return int(self.tool("kiln-sim", "--machine=" + self.machine_file, name, "--call", function_name, "--ret", "i64"))

    def counters(self, function_name, name):
        return json.loads(self.tool("kiln-sim", "--machine=" + self.machine_file, name, "--call", function_name, "--stats=json"))


def main():
    folder, machine_file = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    machine = read_machine(machine_file)
    wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        bench = Bench(folder, machine_file, temporary)
        table = rows(machine)
        text = PRELUDE
        for i, row in enumerate(table):
            for count in row.counts:
                text += function(f"row_{i}_{count}", row, count)
        bench.build(text)
        for i, row in enumerate(table):
            small, large = (bench.call(f"row_{i}_{count}") for count in row.counts)
            cycles = (large - small) / (row.counts[1] - row.counts[0])
            good = cycles == row.expected
            wrong += not good
            print(f"{'ok   ' if good else 'WRONG'} {row.name}: {cycles:g} cycles, expected {row.expected:g}")
        for check in CHECKS:
            problem = check(bench, machine)
            wrong += problem is not None
            print(f"{'ok   ' if problem is None else 'WRONG'} {check.__doc__}{'' if problem is None else ' ' + problem}")
    sys.exit(f"{wrong} of {len(table) + len(CHECKS)} rows differ from the description" if wrong else 0)


main()
