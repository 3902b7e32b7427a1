#!/usr/bin/env python3
"""Small kernels in plain C that nothing in the compiler was made for, on the simulated K1: Kiln beside clang-22 -O3 for the vector unit.

    bench/kernels.py [--build FOLDER] [--check] [--every N] [NAME...]

Each is a file of bench/kernels, compiled as bench/vector.py does. bench/kernels/arguments.txt says with what it is called. The results of
Kiln's code must be those of the scalar code that llc makes of the same LLVM IR, bit for bit; those that mathematical functions or sums in any
order went into (`~` in the table) may differ by a bound. With --check nothing is measured: all of the simulator's checks look at Kiln's
code. NAME is a part of a name; all kernels run where there is none.
"""
import argparse
import itertools
import math
import os
import re
import statistics
import sys
import tempfile

import numpy

import vector
from toolchain import Failed, InOut, Scalar, Toolchain, difference

FOLDER = os.path.join(vector.ROOT, "bench", "kernels")
# Of the largest number of an array.
TOLERANCE = 2e-5
HALF_TOLERANCE = 4e-3
TYPES = {"f16": numpy.float16, "f32": numpy.float32, "f64": numpy.float64, "i8": numpy.int8, "u8": numpy.uint8, "i16": numpy.int16,
         "u16": numpy.uint16, "i32": numpy.int32, "u32": numpy.uint32, "i64": numpy.int64, "u64": numpy.uint64}
# What integers of a type lie between where nothing is said.
RANGES = {"i8": (-128, 127), "u8": (0, 255), "i16": (-999, 999), "u16": (0, 1998), "i32": (-1000, 1000), "u32": (0, 2000), "i64": (-1000, 1000),
          "u64": (0, 2**63 - 1)}
CLASSES = [0, 1, 1.25, 2, 5, 20, 100, math.inf]
ARGUMENT = re.compile(r"(=?)(~?)([a-z0-9]+)\[([\d,]+)\](?::(\S+))?")
MATHEMATICS = ["-isystem", "/usr/lib/picolibc/riscv64-unknown-elf/include", "-fno-math-errno"]


def numbers(random, kind, shape, how):
    """An array of a type. `how` says what is in it: `zero`; `A..B`, numbers between the two; `steps`, the starts of rows of 16;
    `sums`, of rows of random lengths; `dominant`, a matrix with a large diagonal;
    `definite`, a symmetric one."""
    if kind == "bf16":
        return (numbers(random, "f32", shape, how).view(numpy.uint32) >> 16).astype(numpy.uint16)
    of = TYPES[kind]
    if how == "zero":
        return numpy.zeros(shape, of)
    if how == "steps":
        return (16 * numpy.arange(shape[0])).astype(of)
    if how == "sums":
        return numpy.concatenate([[0], numpy.cumsum(random.integers(0, 24, shape[0] - 1))]).astype(of)
    if how == "definite":
        root = random.standard_normal(shape)
        return (root @ root.T + shape[0] * numpy.eye(shape[0])).astype(of)
    if how == "dominant":
        return (random.standard_normal(shape) + 50 * numpy.eye(shape[0])).astype(of)
    if how:
        low, high = (float(end) for end in how.split(".."))
        if kind.startswith("f"):
            return random.uniform(low, high, shape).astype(of)
        return random.integers(int(low), int(high), shape, endpoint=True).astype(of)
    if kind.startswith("f"):
        return random.standard_normal(shape).astype(of)
    return random.integers(*RANGES[kind], shape, endpoint=True).astype(of)


def argument(random, word):
    match = ARGUMENT.fullmatch(word)
    if not match:
        return Scalar("i64", int(word))
    written, _, kind, shape, how = match.groups()
    array = numbers(random, kind, tuple(int(size) for size in shape.split(",")), how)
    return InOut(array) if written else array


def arguments():
    """What each kernel is called with, in the table's order."""
    table = {}
    with open(os.path.join(FOLDER, "arguments.txt"), encoding="ascii") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                name, *words = line.split()
                table[name] = words
    return table


def problem(ours, theirs, kind, near):
    """What is wrong with a result, if anything."""
    if not near:
        return difference(ours, theirs)
    if kind == "bf16":
        ours, theirs = ((array.astype(numpy.uint32) << 16).view(numpy.float32) for array in (ours, theirs))
    if not numpy.array_equal(numpy.isfinite(ours), numpy.isfinite(theirs)):
        return "infinite or no numbers at other places"
    finite = numpy.isfinite(theirs)
    ours, theirs = (array[finite].astype(numpy.float64) for array in (ours, theirs))
    error = numpy.abs(ours - theirs).max(initial=0) / max(numpy.abs(theirs).max(initial=0), 1e-30)
    bound = HALF_TOLERANCE if kind in ("f16", "bf16") else TOLERANCE
    return f"error {error:.3g} of the largest number" if error > bound else None


def call(toolchain, executable, given, *options):
    results, said = toolchain.call(executable, "kernel", "bare", given, *options, timeout=3600)
    cycles = re.search(r"^cycles\s+(\d+)", said, re.M)
    return results, int(cycles.group(1)) if cycles else 0


def compare(toolchain, name, words, library, check):
    """Cycles of Kiln's and of clang's code; fails where a result is wrong."""
    source = os.path.join(FOLDER, name + ".c")
    with open(source, encoding="ascii") as file:
        flags = MATHEMATICS if "<math.h>" in file.read() else []
    random = numpy.random.default_rng(7)
    given = [argument(random, word) for word in words]
    ours, cycles = call(toolchain, vector.compile_with_kiln(toolchain, source, library, flags), given,
                        *(["--check=all", "--no-timing"] if check else ["--stats"]))
    scalar = toolchain.compile_with_llc(toolchain.path("kernel.ll"), "scalar")
    theirs, _ = call(toolchain, toolchain.link([scalar, *library], "scalar"), given, "--no-timing")
    kinds = [ARGUMENT.fullmatch(word).group(3, 2) for word in words if word.startswith("=")]
    for number, (mine, other, (kind, near)) in enumerate(zip(ours, theirs, kinds, strict=True)):
        wrong = problem(mine, other, kind, near)
        if wrong:
            raise Failed(f"result {number}: {wrong}")
    if check:
        return 0, 0
    return cycles, call(toolchain, vector.compile_with_clang(toolchain, source, library, flags), given, "--stats")[1]


def summarize(ratios):
    """The table of bench/README.md: kernels by how many times as long clang's code takes."""
    print(f"| clang takes | kernels | geometric mean {statistics.geometric_mean(ratios.values()):.2f} |\n|---|---|---|")
    for low, high in itertools.pairwise(CLASSES):
        names = [(ratio, name) for name, ratio in ratios.items() if low <= ratio < high]
        print(f"| {low:g} to {high:g} | {len(names)} | {', '.join(f'{name} {ratio:.2f}' for ratio, name in sorted(names))} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(vector.ROOT, "build", "release"))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="of the table's kernels only every so many")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    ratios, failed = {}, 0
    if not options.check:
        print(f"{'kernel':24} {'kiln':>10} {'clang':>10} {'clang/kiln':>10}")
    with tempfile.TemporaryDirectory(prefix="kiln-kernels-") as folder:
        toolchain = Toolchain(options.build, folder)
        library = vector.make_library(toolchain)
        for name, words in list(arguments().items())[::options.every]:
            if options.names and not any(part in name for part in options.names):
                continue
            try:
                ours, theirs = compare(toolchain, name, words, library, options.check)
            except Failed as failure:
                failed += 1
                print(f"{name:24} FAILED {failure}", flush=True)
                continue
            ratios[name] = theirs / ours if ours else 1
            print(f"{name:24} right" if options.check else f"{name:24} {ours:>10} {theirs:>10} {ratios[name]:>10.2f}", flush=True)
    if ratios and not options.check:
        summarize(ratios)
    print(f"{len(ratios)} right, {failed} wrong")
    sys.exit(1 if failed or not ratios else 0)


if __name__ == "__main__":
    main()
