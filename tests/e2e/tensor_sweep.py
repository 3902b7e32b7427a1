#!/usr/bin/env python3
"""tensor_sweep.py BUILD [--count N] [--seed N] [--machine NAME] [--convolutions] [--forms] [--depthwise] [--measure]: matrix products of random
sizes, some of one row, layouts, orders of the loops, types, beginnings and batches, with sizes known when they are compiled or only when they run, or
convolutions (--forms: of every form in convolution_cases.py) or depthwise convolutions of random sizes, windows, steps, layouts and types, beside NumPy, bit for bit and under all checks
of the simulator. What is no contraction (too few products, an order of a floating sum) has to be right all the same.
--measure runs them once more with timing and prints, worst first, the share of the roofline of bench/tensor.py. A case is
made again by its number: --seed N --first NUMBER --count 1."""
import argparse
import os
import re
import sys
import tempfile

import numpy

import convolution_cases
import packed_cases
import tensor_cases
import tensor_test
from toolchain import InOut, Report, Toolchain

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bench"))
KINDS = ["s8", "s8", "u8", "f16", "bf16", "f32"]
LARGEST = 300


def some_size(random):
    """Mostly any, sometimes one at which something ends or begins."""
    if random.integers(3) == 0:
        return int(random.choice([1, 2, 3, 4, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257]))
    return int(random.integers(1, LARGEST + 1))


def some_case(random):
    if random.integers(5) == 0:
        return tensor_cases.some_matvec(random)
    if random.integers(12) == 0:
        return packed_cases.some_packed(random)
    m, n, k = (some_size(random) for _ in range(3))
    if random.integers(8) == 0:
        return tensor_cases.some_scaled(random, (m, n, k))
    kind, layout = str(random.choice(KINDS)), str(random.choice(["NN", "NT", "TN", "TT"]))
    order = str(random.choice(["ijk", "ijk", "ijk", "ikj", "jik", "jki", "kij", "kji"]))
    if random.integers(4) == 0:
        return tensor_cases.dynamic(random, m, n, k, kind, layout, order)
    batch = int(random.integers(2, 9)) if random.integers(5) == 0 else 0
    if batch:
        m, n, k = (min(x, 80) for x in (m, n, k))
    other = str(random.choice(["s8", "u8"])) if kind in ("s8", "u8") else kind
    return tensor_cases.matmul(random, m, n, k, (kind, other), layout,
                               str(random.choice(["zero", "old"] if order != "ijk" else ["zero", "number", "old", "row", "column"])), order, batch)


def some_convolution(random):
    """Half of them with channels that fill words, so that images may stay in the scratchpad as they are; some of few channels
    and with lines that are made of whole blocks."""
    size, stride, dilation = (int(random.choice(x)) for x in ([1, 2, 3, 3, 3, 5], [1, 1, 2, 3], [1, 1, 1, 2]))
    reach = dilation * (size - 1) + 1
    h, w = (int(random.integers(reach, reach + 22)) for _ in range(2))
    c = int(random.choice([4, 8, 12, 16, 24, 32, 48, 64, 96, 160])) if random.integers(2) else int(random.integers(1, 40))
    if random.integers(5) == 0:
        dimensions, groups = int(random.integers(1, 4)), int(random.choice([1, 1, 2, 3, 4]))
        size, most = int(random.integers(1, 4)), (300, 20, 10)[dimensions - 1]
        sizes = tuple(int(random.integers(size, most)) for _ in range(dimensions))
        inside, outside = (groups * int(random.integers(1, 40)) for _ in range(2))
        return tensor_cases.convolution_over(random, sizes, inside, outside, size, int(random.integers(1, 3)), groups)
    if random.integers(4) == 0:
        c, dilation = int(random.integers(1, 5)), 1
        w = size + stride * (8 * int(random.integers(2, 9)) - 1)
    n = int(random.choice([8, 16, 24, 32, 64, 72, 100]))
    kind = str(random.choice(["s8", "s8", "s8", "f16", "f32"]))
    narrow = kind == "s8" and bool(random.integers(3))
    layout = str(random.choice(["ohwi", "ohwi", "hwio", "nchw"]))
    pad = tuple(int(n) for n in random.integers(0, size, 4)) if layout != "nchw" and random.integers(3) == 0 else (0, 0, 0, 0)
    by = str(random.choice(["copy", "guards", "nested"])) if kind == "s8" else "copy"
    return tensor_cases.convolution(random, h, w, c, n, size, stride, dilation, layout, kind, narrow, pad, by, bool(random.integers(2)))


def some_form(random):
    dimensions, window, dilation = (int(random.choice(x)) for x in ([1, 2, 2, 2, 3], [1, 2, 3, 3, 3, 4], [1, 1, 1, 2]))
    reach, most = dilation * (window - 1) + 1, (150, 20, 8)[dimensions - 1]
    sizes = [int(random.integers(reach, reach + most)) for _ in range(dimensions)]
    groups = int(random.choice([1, 1, 1, 2, 3, 4, 8, 16]))
    inside, outside = (int(random.choice([1, 2, 3, 4, 4, 8, 8, 16, 24, 32, 40])) if groups > 1 else int(random.integers(1, 80)) for _ in range(2))
    kind, first = str(random.choice(["s8", "s8", "s8", "s8", "f16", "bf16", "f32"])), bool(random.integers(2))
    weights = str(random.choice(["oik", "oik", "oki", "kio"] if first else ["oki", "oki", "kio"]))
    return convolution_cases.convolution_of(random, convolution_cases.Form(
        sizes, groups * inside, groups * outside, window, int(random.choice([1, 1, 2, 3])), dilation, groups, first, weights, kind,
        bool(random.integers(3)), bool(random.integers(3)), int(random.choice([0, 0, 1, 2])) if kind == "s8" else 0))


def some_depthwise(random):
    size = int(random.choice([3, 3, 3, 2, 4, 5, 7]))
    h, w = (int(random.integers(size, 80 if random.integers(3) == 0 else 20)) for _ in range(2))
    channels = int(random.integers(1, 60)) * (4 if random.integers(4) else 1)
    kinds = tuple(str(random.choice(["s8", "u8"])) for _ in range(2))
    zero = int(random.integers(-9, 10)) if random.integers(3) == 0 else 0
    pad = tuple(int(n) for n in random.integers(0, 3, 4)) if random.integers(2) else (0, 0, 0, 0)
    by = str(random.choice(["copy", "guards", "nested"]))
    zero = abs(zero) if kinds[0] == "u8" and any(pad) else zero
    return tensor_cases.depthwise(random, h, w, channels, size, int(random.integers(1, 3)), kinds, bool(random.integers(2)), zero, pad, by)


def check(toolchain, case, machine):
    executable = tensor_test.compile_case(toolchain, case, machine, mapped=False)
    return tensor_test.difference_of(toolchain, case, machine, executable)


def share(toolchain, case, machine):
    import tensor  # of bench/
    executable = tensor_test.compile_case(toolchain, case, machine, mapped=False)
    arguments = [*case.inputs[:-1], InOut(case.inputs[-1]), *case.scalars]
    _, said = toolchain.call(executable, "kernel", "bare", arguments, f"--mcpu={machine}", "--stats")
    cycles = int(re.search(r"^cycles\s+(\d+)", said, re.M).group(1))
    case.granular = tensor.granular(case)
    return 100 * tensor.roofline(case) / cycles, cycles, case.name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--machine", default="k1")
    parser.add_argument("--convolutions", action="store_true")
    parser.add_argument("--forms", action="store_true")
    parser.add_argument("--depthwise", action="store_true")
    parser.add_argument("--measure", action="store_true")
    options = parser.parse_args()
    report, shares = Report(), []
    with tempfile.TemporaryDirectory(prefix="kiln-sweep-") as folder:
        toolchain = Toolchain(options.build, folder)
        for number in range(options.first, options.first + options.count):
            some = some_convolution if options.convolutions else some_form if options.forms else some_depthwise if options.depthwise else some_case
            case = some(numpy.random.default_rng([options.seed, number]))
            report.check(f"{options.machine}, seed {options.seed}, number {number}: {case.name}", check, toolchain, case,
                         options.machine)
            if options.measure:
                shares.append(share(toolchain, case, options.machine))
    for part, cycles, name in sorted(shares):
        print(f"{part:6.1f} % {cycles:9} {name}")
    report.finish()


if __name__ == "__main__":
    main()
