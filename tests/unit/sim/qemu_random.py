#!/usr/bin/env python3
"""Runs random instruction sequences on kiln-sim and on qemu-riscv64 and compares every register, the floating
flags and memory.

usage: qemu_random.py KILN_SIM [--seed N] [--programs N] [--sequences N] [--keep FOLDER]

A program is a chain of sequences. Each starts from registers loaded with interesting values, runs some forty
random instructions of RV64IMAFDC, Zba, Zbb, Zbc, Zbs and Zfh, and appends x0..x31, f0..f31, fcsr and the data area
to a log that is written to standard output by semihosting at the end, which both simulators have.
"""

import argparse
import os
import random
import struct
import subprocess
import sys
import tempfile

# Registers the harness keeps: the log, the data area, an address.
LOG, DATA, ADDRESS = "x31", "x30", "x29"
FREE = [f"x{i}" for i in range(29)]
DATA_BYTES = 256
LOG_BYTES = 32 * 8 + 32 * 8 + 8 + DATA_BYTES

R = """add sub sll slt sltu xor srl sra or and addw subw sllw srlw sraw
mul mulh mulhsu mulhu div divu rem remu mulw divw divuw remw remuw
add.uw sh1add sh2add sh3add sh1add.uw sh2add.uw sh3add.uw
clmul clmulh clmulr andn orn xnor max maxu min minu rol ror rolw rorw bclr bext binv bset""".split()
# Without ctzw, for which QEMU 7.2 looks at all 64 bits.
R2 = "clz clzw ctz cpop cpopw sext.b sext.h zext.h orc.b rev8".split()
I = "addi slti sltiu xori ori andi addiw".split()
SHIFT6 = "slli srli srai slli.uw rori bclri bexti binvi bseti".split()
SHIFT5 = "slliw srliw sraiw roriw".split()
LOADS = {"lb": 1, "lh": 2, "lw": 4, "ld": 8, "lbu": 1, "lhu": 2, "lwu": 4}
STORES = {"sb": 1, "sh": 2, "sw": 4, "sd": 8}
ATOMICS = [f"amo{op}.{w}" for op in "swap add xor and or min max minu maxu".split() for w in "wd"]
FORMATS = "sdh"
MODES = ["rne", "rtz", "rdn", "rup", "rmm", "dyn"]
BRANCHES = "beq bne blt bge bltu bgeu".split()


def interesting_integer(rng):
    kind = rng.randrange(6)
    if kind == 0:
        return rng.choice([0, 1, 2, 2**63, 2**63 - 1, 2**64 - 1, 2**31, 2**31 - 1, 2**32 - 1, 2**64 - 2**31])
    if kind == 1:
        return rng.getrandbits(64) >> rng.randrange(64)
    if kind == 2:
        return -(rng.getrandbits(64) >> rng.randrange(1, 64)) & (2**64 - 1)
    return rng.getrandbits(64)


def interesting_float(rng):
    """64 bits of an f register: a number of one format, often special, usually boxed."""
    width, exponent, fraction = rng.choice([(64, 11, 52), (32, 8, 23), (16, 5, 10)])
    bias = 2 ** (exponent - 1) - 1
    kind = rng.randrange(8)
    top = 2**exponent - 1
    e = rng.randrange(top + 1)
    f = rng.getrandbits(fraction)
    if kind == 0:
        e, f = rng.choice([(0, 0), (top, 0), (top, 1), (top, 2 ** (fraction - 1)), (0, 1), (0, 2**fraction - 1),
                           (1, 0), (top - 1, 2**fraction - 1), (bias, 0), (bias - 1, 0)])
    elif kind == 1:
        e = 0
    elif kind in (2, 3, 4):
        e = min(max(bias + rng.randrange(-6, 7), 0), top)
    elif kind == 5:
        e = min(max(bias + rng.choice([fraction, -fraction, fraction + 1, 30, 31, 32, 62, 63, 64]), 0), top)
        f = f >> rng.randrange(fraction) << rng.randrange(fraction) & (2**fraction - 1)
    bits = rng.getrandbits(1) << (width - 1) | e << fraction | f
    if width < 64 and rng.randrange(16):
        bits |= (2**64 - 1) << width & (2**64 - 1)
    return bits


def mode(rng):
    chosen = rng.choice(MODES)
    return "" if chosen == "dyn" else ", " + chosen


def float_instruction(rng, x, f):
    t = rng.choice(FORMATS)
    kind = rng.randrange(12)
    if kind < 3:
        return f"{rng.choice(['fadd', 'fsub', 'fmul', 'fdiv'])}.{t} {f()}, {f()}, {f()}{mode(rng)}"
    if kind < 5:
        return f"{rng.choice(['fmadd', 'fmsub', 'fnmadd', 'fnmsub'])}.{t} {f()}, {f()}, {f()}, {f()}{mode(rng)}"
    if kind == 5:
        return f"fsqrt.{t} {f()}, {f()}{mode(rng)}"
    if kind == 6:
        return f"{rng.choice(['fsgnj', 'fsgnjn', 'fsgnjx', 'fmin', 'fmax'])}.{t} {f()}, {f()}, {f()}"
    if kind == 7:
        return f"{rng.choice(['feq', 'flt', 'fle'])}.{t} {x()}, {f()}, {f()}"
    if kind == 8:
        return rng.choice([f"fclass.{t} {x()}, {f()}", f"fcvt.{rng.choice(['w', 'wu', 'l', 'lu'])}.{t} {x()}, {f()}{mode(rng)}"])
    if kind == 9:
        i = rng.choice(["w", "wu", "l", "lu"])
        exact = t == "d" and i in ("w", "wu")
        return f"fcvt.{t}.{i} {f()}, {x()}{'' if exact else mode(rng)}"
    if kind == 10:
        to, source = rng.sample(FORMATS, 2)
        narrows = "hsd".index(to) < "hsd".index(source)
        return f"fcvt.{to}.{source} {f()}, {f()}{mode(rng) if narrows else ''}"
    m = {"s": "w", "d": "d", "h": "h"}[t]
    return rng.choice([f"fmv.x.{m} {x()}, {f()}", f"fmv.{m}.x {f()}, {x()}"])


def memory_instruction(rng, x, f):
    kind = rng.randrange(5)
    if kind == 0:
        name, size = rng.choice(list(LOADS.items()))
        return f"{name} {x()}, {rng.randrange(DATA_BYTES - size + 1)}({DATA})"
    if kind == 1:
        name, size = rng.choice(list(STORES.items()))
        return f"{name} {x()}, {rng.randrange(DATA_BYTES - size + 1)}({DATA})"
    if kind == 2:
        name, size = rng.choice([("flw", 4), ("fld", 8), ("flh", 2), ("fsw", 4), ("fsd", 8), ("fsh", 2)])
        return f"{name} {f()}, {rng.randrange(DATA_BYTES - size + 1)}({DATA})"
    name = rng.choice(ATOMICS)
    size = 4 if name.endswith("w") else 8
    start = f"addi {ADDRESS}, {DATA}, {rng.randrange(DATA_BYTES // size) * size}\n"
    if kind == 3:
        return start + f"{name} {x()}, {x()}, ({ADDRESS})"
    w = "w" if size == 4 else "d"
    return start + f"lr.{w} {x()}, ({ADDRESS})\nsc.{w} {x()}, {x()}, ({ADDRESS})"


def instruction(rng, label):
    def x():
        return rng.choice(FREE)

    def f():
        return f"f{rng.randrange(32)}"

    kind = rng.randrange(20)
    if kind < 4:
        return f"{rng.choice(R)} {x()}, {x()}, {x()}"
    if kind == 4:
        return f"{rng.choice(R2)} {x()}, {x()}"
    if kind == 5:
        return f"{rng.choice(I)} {x()}, {x()}, {rng.randrange(-2048, 2048)}"
    if kind == 6:
        return rng.choice([f"{rng.choice(SHIFT6)} {x()}, {x()}, {rng.randrange(64)}",
                           f"{rng.choice(SHIFT5)} {x()}, {x()}, {rng.randrange(32)}"])
    if kind == 7:
        return rng.choice([f"lui {x()}, {rng.getrandbits(20)}", f"auipc {x()}, {rng.getrandbits(20)}"])
    if kind == 8:
        over = "\n".join(f"addi {x()}, {x()}, {rng.randrange(-32, 32)}" for _ in range(rng.randrange(1, 3)))
        return f"{rng.choice(BRANCHES)} {x()}, {x()}, {label}\n{over}\n{label}:"
    if kind == 9:
        # Compressed forms, which the assembler picks where registers and immediates allow.
        a, b = f"x{rng.randrange(8, 16)}", f"x{rng.randrange(8, 16)}"
        return rng.choice([f"and {a}, {a}, {b}", f"sub {a}, {a}, {b}", f"addw {a}, {a}, {b}",
                           f"andi {a}, {a}, {rng.randrange(-32, 32)}", f"srai {a}, {a}, {rng.randrange(1, 64)}",
                           f"slli {a}, {a}, {rng.randrange(1, 64)}", f"li {a}, {rng.randrange(-32, 32)}",
                           f"mv {a}, {b}", f"add {a}, {a}, {b}", f"addiw {a}, {a}, {rng.randrange(-32, 32)}"])
    if kind < 13:
        return memory_instruction(rng, x, f)
    return float_instruction(rng, x, f)


def sequence(rng, number, length):
    lines = [f"la {ADDRESS}, values_{number}"]
    lines += [f"fld f{i}, {8 * i}({ADDRESS})" for i in range(32)]
    lines += [f"ld x{i}, {256 + 8 * i}({ADDRESS})" for i in range(1, 29)]
    lines += [f"ld {ADDRESS}, {256 + 8 * 29}({ADDRESS})", f"fscsr {ADDRESS}"]
    body = [instruction(rng, f".L{number}_{i}") for i in range(length)]
    # A link register that holds an address of the code is the same on both sides: both load at one place.
    lines += body
    lines += [f"sd x{i}, {8 * i}({LOG})" for i in range(32) if i != 31]
    lines += [f"fsd f{i}, {256 + 8 * i}({LOG})" for i in range(32)]
    lines += ["frcsr x1", f"sd x1, 512({LOG})"]
    for i in range(0, DATA_BYTES, 8):
        lines += [f"ld x1, {i}({DATA})", f"sd x1, {520 + i}({LOG})"]
    lines += [f"addi {LOG}, {LOG}, {LOG_BYTES}"]
    values = [interesting_float(rng) for _ in range(32)] + [interesting_integer(rng) for _ in range(29)]
    values.append(rng.randrange(5) << 5)  # fcsr: a rounding mode, no flags
    return lines, body, values


SEMIHOSTING = [".option push", ".option norvc", ".balign 16", "slli x0, x0, 0x1f", "ebreak", "srai x0, x0, 7",
               ".option pop"]


def program(rng, sequences, length):
    text = [".globl _start", "_start:", f"la {LOG}, log", f"la {DATA}, data"]
    bodies, tables = [], []
    for number in range(sequences):
        lines, body, values = sequence(rng, number, length)
        text += lines
        bodies.append(body)
        tables += [f"values_{number}:"] + [f".dword {value:#x}" for value in values]
    text += ["la a1, open_block", "li a0, 1"] + SEMIHOSTING
    text += ["la a1, write_block", "sd a0, 0(a1)", "li a0, 5"] + SEMIHOSTING
    text += ["la a1, exit_block", "li a0, 0x18"] + SEMIHOSTING
    text += [".data", ".balign 16", "open_block: .dword name, 4, 3", f"write_block: .dword 0, log, {sequences * LOG_BYTES}",
             "exit_block: .dword 0x20026, 0", 'name: .asciz ":tt"', ".balign 16", "data:"]
    text += [f".dword {rng.getrandbits(64):#x}" for _ in range(DATA_BYTES // 8)]
    text += tables + [".bss", ".balign 16", f"log: .space {sequences * LOG_BYTES}"]
    return "\n".join(text) + "\n", bodies


def run(command, folder):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def qemu_cpu():
    """The processor with Zfh; version 8 changed how the extension is spelled. Zba, Zbb, Zbc and Zbs are on."""
    version = subprocess.run(["qemu-riscv64", "--version"], stdout=subprocess.PIPE, check=True).stdout.decode()
    return "rv64,Zfh=true" if int(version.split("version ")[1].split(".")[0]) < 8 else "rv64,zfh=true"


def names():
    return ([f"x{i}" for i in range(32)] + [f"f{i}" for i in range(32)] + ["fcsr"]
            + [f"data+{i}" for i in range(0, DATA_BYTES, 8)])


def compare(ours, theirs, bodies, what):
    if len(ours) != len(theirs):
        sys.exit(f"{what}: {len(ours)} bytes of log instead of {len(theirs)}")
    count = LOG_BYTES // 8
    for number, body in enumerate(bodies):
        a = struct.unpack_from(f"<{count}Q", ours, number * LOG_BYTES)
        b = struct.unpack_from(f"<{count}Q", theirs, number * LOG_BYTES)
        wrong = [f"{name}: {u:#018x}, QEMU has {v:#018x}" for name, u, v in zip(names(), a, b) if u != v]
        if wrong:
            print(f"{what}, sequence {number}:")
            print("\n".join("  " + line for line in wrong))
            print("\n".join(body))
            sys.exit(1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("simulator")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programs", type=int, default=4)
    parser.add_argument("--sequences", type=int, default=100)
    parser.add_argument("--length", type=int, default=40)
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    cpu = qemu_cpu()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or temporary
        os.makedirs(folder, exist_ok=True)
        for i in range(arguments.programs):
            seed = arguments.seed + i
            text, bodies = program(random.Random(seed), arguments.sequences, arguments.length)
            with open(os.path.join(folder, "random.s"), "w") as file:
                file.write(text)
            run(["clang-22", "--target=riscv64", "-march=rv64gc_zba_zbb_zbc_zbs_zfh", "-c", "random.s", "-o", "random.o"], folder)
            run(["ld.lld-22", "--image-base=0x80000000", "random.o", "-o", "random.elf"], folder)
            theirs = run(["qemu-riscv64", "-cpu", cpu, "random.elf"], folder)
            for extra in ([], ["--no-timing"]):
                ours = run([os.path.abspath(arguments.simulator), *extra, "random.elf"], folder)
                compare(ours, theirs, bodies, f"seed {seed}")
    total = arguments.programs * arguments.sequences * arguments.length
    print(f"{total} random instructions agree with QEMU")


main()
