#!/usr/bin/env python3
"""Random vector instructions under kiln-sim and qemu-riscv64: all vector registers and CSRs compared after each.

Every instruction runs on its own: fresh register contents, a random vtype, vl, mask, rounding modes and now and
then a vstart. Its word is taken from isa/insns.def with random operand fields, legal or not, so that what is an
illegal instruction is compared as well. The same assembly runs as a Linux program under QEMU and as a bare-metal
function under kiln-sim; both fill one buffer with the state after each instruction.

usage: campaign.py --sim KILN_SIM [--vlen BITS] [--seed N] [--programs N] [--instructions N] [--only REGEX] [--keep FOLDER]
"""

import argparse
import os
import random
import re
import struct
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
POOL_BYTES = 64 * 1024
SCRATCH_BYTES = 4096
STATE_WORDS = 8  # vstart, vl, vtype, fcsr, vcsr, traps, t0, hash of the scratch memory

# Not compared: vset* (every program sets vtype at random anyway, the unit tests look at the rest), what QEMU 7.2
# does not have (bf16), and the conversions with .rtz., on which its translator stops with a failed assertion.
SKIPPED = re.compile(r"^(vset.*|.*bf16.*|.*\.rtz\..*)$")


def instruction_rows():
    """The vector rows of insns.def: (mnemonic, match, mask, format, flags)."""
    pattern = re.compile(
        r'^INSN\((\w+), "([^"]+)", (V|ZVFH), (0x[0-9a-f]+), (0x[0-9a-f]+), (\w+), (\w+), (.*)\)$'
    )
    rows = []
    with open(os.path.join(ROOT, "isa/insns.def"), encoding="utf-8") as source:
        for line in source:
            found = pattern.match(line)
            if found and not SKIPPED.match(found.group(2)):
                rows.append(
                    (
                        found.group(2),
                        int(found.group(4), 16),
                        int(found.group(5), 16),
                        found.group(6),
                        found.group(8),
                    )
                )
    return rows

# After these QEMU 7.2 leaves vstart as it was where nothing is left to do, though every vector instruction ends with
# vstart = 0; and of vmv<n>r.v it copies a negative number of bytes (and crashes) when vstart is behind the end.
KEEPS_VSTART = re.compile(r"^(vfmv\.f\.s|vfmv\.s\.f|vmv\.x\.s|vmv\.s\.x|vslideup.*|vmv[1248]r\.v|vl[1248]re.*|vs[1248]r.*)$")


class Generator:
    def __init__(self, seed, vlen, rows):
        self.random = random.Random(seed)
        self.vlen = vlen
        self.rows = rows
        self.lines = []
        self.about = []

    # ---- Data

    def pool(self):
        """Bytes of several flavours, so that special values meet in all widths."""
        data = bytearray()
        rng = self.random
        halves = [0, 0x8000, 0x3C00, 0xBC00, 0x7C00, 0xFC00, 0x7E00, 0x7D00, 0x0001, 0x83FF, 0x0400, 0x7BFF]
        singles = [
            0, 0x80000000, 0x3F800000, 0xBF800000, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7FA00000, 0xFFC12345,
            1, 0x807FFFFF, 0x00800000, 0x7F7FFFFF, 0x4F000000, 0x4EFFFFFF, 0xCF000000, 0x477FE000, 0x3F000000,
        ]
        doubles = [
            0, 1 << 63, 0x3FF0000000000000, 0xBFF0000000000000, 0x7FF0000000000000, 0xFFF0000000000000,
            0x7FF8000000000000, 0x7FF4000000000000, 1, 0x800FFFFFFFFFFFFF, 0x0010000000000000,
            0x7FEFFFFFFFFFFFFF, 0x43E0000000000000, 0x41DFFFFFFFC00000, 0x47EFFFFFE0000000, 0x3690000000000000,
        ]
        while len(data) < POOL_BYTES:
            flavour = rng.randrange(9)
            for _ in range(16):
                if flavour == 0:
                    data += rng.randbytes(8)
                elif flavour == 1:
                    data += struct.pack("<4H", *[rng.choice(halves) for _ in range(4)])
                elif flavour == 2:
                    data += struct.pack("<2I", *[rng.choice(singles) for _ in range(2)])
                elif flavour == 3:
                    data += struct.pack("<Q", rng.choice(doubles))
                elif flavour == 4:
                    data += bytes(rng.choice([0, 1, 2, 3, 0x7F, 0x80, 0x81, 0xFE, 0xFF]) for _ in range(8))
                elif flavour == 5:
                    # Near one another, so that sums round.
                    data += struct.pack("<2f", *[rng.uniform(-4, 4) for _ in range(2)])
                elif flavour == 6:
                    data += struct.pack("<d", rng.uniform(-1e5, 1e5))
                elif flavour == 7:
                    data += struct.pack("<4e", *[rng.uniform(-100, 100) for _ in range(4)])
                else:
                    data += struct.pack("<Q", rng.randrange(64))
        return bytes(data[:POOL_BYTES])

    @staticmethod
    def indices(rng):
        """512 bytes of small numbers for each width: offsets that stay in the scratch memory."""
        data = b""
        for letter, count in (("B", 1024), ("H", 512), ("I", 256), ("Q", 128)):
            limit = 256 if letter == "B" else 1500
            data += struct.pack(f"<{count}{letter}", *[rng.randrange(limit) for _ in range(count)])
        return data

    # ---- Instructions

    def register(self, multiple):
        if self.random.random() < 0.04:
            multiple = 1
        return self.random.randrange(32 // multiple) * multiple

    def emit(self, text):
        self.lines.append("  " + text)

    def configuration(self, sew, lmul):
        """Sets vtype and vl; lmul is a logarithm."""
        rng = self.random
        vtype = (lmul & 7) | sew << 3 | rng.randrange(4) << 6
        length_max = self.vlen // 8
        length_max = length_max << lmul >> sew if lmul >= 0 else length_max >> -lmul >> sew
        kind = rng.random()
        if kind < 0.45:
            length = length_max
        elif kind < 0.95:
            length = rng.randint(0, length_max)
        else:
            length = 0
        self.emit(f"li t1, {length}")
        self.emit(f"li t2, {vtype}")
        self.emit("vsetvl x0, t1, t2")
        return length

    def prepare(self, flags, fmt, mnemonic):
        rng = self.random
        sew = rng.randrange(4)
        if "ISA_WIDE" in flags and sew == 3 and rng.random() < 0.95:
            sew = rng.randrange(3)
        if mnemonic.startswith(("vf", "vmf")) and sew == 0 and rng.random() < 0.9:
            sew = rng.randrange(1, 4)
        lmul = rng.choice([-3, -2, -1, 0, 0, 1, 1, 2, 2, 3])
        while lmul < 0 and sew > 3 + lmul:
            lmul += 1
        length = self.configuration(sew, lmul)
        self.emit("mv s0, s1")
        for group in range(0, 32, 8):
            self.emit(f"li t1, {rng.randrange((POOL_BYTES - 8 * self.vlen // 8) // 8) * 8}")
            self.emit("add t1, t1, s1")
            self.emit(f"vl8re8.v v{group}, (t1)")
        self.emit(f"csrwi frm, {rng.randrange(5) if rng.random() < 0.98 else 5}")
        self.emit(f"csrwi vxrm, {rng.randrange(4)}")
        self.emit("csrwi fflags, 0")
        self.emit("csrwi vxsat, 0")
        return sew, lmul, length

    def spread(self, lmul):
        return 1 << max(lmul, 0)

    def fields(self, row, sew, lmul):
        """A word of the row, with registers that are mostly legal."""
        mnemonic, match, mask, fmt, flags = row
        rng = self.random
        wide = self.spread(lmul + 1) if lmul < 3 else 8
        same = self.spread(lmul)
        destination = wide if "ISA_WIDE_D" in flags else same
        if "ISA_MASK_D" in flags or "ISA_SCALAR_D" in flags:
            destination = 1
        source = wide if "ISA_WIDE_2" in flags else same
        if "ISA_MASK_S" in flags or "ISA_SCALAR_2" in flags:
            source = 1
        rd = self.register(destination)
        rs1 = self.register(1 if "ISA_SCALAR_1" in flags else same)
        rs2 = self.register(source)
        masked = rng.random() < 0.4
        if masked and rd == 0 and rng.random() < 0.9:
            rd = 16
        if re.search(r"_V[XF]|_MOVE_[XF]|ADD_V[XF]", fmt):
            rs1 = rng.randrange(18, 28)  # s2 .. s11, fs2 .. fs11
        if fmt in ("VECTOR_TO_SCALAR", "VECTOR_FIRST_TO_X", "VECTOR_FIRST_TO_F"):
            rd = 5  # t0, ft5
        word = rd << 7 | rs1 << 15 | rs2 << 20 | (0 if masked else 1) << 25
        return (word & ~mask) | match

    def memory_word(self, row, sew, lmul):
        mnemonic, match, mask, fmt, flags = row
        rng = self.random
        width = {0: 0, 5: 1, 6: 2, 7: 3}[match >> 12 & 7]
        fields = (match >> 29 & 7) + 1
        data_lmul = lmul if "ISA_INDEXED" in flags else lmul + width - sew
        group = self.spread(min(data_lmul, 3))
        if "ISA_WHOLE" in flags:
            group = fields
        rd = self.register(group)
        if "ISA_SEGMENT" in flags and rng.random() < 0.9:
            rd = rng.randrange(max(1, (32 - fields * group) // group + 1)) * group
        masked = rng.random() < 0.4
        if masked and rd == 0 and rng.random() < 0.9:
            masked = False
        self.emit("la a1, scratch + 1024")
        rs2 = 0
        if "ISA_STRIDED" in flags:
            self.emit(f"li a2, {rng.choice([0, 1, 2, 4, 8, -8, 12, 3, -1, 16])}")
            rs2 = 12
        elif "ISA_INDEXED" in flags:
            index_lmul = lmul + width - sew
            count = self.spread(min(index_lmul, 3))
            rs2 = self.register(count)
            self.emit(f"la t1, indices + {1024 * width}")
            for i in range(count):
                if rs2 + i < 32:
                    self.emit(f"vl1re8.v v{rs2 + i}, (t1)")
                    self.emit(f"addi t1, t1, {self.vlen // 8}")
        if "ISA_STORE" in flags or rng.random() < 0.5:
            self.emit(f"addi a1, a1, {rng.randrange(-64, 64)}")
        word = rd << 7 | 11 << 15 | rs2 << 20 | (0 if masked else 1) << 25
        return (word & ~mask) | match

    def instruction(self):
        row = self.random.choice(self.rows)
        mnemonic, _, _, fmt, flags = row
        sew, lmul, length = self.prepare(flags, fmt, mnemonic)
        memory = "ISA_LOAD" in flags or "ISA_STORE" in flags
        if memory and length * 16 * 8 > 8 * 1024 and self.random.random() < 0.9:
            # Strides and segments stay within the scratch memory.
            length = self.random.randrange(min(length, 32) + 1)
            self.emit(f"li t1, {length}")
            self.emit("csrr t2, vtype")
            self.emit("vsetvl x0, t1, t2")
        word = self.memory_word(row, sew, lmul) if memory else self.fields(row, sew, lmul)
        vstart = 0
        if length and self.random.random() < 0.06 and not KEEPS_VSTART.match(mnemonic):
            vstart = self.random.randrange(min(length, 32))
            self.emit(f"csrwi vstart, {vstart}")
        self.emit("li t0, 77")
        self.emit(f".word 0x{word:08x}")
        if fmt == "VECTOR_FIRST_TO_F":
            self.emit("fmv.x.d t0, ft5")
        self.emit("jal t1, dump")
        self.about.append((word, mnemonic, sew, lmul, length, vstart))

    def program(self, count):
        for _ in range(count):
            self.instruction()
        return "\n".join(self.lines)


SCAFFOLD = """
  .attribute arch, "rv64gcv"
  .option norelax
  .text
  .globl {entry}
{prologue}
  .globl run
run:
  addi sp, sp, -112
  sd ra, 0(sp)
  sd s0, 8(sp)
  sd s1, 16(sp)
  sd s2, 24(sp)
  sd s3, 32(sp)
  sd s4, 40(sp)
  sd s5, 48(sp)
  sd s6, 56(sp)
  sd s7, 64(sp)
  sd s8, 72(sp)
  sd s9, 80(sp)
  sd s10, 88(sp)
  sd s11, 96(sp)
{traps}
  la s1, pool
  la t1, scalars
{scalars}
{body}
  ld ra, 0(sp)
  ld s0, 8(sp)
  ld s1, 16(sp)
  ld s2, 24(sp)
  ld s3, 32(sp)
  ld s4, 40(sp)
  ld s5, 48(sp)
  ld s6, 56(sp)
  ld s7, 64(sp)
  ld s8, 72(sp)
  ld s9, 80(sp)
  ld s10, 88(sp)
  ld s11, 96(sp)
  addi sp, sp, 112
  ret

# The state at a0, which moves on.
dump:
  csrr t2, vstart
  sd t2, 0(a0)
  csrwi vstart, 0
  csrr t2, vl
  sd t2, 8(a0)
  csrr t2, vtype
  sd t2, 16(a0)
  csrr t2, fcsr
  sd t2, 24(a0)
  csrr t2, vcsr
  sd t2, 32(a0)
  la t2, traps
  ld a3, 0(t2)
  sd a3, 40(a0)
  sd x0, 0(t2)
  sd t0, 48(a0)
  la t2, scratch
  li a3, {scratch_words}
  li a4, 0
1:
  ld a5, 0(t2)
  slli a6, a4, 5
  sub a4, a6, a4
  add a4, a4, a5
  addi t2, t2, 8
  addi a3, a3, -1
  bnez a3, 1b
  sd a4, 56(a0)
  addi a0, a0, 64
  li t2, {group_bytes}
  vs8r.v v0, (a0)
  add a0, a0, t2
  vs8r.v v8, (a0)
  add a0, a0, t2
  vs8r.v v16, (a0)
  add a0, a0, t2
  vs8r.v v24, (a0)
  add a0, a0, t2
  jr t1
{handler}
  .data
  .balign 64
pool: .incbin "{folder}/pool.bin"
scalars: .incbin "{folder}/scalars.bin"
indices: .incbin "{folder}/indices.bin"
# Long strides leave the scratch memory on both sides.
  .zero 16384
scratch: .incbin "{folder}/scratch.bin"
  .zero 32768
traps: .dword 0
  .bss
  .balign 64
{buffer}
"""

QEMU_PROLOGUE = """
_start:
  la a0, buffer
  jal ra, run
  li s2, {size}
  la s1, buffer
1:
  li a0, 1
  mv a1, s1
  mv a2, s2
  li a7, 64
  ecall
  blez a0, 2f
  add s1, s1, a0
  sub s2, s2, a0
  bnez s2, 1b
2:
  li a0, 0
  li a7, 93
  ecall
"""
QEMU_TRAPS = """
  mv s0, a0
  li a0, 4
  la a1, action
  li a2, 0
  li a3, 8
  li a7, 134
  ecall
  mv a0, s0
"""
# A SIGILL handler: goes on behind the instruction. The program counter is 176 bytes into the ucontext.
QEMU_HANDLER = """
handler:
  ld t0, 176(a2)
  addi t0, t0, 4
  sd t0, 176(a2)
  la t0, traps
  ld t1, 0(t0)
  addi t1, t1, 1
  sd t1, 0(t0)
  ret
  .data
  .balign 8
action: .dword handler, 4, 0, 0
  .text
"""
KILN_TRAPS = """
  la t1, handler
  csrw mtvec, t1
"""
KILN_HANDLER = """
  .balign 4
handler:
  csrr t5, mepc
  addi t5, t5, 4
  csrw mepc, t5
  la t5, traps
  ld t6, 0(t5)
  addi t6, t6, 1
  sd t6, 0(t5)
  csrr t6, mcause
  addi t6, t6, -2
  beqz t6, 1f
  # Only illegal instructions are expected.
  li t6, 1000
  sd t6, 0(t5)
1:
  mret
"""


def tool(name):
    return f"{name}-22"


def run(command, **options):
    done = subprocess.run(command, capture_output=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr.decode()}{done.stdout.decode()[:2000]}")
    return done.stdout


def build(folder, name, text, base):
    source = os.path.join(folder, name + ".s")
    with open(source, "w", encoding="utf-8") as out:
        out.write(text)
    run([tool("llvm-mc"), "-triple=riscv64", "-mattr=+m,+a,+f,+d,+v,+zfh", "-filetype=obj", source, "-o", source + ".o"])
    program = os.path.join(folder, name + ".elf")
    run([tool("ld.lld"), "-static", f"--image-base={base:#x}", f"-Ttext={base + 0x1000:#x}", source + ".o", "-o", program])
    return program


def disassemble(word):
    done = subprocess.run(
        [tool("llvm-mc"), "-triple=riscv64", "-mattr=+v,+zvfh,+zfh,+d", "-disassemble"],
        input=" ".join(f"0x{word >> 8 * i & 255:02x}" for i in range(4)).encode(),
        capture_output=True,
        check=False,
    )
    lines = done.stdout.decode().strip().split("\n")
    return lines[-1].replace("\t", " ").strip()


def describe(state, vlen):
    words = struct.unpack(f"<{STATE_WORDS}Q", state[: 8 * STATE_WORDS])
    names = ("vstart", "vl", "vtype", "fcsr", "vcsr", "traps", "t0", "memory")
    return " ".join(f"{name}={word:#x}" for name, word in zip(names, words))


def compare(generator, expected, actual, vlen, report):
    size = 8 * STATE_WORDS + 32 * vlen // 8
    failures = 0
    traps = 0
    for i, (word, mnemonic, sew, lmul, length, vstart) in enumerate(generator.about):
        left = expected[i * size : (i + 1) * size]
        right = actual[i * size : (i + 1) * size]
        traps += left[40] != 0
        if left == right:
            continue
        failures += 1
        report.append(
            f"{disassemble(word)} ({word:#010x}) e{8 << sew} lmul 2^{lmul} vl={length} vstart={vstart}\n"
            f"    qemu: {describe(left, vlen)}\n    kiln: {describe(right, vlen)}"
        )
        for register in range(32):
            at = 8 * STATE_WORDS + register * vlen // 8
            a, b = left[at : at + vlen // 8], right[at : at + vlen // 8]
            if a != b:
                report.append(f"    v{register} qemu {a[::-1].hex()}\n    v{register} kiln {b[::-1].hex()}")
                break
    return failures, traps


def one_program(options, seed, folder, rows, report):
    generator = Generator(seed, options.vlen, rows)
    pool = generator.pool()
    rng = generator.random
    body = generator.program(options.instructions)
    scalars = b"".join(
        struct.pack("<Q", rng.choice([rng.getrandbits(64), rng.randrange(64), rng.getrandbits(8), 2**64 - 1]))
        for _ in range(10)
    ) + b"".join(
        struct.pack("<Q", rng.choice([0xFFFFFFFF00000000 | rng.getrandbits(32), 0xFFFFFFFFFFFF0000 | rng.getrandbits(16),
                                      rng.getrandbits(64), 0x3FF8000000000000, 0xFFFFFFFF3FC00000, 0xFFFFFFFFFFFF3E00]))
        for _ in range(10)
    )
    for name, data in (
        ("pool", pool),
        ("scalars", scalars),
        ("indices", generator.indices(rng)),
        ("scratch", rng.randbytes(SCRATCH_BYTES)),
    ):
        with open(os.path.join(folder, name + ".bin"), "wb") as out:
            out.write(data)
    load_scalars = "\n".join(f"  ld x{18 + i}, {8 * i}(t1)" for i in range(10)) + "\n" + "\n".join(
        f"  fld f{18 + i}, {80 + 8 * i}(t1)" for i in range(10)
    )
    size = options.instructions * (8 * STATE_WORDS + 32 * options.vlen // 8)
    common = {
        "body": body,
        "scalars": load_scalars,
        "folder": folder,
        "scratch_words": SCRATCH_BYTES // 8,
        "group_bytes": options.vlen,
    }
    qemu = SCAFFOLD.format(
        entry="_start",
        prologue=QEMU_PROLOGUE.format(size=size),
        traps=QEMU_TRAPS,
        handler=QEMU_HANDLER,
        buffer=f"buffer: .zero {size}",
        **common,
    )
    kiln = SCAFFOLD.format(entry="run", prologue="", traps=KILN_TRAPS, handler=KILN_HANDLER, buffer="", **common)
    qemu_program = build(folder, "qemu", qemu, 0x10000)
    kiln_program = build(folder, "kiln", kiln, 0x80000000)
    cpu = f"rv64,v=true,Zfh=true,vlen={options.vlen},vext_spec=v1.0"
    expected = run(["qemu-riscv64", "-cpu", cpu, qemu_program])
    result = os.path.join(folder, "state.npy")
    machine = os.path.join(folder, "vlen.machine")
    with open(machine, "w", encoding="utf-8") as out:
        out.write(f"like = k1\nname = vlen{options.vlen}\nvlen = {options.vlen}\n")
    run([options.sim, f"-machine={machine}", "-no-timing", "-call=run", f"-arg=out:{result}:uint8:{size}", kiln_program])
    with open(result, "rb") as source:
        actual = source.read()[-size:]
    return compare(generator, expected, actual, options.vlen, report)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sim", required=True)
    parser.add_argument("--vlen", type=int, default=512)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programs", type=int, default=4)
    parser.add_argument("--instructions", type=int, default=400)
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", help="leave the programs in this folder")
    options = parser.parse_args()
    rows = [row for row in instruction_rows() if re.search(options.only, row[0])]
    failures = traps = 0
    report = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        os.makedirs(folder, exist_ok=True)
        for i in range(options.programs):
            found = one_program(options, options.seed * 1000003 + i, folder, rows, report)
            failures += found[0]
            traps += found[1]
    print("\n".join(report[:200]))
    print(f"{options.programs * options.instructions} instructions of {len(rows)} kinds, {traps} of them illegal: {failures} differ")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
