#!/usr/bin/env python3
"""Plain loops that are no contractions on the simulated K1, compiled by Kiln and by clang-22 -O3 for the vector unit.

    bench/vector.py [--build FOLDER] [--sizes KB,KB,...] [--no-clang] [--run-time | --constant] [--only TEXT]

Each workload of tests/e2e/vector_cases.py and function_cases.py is C without intrinsics or annotations. Kiln: clang-22 -O2 makes LLVM IR of it
(nothing vectorized or unrolled), kiln-llc -O2 compiles that. clang: -O3 -march=rv64gcv_zvl512b compiles the same C. Both run
on the same simulated K1, cold, all operands and results in DRAM, and every element is compared with NumPy, but for
floating-point results of clang, which may fuse less. "% DMA" is the share of the engine's 32 bytes a cycle, each byte of operands and
results moved once. "error" is the compiler's estimate against the measured cycles, where all nests have one; "hand" is how many times as long the code takes as a
kernel of examples/vector_kernels, or one with intrinsics of examples/gallery.
"""
import argparse
import glob
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile

import numpy

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests", "e2e"))
import function_cases  # noqa: E402
import vector_cases  # noqa: E402
from toolchain import InOut, Scalar, Toolchain, difference, program, run  # noqa: E402

DRAM_BYTES = 32
COMMON = ["--target=riscv64-unknown-elf", "-mabi=lp64d", "-mcmodel=medany", "-ffp-contract=on", "-w"]
FREESTANDING = ["-ffreestanding"]
SCALAR_IR = ["-march=rv64gc_zfh", "-O2", "-fno-vectorize", "-fno-slp-vectorize", "-fno-unroll-loops", "-emit-llvm", "-S"]
CLANG = ["-march=rv64gcv_zfh_zvfh_zfbfmin_zvfbfmin_zvl512b", "-O3", "-c"]
# clang makes calls of the loops that copy and clear.
LIBRARY = """typedef unsigned long size_t;
void *memset(void *to, int value, size_t size) {
  for (char *p = to; size--;) *p++ = value;
  return to;
}
void *memcpy(void *to, const void *from, size_t size) {
  for (char *p = to; size--;) *p++ = *(const char *)from++;
  return to;
}
"""


# Calls that stay calls: clang's loops, and ours where they are short.
MATHEMATICS = ["/usr/lib/picolibc/riscv64-unknown-elf/lib/rv64imafdc/lp64d/libc.a",
               *glob.glob("/usr/lib/gcc/riscv64-unknown-elf/*/rv64iafd/lp64d/libgcc.a")]


# By hand, for numbers of elements that are arguments.
KERNELS = {"residual add s8, rescaled": "residual_add_i8_kernel", "requantize s32 to s8": "requantize_i8_kernel"}


def cycles_of(toolchain, executable, case, exact=True, function="kernel", scalars=None, said_by=None):
    arguments = [*case.inputs, *(InOut(before) for before, _ in case.results), *(case.scalars if scalars is None else scalars)]
    results, said = toolchain.call(executable, function, "bare", arguments, "--stats", "--nests", timeout=3600)
    if said_by is not None:
        said_by.append(said)
    for actual, (_, expected) in zip(results, case.results):
        if hasattr(case, "tolerance"):
            problem = function_cases.distance(actual, expected, case.tolerance)
        else:
            problem = difference(actual, expected) if exact or expected.dtype.kind != "f" else None
        if problem:
            sys.exit(f"{case.name}: {problem}")
    return int(re.search(r"^cycles\s+(\d+)", said, re.M).group(1))


def make_library(toolchain):
    source, code = toolchain.path("library.c"), toolchain.path("library.o")
    with open(source, "w", encoding="ascii") as file:
        file.write(LIBRARY)
    run([program("clang-22"), *COMMON, *CLANG, *FREESTANDING, "-fno-builtin", "-o", code, source])
    return [code, *MATHEMATICS]


def compile_with_kiln(toolchain, source, library, flags):
    intermediate, code = toolchain.path("kernel.ll"), toolchain.path("kernel.o")
    run([program("clang-22"), *COMMON, *SCALAR_IR, *(flags or FREESTANDING), "-o", intermediate, source])
    subprocess.run([toolchain.tool("kiln-llc"), "-O2", "-filetype=obj", "-o", code, intermediate], check=True)
    return toolchain.link([code, *library], "kernel")


def compile_with_clang(toolchain, source, library, flags):
    code = toolchain.path("clang.o")
    run([program("clang-22"), *COMMON, *CLANG, *(flags or FREESTANDING), "-o", code, source])
    return toolchain.link([code, *library], "clang")


def cycles_with_intrinsics(toolchain, case, library):
    """The gallery's kernel on the same arrays."""
    name = case.by_hand + "_intrinsics"
    source = os.path.join(ROOT, "examples", "gallery", name + ".c")
    intermediate, code = toolchain.path(name + ".ll"), toolchain.path(name + ".o")
    run([program("clang-22"), *COMMON, "-march=rv64gcv_zvfh", "-O2", "-emit-llvm", "-S", "-o", intermediate, source])
    subprocess.run([toolchain.tool("kiln-llc"), "-O2", "-no-tensor", "-filetype=obj", "-o", code, intermediate], check=True)
    executable = toolchain.link([code, *library], name)
    arguments = [*case.inputs, *(InOut(before) for before, _ in case.results), *(Scalar("i64", size) for size in case.sizes)]
    results, said = toolchain.call(executable, name, "bare", arguments, "--stats", timeout=3600)
    problem = function_cases.distance(results[0], case.results[0][1], case.tolerance)
    if problem:
        sys.exit(f"{name}: {problem}")
    return int(re.search(r"^cycles\s+(\d+)", said, re.M).group(1))


def cycles_by_hand(toolchain, case, library):
    if getattr(case, "by_hand", None):
        return cycles_with_intrinsics(toolchain, case, library)
    name = KERNELS.get(case.name)
    if not name:
        return math.nan
    folder, code = os.path.join(ROOT, "examples", "vector_kernels"), toolchain.path("hand.o")
    run([toolchain.tool("kiln-as"), "-I", folder, "-o", code, os.path.join(folder, name + ".s")])
    elements = Scalar("i64", case.results[0][1].size)
    return cycles_of(toolchain, toolchain.link([code], "hand"), case, function=name, scalars=[elements])


def estimate_error(said):
    """In percent of the measured cycles, of all nests together."""
    estimates, measured = (re.findall(rf"^  {word} +(\d+)", said, re.M) for word in ("estimate", "measured"))
    if not measured or len(estimates) != len(measured):
        return math.nan
    return 100 * (sum(map(int, estimates)) / sum(map(int, measured)) - 1)


def measure(toolchain, case, with_clang, library):
    source = toolchain.path("kernel.c")
    with open(source, "w", encoding="ascii") as file:
        file.write(case.source)
    flags = getattr(case, "flags", [])
    said = []
    ours = cycles_of(toolchain, compile_with_kiln(toolchain, source, library, flags), case, said_by=said)
    theirs = math.nan
    if with_clang:
        theirs = cycles_of(toolchain, compile_with_clang(toolchain, source, library, flags), case, False)
    return ours, theirs, estimate_error(said[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    parser.add_argument("--sizes", default="64,1024,4096")
    parser.add_argument("--no-clang", action="store_true")
    parser.add_argument("--run-time", action="store_true")
    parser.add_argument("--constant", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    shares, ratios, errors = [], [], []
    print(f"{'workload':50} {'KB':>5} {'cycles':>10} {'% DMA':>6} {'error, %':>8} {'clang/kiln':>10} {'hand':>5}")
    with tempfile.TemporaryDirectory(prefix="kiln-vector-") as folder:
        toolchain = Toolchain(options.build, folder)
        library = make_library(toolchain)
        for make in vector_cases.MEASURED + function_cases.ALL:
            for known in [True, False]:
                if (known and options.run_time) or (not known and options.constant):
                    continue
                for size in (int(word) << 10 for word in options.sizes.split(",")):
                    case = make(numpy.random.default_rng(5), size, known)
                    if options.only not in case.name:
                        continue
                    ours, theirs, error = measure(toolchain, case, not options.no_clang, library)
                    by_hand = cycles_by_hand(toolchain, case, library)
                    share = 100 * case.moved / DRAM_BYTES / ours
                    shares.append(share)
                    errors += [abs(error)] if not math.isnan(error) else []
                    ratios += [theirs / ours] if not options.no_clang else []
                    print(f"{case.name:50} {size >> 10:>5} {ours:>10} {share:>6.1f} {error:>8.1f} {theirs / ours:>10.2f} {ours / by_hand:>5.2f}",
                          flush=True)
    if shares:
        print(f"geometric mean of the share {statistics.geometric_mean(shares):.1f} %")
    if errors:
        print(f"median error of the estimates {statistics.median(errors):.1f} %, {len(errors)} of them")
    if ratios:
        print(f"clang takes {min(ratios):.2f} to {max(ratios):.1f} times as long, {statistics.geometric_mean(ratios):.1f} in the "
              "geometric mean")


if __name__ == "__main__":
    main()
