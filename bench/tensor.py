#!/usr/bin/env python3
"""Plain loops on the simulated K1, compiled by Kiln's tensor compiler and by clang-22 -O3 for the vector unit.

    bench/tensor.py [--build FOLDER] [--quick] [--forms] [--no-clang] [--only TEXT]

--forms: convolutions of other forms than the networks' dense int8 ones in NHWC, instead of the workloads.

Each workload is C without intrinsics or annotations. Kiln: clang-22 -O2 makes LLVM IR of it (nothing vectorized or unrolled),
kiln-llc -tensor=on compiles that. clang: -O3 -march=rv64gcv_zvl512b compiles the same C. Both run on the same simulated K1,
cold, all operands and results in DRAM, and are compared with NumPy bit for bit (clang's floating-point results, whose sums
it may split, are not). The roofline is the largest of what the tile unit, the drain and DRAM need (products with rows, columns
and k rounded up to the unit's granularity, or depthwise 12 taps for 16 pixels a cycle, three of them a row's; results at 32 or 64 bytes a cycle; each byte of
operands and results moved once, old results read too), and what comes before and behind whatever the plan: the latency of the first
line of code and of the first operands, the last drain and its transfer. "error" is that of the compiler's estimate of the cycles.
"""
import argparse
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
import convolution_cases  # noqa: E402
import networks  # noqa: E402
import tensor_cases  # noqa: E402
from toolchain import InOut, Toolchain, difference, program, run  # noqa: E402

PEAK = {numpy.dtype("int8"): 1024, numpy.dtype("uint8"): 1024, numpy.dtype("float16"): 512, numpy.dtype("uint16"): 512,
        numpy.dtype("float32"): 256}  # uint16: the bits of bfloat16
DRAM_BYTES = 32
DRAIN_RESULTS = 32
DRAIN_BYTES = 64
# Before the first product: the first line of code, then the first operands; behind the last: its drain and transfer.
ENDS = 100 + (8 + 100) + 8 + 8
COMMON = ["--target=riscv64-unknown-elf", "-mabi=lp64d", "-mcmodel=medany", "-ffreestanding", "-fno-builtin",
          "-ffp-contract=fast", "-w"]
SCALAR_IR = ["-march=rv64gc_zfh", "-O2", "-fno-vectorize", "-fno-slp-vectorize", "-fno-unroll-loops", "-emit-llvm", "-S"]
CLANG = ["-march=rv64gcv_zfh_zvfh_zvl512b", "-O3", "-c"]
CLANG_LIMIT = 64 << 20  # multiply-accumulates: clang's code for more would take too long to simulate


def workloads(random, quick):
    matmul, convolution = tensor_cases.matmul, tensor_cases.convolution
    kinds = [("s8", "s8"), ("f16", "f16"), ("bf16", "bf16"), ("f32", "f32")]
    for size in (256,) if quick else (256, 512, 1024):
        for kind in kinds:
            for layout in ("NN", "NT"):
                yield matmul(random, size, size, size, kind, layout)
    yield matmul(random, 256, 256, 256, layout="TN")
    yield matmul(random, 256, 256, 256, layout="TT")
    yield matmul(random, 256, 256, 256, ("u8", "s8"), order="ikj")
    for sizes in ((100, 200, 300), (1000, 33, 65), (17, 17, 17), (64, 1000, 128)):
        yield matmul(random, *sizes)
    yield tensor_cases.dynamic(random, 256, 256, 256, order="ijk")
    yield tensor_cases.dynamic(random, 100, 200, 300, order="ijk")
    yield matmul(random, 64, 64, 64, batch=32)
    yield matmul(random, 1, 1024, 1024, layout="NT")
    for network, shapes in (("ResNet-50", networks.RESNET50), ("MobileNetV2", networks.MOBILENETV2)):
        for pixels, inputs, outputs, size, stride in shapes:
            if quick and pixels >= 20:
                continue
            case = convolution(random, pixels, pixels, inputs, outputs, size, stride, layout="ohwi", narrow=True)
            case.name = f"{network} {case.name}"
            yield case
    yield convolution(random, 30, 30, 128, 128, 3, layout="hwio", narrow=True)
    yield convolution(random, 28, 28, 128, 256, layout="hwio", narrow=True)
    yield convolution(random, 113, 113, 3, 32, 3, 2, layout="hwio", narrow=True)
    yield convolution(random, 32, 32, 128, 128, 3, dilation=2, layout="ohwi", narrow=True)
    over = tensor_cases.convolution_over
    yield over(random, (1002,), 64, 64, 3)
    yield over(random, (1004,), 256, 256, 5)
    yield over(random, (16, 30, 30), 16, 32, 3)
    yield over(random, (10, 16, 16), 64, 64, 3)
    for pixels, channels, stride in networks.MOBILENETV2_DEPTHWISE:
        if not quick or pixels < 20:
            case = tensor_cases.depthwise(random, pixels, pixels, channels, 3, stride, narrow=True)
            case.name = f"MobileNetV2 {case.name}"
            yield case
            above = 2 - stride  # the same with padding in the loops: nothing above and left where every second pixel is taken
            inside = pixels - above - 1
            case = tensor_cases.depthwise(random, inside, inside, channels, 3, stride, narrow=True, pad=(above, 1, above, 1), by="guards")
            case.name = f"MobileNetV2 padded {case.name}"
            yield case


def forms(random, only):
    """Their operands are made only where their names contain `only`."""
    for arguments in networks.FORMS:
        form = convolution_cases.Form(**arguments)
        if only in form.name():
            yield convolution_cases.convolution_of(random, form)


def roofline(case):
    """Cycles that the K1 needs at least."""
    x = case.inputs[0]
    bytes_moved = sum(array.nbytes for array in case.inputs) + (case.inputs[-1].nbytes if case.accumulates else 0)
    result = case.expected
    drained = max(result.size / DRAIN_RESULTS, result.nbytes / DRAIN_BYTES)
    return ENDS + max(case.granular / PEAK[x.dtype], drained, bytes_moved / DRAM_BYTES)


def granular(case):
    """Multiply-accumulates with rows and columns rounded up to 16 and k to a word."""
    word = {1: 4, 2: 2, 4: 1}[case.inputs[0].dtype.itemsize]
    def up(x, to):
        return -(-x // to) * to
    result, left = case.expected, case.inputs[0]
    if "depthwise" in case.name:  # an instruction is three taps of a row, of four channels for 16 pixels, in a cycle
        window = math.isqrt(case.macs // result.size)
        return PEAK[left.dtype] * result.shape[0] * result.shape[1] / 16 * result.shape[2] / 4 * window * up(window, 3) / 3
    rows, columns = case.product[1:] if case.product else (1, *result.shape)[-2:]
    k = case.macs // result.size
    return result.size // (rows * columns) * up(rows, 16) * up(columns, 16) * up(k, word) if left.size else 0


def cycles_of(toolchain, executable, case, exact):
    arguments = [*case.inputs[:-1], InOut(case.inputs[-1]), *case.scalars]
    results, said = toolchain.call(executable, "kernel", "bare", arguments, "--stats", timeout=3600)
    problem = difference(results[0], case.expected) if exact else None
    if problem:
        sys.exit(f"{case.name}: {problem}")
    return int(re.search(r"^cycles\s+(\d+)", said, re.M).group(1))


def compile_with_kiln(toolchain, source):
    intermediate, code = toolchain.path("kernel.ll"), toolchain.path("kernel.o")
    run([program("clang-22"), *COMMON, *SCALAR_IR, "-o", intermediate, source])
    done = subprocess.run([toolchain.tool("kiln-llc"), "-O2", "-tensor=on", "-Rpass=.", "-filetype=obj", "-o", code,
                           intermediate], capture_output=True, text=True, check=True)
    estimate = re.search(r"about (\d+) cycles", done.stderr)
    return toolchain.link([code], "kernel"), int(estimate.group(1)) if estimate else None


def compile_with_clang(toolchain, source):
    code = toolchain.path("clang.o")
    run([program("clang-22"), *COMMON, *CLANG, "-o", code, source])
    return toolchain.link([code], "clang")


def measure(toolchain, case, with_clang):
    source = toolchain.path("kernel.c")
    with open(source, "w", encoding="ascii") as file:
        file.write(case.source)
    executable, estimate = compile_with_kiln(toolchain, source)
    ours = cycles_of(toolchain, executable, case, True)
    theirs = None
    if with_clang and case.macs <= CLANG_LIMIT:
        exact = case.inputs[0].dtype.kind != "f"
        theirs = cycles_of(toolchain, compile_with_clang(toolchain, source), case, exact)
    return ours, estimate, theirs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--forms", action="store_true")
    parser.add_argument("--no-clang", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    errors, shares, ratios = [], [], []
    print(f"{'workload':72} {'cycles':>10} {'% peak':>7} {'% roof':>7} {'error %':>8} {'clang/kiln':>10}")
    with tempfile.TemporaryDirectory(prefix="kiln-tensor-") as folder:
        toolchain = Toolchain(options.build, folder)
        random = numpy.random.default_rng(5)
        for case in forms(random, options.only) if options.forms else workloads(random, options.quick):
            if options.only not in case.name:
                continue
            case.granular = granular(case)
            ours, estimate, theirs = measure(toolchain, case, not options.no_clang)
            peak = 100 * case.macs / PEAK[case.inputs[0].dtype] / ours
            roof = 100 * roofline(case) / ours
            error = 100 * (estimate - ours) / ours if estimate else None
            shares.append(roof)
            errors += [abs(error)] if error is not None else []
            ratios += [theirs / ours] if theirs else []
            print(f"{case.name:72} {ours:>10} {peak:>7.1f} {roof:>7.1f} {error if error is not None else math.nan:>8.1f} "
                  f"{theirs / ours if theirs else math.nan:>10.1f}", flush=True)
    if shares:
        print(f"geometric mean of the roofline {statistics.geometric_mean(shares):.1f} %, median error of the estimate "
              f"{statistics.median(errors):.1f} %")
    if ratios:
        print(f"clang takes {min(ratios):.1f} to {max(ratios):.1f} times as long, {statistics.geometric_mean(ratios):.1f} in the "
              "geometric mean")


if __name__ == "__main__":
    main()
