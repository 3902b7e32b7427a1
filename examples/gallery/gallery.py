#!/usr/bin/env python3
"""The gallery: kernels as plain loops, compiled, run on the simulated K1, checked, with a report of each loop nest.

    examples/gallery/gallery.py [--bin FOLDER] [--keep FOLDER] [KERNEL...]

KERNEL: the name of a file here without its ending, or of an example of ../mlir; without any, all of them. --bin: the folder of
the tools (build/dev/bin). --keep: where IR, executables, arrays and reports (NAME.html, NAME.json) are left; each command is then
shown, to be repeated by hand. Exits with 1 when a tool fails or a result is wrong.
"""
import argparse
import glob
import json
import math
import os
import shlex
import subprocess
import sys
import tempfile

import numpy

from networks import keyword_spotting_i8

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.dirname(HERE)
CLANG = ["clang-22", "--target=riscv64-unknown-elf", "-mabi=lp64d", "-fno-math-errno",
         "-ffp-contract=fast", "-g", "-O2", "-emit-llvm", "-c"]
# Loops stay loops for Kiln: LLVM neither vectorizes nor unrolls them.
PLAIN = ["-march=rv64gc_zfh", "-fno-vectorize", "-fno-slp-vectorize", "-fno-unroll-loops"]
INTRINSICS = ["-march=rv64gcv_zvfh"]
# Calls that stay calls where sizes are too small for the vector unit: Debian's C library.
LIBRARIES = glob.glob("/usr/lib/picolibc/riscv64-unknown-elf/lib/rv64imafdc/lp64d/libc.a") + glob.glob(
    "/usr/lib/gcc/riscv64-unknown-elf/*/rv64iafd/lp64d/libgcc.a")


def bytes_of(random, *shape):
    return random.integers(-128, 128, shape, dtype=numpy.int8)


def floats(random, *shape):
    return random.standard_normal(shape).astype(numpy.float32)


def gemm_i8(random):
    a, b = bytes_of(random, 256, 256), bytes_of(random, 256, 256)
    return [a, b], a.astype(numpy.int32) @ b.astype(numpy.int32), 256 ** 3, 0.0


def gemm_f16(random):
    a, b = (random.standard_normal((256, 512)).astype(numpy.float16) for _ in range(2))
    return [a, b], (a.astype(numpy.float64) @ b.astype(numpy.float64).T).astype(numpy.float32), 256 * 256 * 512, 1e-5


def linear_tflite_i8(random):
    x, w = bytes_of(random, 256, 256), bytes_of(random, 256, 256)
    bias = random.integers(-10000, 10000, 256, dtype=numpy.int32)
    multiplier = random.integers(1 << 30, (1 << 31) - 1, 256, dtype=numpy.int32)
    shift = random.integers(-11, -7, 256, dtype=numpy.int32)
    sums = x.astype(numpy.int64) @ w.astype(numpy.int64).T + bias
    high = sums * multiplier + (1 << 30) >> 31  # rounded, then divided with halves away from zero
    away = numpy.sign(high) * (abs(high) + (1 << -shift.astype(numpy.int64) - 1) >> -shift.astype(numpy.int64))
    return [x, w, bias, multiplier, shift], (away - 5).clip(-128, 127).astype(numpy.int8), 256 ** 3, 0.0


def linear_gelu_f16(random):
    x, w = (random.standard_normal((256, 256)).astype(numpy.float16) for _ in range(2))
    bias = floats(random, 256)
    v = x.astype(numpy.float64) @ w.astype(numpy.float64).T + bias
    expected = 0.5 * v * (1 + numpy.vectorize(math.erf)(v * 0.7071067811865476))
    return [x, w, bias], expected.astype(numpy.float32), 256 ** 3, 1e-5


def windows(x, size):
    """(oh, ow, size, size, c) views of x (h, w, c)."""
    view = numpy.lib.stride_tricks.sliding_window_view(x, (size, size), (0, 1))
    return numpy.moveaxis(view, 2, -1)


def conv2d_i8(random):
    x, w = bytes_of(random, 28, 28, 128), bytes_of(random, 128, 3, 3, 128)
    bias = random.integers(-10000, 10000, 128, dtype=numpy.int32)
    multiplier = random.integers(1 << 30, (1 << 31) - 1, 128, dtype=numpy.int32)
    shift = numpy.full(128, 42, numpy.uint8)
    sums = numpy.einsum("yxabc,nabc->yxn", windows(x, 3).astype(numpy.int64), w.astype(numpy.int64)) + bias
    scaled = sums * multiplier.astype(numpy.int64) + (1 << 41) >> 42
    return [x, w, bias, multiplier, shift], scaled.clip(-128, 127).astype(numpy.int8), 26 * 26 * 128 * 9 * 128, 0.0


def depthwise_i8(random):
    x, w = bytes_of(random, 30, 30, 192), bytes_of(random, 3, 3, 192)
    sums = numpy.einsum("yxabc,abc->yxc", windows(x, 3).astype(numpy.int32), w.astype(numpy.int32))
    return [x, w], sums.astype(numpy.int32), 28 * 28 * 192 * 9, 0.0


def padded(x, zero):
    return numpy.pad(x.astype(numpy.int64), ((1, 1), (1, 1), (0, 0)), constant_values=zero) - zero


def double_rounded(sums, shift, zero):
    """TOSA's rescale by 1395864371 / 2^shift, with double rounding."""
    scaled = sums * 1395864371 + (1 << shift - 1) + numpy.where(sums >= 0, 1 << 30, -(1 << 30)) >> shift
    return (scaled + zero).clip(-128, 127).astype(numpy.int8)


def conv2d_layer_i8(random):
    x, w = bytes_of(random, 28, 28, 64), bytes_of(random, 96, 3, 3, 64)
    bias = random.integers(-65536, 65536, 96, dtype=numpy.int32)
    sums = numpy.einsum("yxabc,nabc->yxn", windows(padded(x, -3), 3), w.astype(numpy.int64), optimize=True) + bias
    return [x, w, bias], double_rounded(sums, 42, 5), 28 * 28 * 96 * 9 * 64, 0.0


def depthwise_layer_i8(random):
    x, w = bytes_of(random, 28, 28, 64), bytes_of(random, 3, 3, 64)
    bias = random.integers(-20000, 20000, 64, dtype=numpy.int32)
    sums = numpy.einsum("yxabc,abc->yxc", windows(padded(x, -3), 3), w.astype(numpy.int64)) + bias
    return [x, w, bias], double_rounded(sums, 39, -7), 28 * 28 * 64 * 9, 0.0


def gemv_i8(random):
    a, x = bytes_of(random, 1024, 1024), bytes_of(random, 1024)
    return [a, x, None, 1024, 1024], a.astype(numpy.int32) @ x.astype(numpy.int32), 1024 * 1024, 0.0


def gru_f32(random):
    n = 256
    w, u = (floats(random, 3 * n, n) / numpy.float32(16) for _ in range(2))
    x, h, b, c = floats(random, n), floats(random, n), floats(random, 3 * n), floats(random, 3 * n)
    wide = [array.astype(numpy.float64) for array in (w, u, x, h, b, c)]
    given, kept = wide[0] @ wide[2] + wide[4], wide[1] @ wide[3] + wide[5]
    z, r = (1 / (1 + numpy.exp(-(given[k * n:(k + 1) * n] + kept[k * n:(k + 1) * n]))) for k in range(2))
    new = (1 - z) * numpy.tanh(given[2 * n:] + r * kept[2 * n:]) + z * wide[3]
    return [w, u, x, h, b, c], new.astype(numpy.float32), 6 * n * n, 5e-6


def residual_relu_f32(random):
    a, b = floats(random, 1 << 18), floats(random, 1 << 18)
    return [a, b, None, a.size], numpy.maximum(a + b, numpy.float32(0)), None, 0.0


def max_pool_i8(random):
    x = bytes_of(random, 56, 56, 128)
    return [x], x.reshape(28, 2, 28, 2, 128).max(axis=(1, 3)), None, 0.0


def rounded(value, multiplier, shift):
    return value.astype(numpy.int64) * multiplier + (1 << shift - 1) >> shift


def residual_add_i8(random):
    x, y = bytes_of(random, 1 << 18), bytes_of(random, 1 << 18)
    total = rounded(x.astype(int) + 3 << 12, 1340700913, 31) + rounded(y.astype(int) - 5 << 12, 1711276032, 31)
    return [x, y, None, x.size], (rounded(total, 1073741824, 42) + 7).clip(-128, 127).astype(numpy.int8), None, 0.0


def requantize_i8(random):
    x = random.integers(-(1 << 20), 1 << 20, 1 << 18, dtype=numpy.int32)
    return [x, None, x.size], (rounded(x, 1518500250, 44) - 3).clip(-128, 127).astype(numpy.int8), None, 0.0


def transpose_f32(random):
    x = floats(random, 512, 256)
    return [x], x.T.copy(), None, 0.0


def softmax_f32(random):
    x = floats(random, 256, 512)
    wide = numpy.exp(x.astype(numpy.float64) - x.max(axis=1, keepdims=True))
    return [x, None, 256, 512], (wide / wide.sum(axis=1, keepdims=True)).astype(numpy.float32), None, 2e-6


def rms_norm_f32(random):
    x, scale = floats(random, 256, 512), floats(random, 512)
    wide = x.astype(numpy.float64)
    expected = wide / numpy.sqrt((wide ** 2).mean(axis=1, keepdims=True) + 1e-5) * scale
    return [x, scale, None, 256, 512], expected.astype(numpy.float32), None, 2e-6


def layer_norm_f32(random):
    x, scale, offset = floats(random, 256, 512), floats(random, 512), floats(random, 512)
    wide = x.astype(numpy.float64)
    wide = wide - wide.mean(axis=1, keepdims=True)
    expected = wide / numpy.sqrt((wide ** 2).mean(axis=1, keepdims=True) + 1e-5) * scale + offset
    return [x, scale, offset, None, 256, 512], expected.astype(numpy.float32), None, 2e-6


def gelu_f32(random):
    x, bias = floats(random, 256, 512), floats(random, 512)
    v = x.astype(numpy.float64) + bias
    expected = 0.5 * v * (1 + numpy.vectorize(math.erf)(v * 0.7071067811865476))
    return [x, bias, None, 256, 512], expected.astype(numpy.float32), None, 2e-6


# Each with the files that do the same; None in the arguments stands for the result, which is the last otherwise.
KERNELS = [(gemm_i8, ["gemm_i8.c", "../mlir/matmul_i8.bare.ll", "gemm_i8_intrinsics.c", "../matmul_kernel/matmul_i8.s"])]
KERNELS += [(make, [make.__name__ + ".c"]) for make in (gemm_f16, linear_tflite_i8, linear_gelu_f16, conv2d_i8, depthwise_i8, gemv_i8, gru_f32, residual_relu_f32,
                                                        max_pool_i8, transpose_f32)]
# As loops and by hand.
KERNELS += [(make, [make.__name__ + ".c", make.__name__ + "_intrinsics.c"])
            for make in (softmax_f32, layer_norm_f32, rms_norm_f32, gelu_f32)]
KERNELS += [(make, [make.__name__ + ".c", f"../vector_kernels/{make.__name__}_kernel.s"]) for make in (residual_add_i8, requantize_i8)]
# Layers of quantized networks, through TOSA: padding, zero points, bias, sums and rescaling are nests of their own there.
KERNELS += [(conv2d_layer_i8, ["../mlir/conv2d_i8.bare.ll"]), (depthwise_layer_i8, ["../mlir/depthwise_i8.bare.ll"])]
KERNELS += [(keyword_spotting_i8, ["keyword_spotting_i8.c"])]
FUNCTIONS = {"matmul_i8.bare": "matmul_i8", "matmul_i8": "matmul_i8_kernel", "conv2d_i8.bare": "conv2d_layer_i8",
             "depthwise_i8.bare": "depthwise_i8"}


class Runner:
    def __init__(self, tools, folder, show):
        self.tools, self.folder, self.show = tools, folder, show

    def run(self, *command):
        if self.show:
            print("$", shlex.join(command))
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=self.folder)
        if done.returncode != 0:
            sys.exit(f"gallery: exit code {done.returncode}:\n$ {shlex.join(command)}")
        return done.stdout

    def build(self, name, source):
        """Source to executable."""
        code, intermediate = name + ".o", source
        if source.endswith(".s"):
            self.run(os.path.join(self.tools, "kiln-as"), "-I", os.path.dirname(source), "-o", code, source)
        else:
            if source.endswith(".c"):
                intermediate = name + ".bc"
                self.run(*CLANG, *(INTRINSICS if "intrinsics" in name else PLAIN), "-o", intermediate, source)
            by_hand = ["-no-tensor"] if "intrinsics" in name else []
            self.run(os.path.join(self.tools, "kiln-llc"), "-O2", *by_hand, f"-kiln-report={name}.html", "-filetype=obj", "-o",
                     code, intermediate)
        self.run(os.path.join(self.tools, "kiln-ld"), "-o", name, code, *LIBRARIES)

    def call(self, name, function, arguments, expected):
        """The result, the counters, and what became of the loop nests."""
        result = f"{name}.result.npy"
        shape = "x".join(str(size) for size in expected.shape)
        words = []
        has_result = any(argument is None for argument in arguments)
        for number, argument in enumerate(arguments if has_result else [*arguments, None]):
            if argument is None:
                words += ["--arg", f"out:{result}:{expected.dtype}:{shape}"]
            elif isinstance(argument, int):
                words += ["--arg", f"i64:{argument}"]
            else:
                numpy.save(os.path.join(self.folder, f"{name}.{number}.npy"), argument)
                words += ["--arg", f"in:{name}.{number}.npy"]
        said = self.run(os.path.join(self.tools, "kiln-sim"), name, "--check=all", "--stats=json", f"--nests={name}.json", "--call",
                        function, *words)
        with open(os.path.join(self.folder, name + ".json"), encoding="utf-8") as file:
            nests = json.load(file)["nests"]
        return numpy.load(os.path.join(self.folder, result)), json.loads(said), nests


def compare(actual, expected, error):
    """What is wrong, or None."""
    if error:
        largest = numpy.abs(actual.astype(numpy.float64) - expected).max() / numpy.abs(expected).max()
        return None if largest <= error else f"off by {largest:.2g} of the largest element"
    different = int((actual.view(f"u{actual.itemsize}") != expected.view(f"u{expected.itemsize}")).sum())
    return f"{different} of {expected.size} elements differ" if different else None


def show(source, counters, nests, work, moved, problem, error):
    cycles = counters["cycles"]
    rate = f"{work / cycles:8.1f} MAC/cycle" if work else f"{moved / cycles:8.1f} bytes/cycle"
    verdict = f"WRONG: {problem}" if problem else "equal to NumPy" if not error else f"within {error:g} of NumPy"
    print(f"{source:30} {cycles:>11,} cycles {rate:>20}   {verdict}")
    for nest in nests:
        measured, estimate = nest["measured"], nest["estimate"]
        bound = f", bound by {estimate['bound']}" if estimate and "bound" in estimate else ""
        if not measured["entries"] + measured["scalar_entries"]:
            continue
        place = f"{os.path.basename(nest['file'])}:{nest['line']}" if nest["file"] else nest["function"]
        runs = measured["entries"]
        each = f" in {runs} runs, {measured['cycles'] // runs:,} each" if runs > 1 else ""
        print(f"    {place}: {nest['unit']}, {measured['cycles']:,} cycles{each}"
              + (f" (estimate {estimate['cycles']:,}{bound})" if estimate else ""))
        print(f"      {nest['summary']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.path.join(EXAMPLES, "..", "build", "dev", "bin"))
    parser.add_argument("--keep")
    parser.add_argument("kernels", nargs="*", metavar="KERNEL")
    options = parser.parse_args()
    known = {os.path.splitext(os.path.basename(path))[0] for _, paths in KERNELS for path in paths}
    for name in options.kernels:
        if name not in known:
            sys.exit(f"gallery: there is no kernel '{name}'; there are {', '.join(sorted(known))}")
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="kiln-gallery-") as temporary:
        folder = options.keep or temporary
        os.makedirs(folder, exist_ok=True)
        runner = Runner(os.path.abspath(options.bin), folder, bool(options.keep))
        for make, paths in KERNELS:
            paths = [path for path in paths
                     if not options.kernels or os.path.splitext(os.path.basename(path))[0] in options.kernels]
            if not paths:
                continue
            arguments, expected, work, error = make(numpy.random.default_rng(1))
            moved = expected.nbytes + sum(a.nbytes for a in arguments if isinstance(a, numpy.ndarray))
            for path in paths:
                name = os.path.splitext(os.path.basename(path))[0]
                runner.build(name, os.path.normpath(os.path.join(HERE, path)))
                result, counters, nests = runner.call(name, FUNCTIONS.get(name, name), arguments, expected)
                problem = compare(result, expected, error)
                show(os.path.basename(path), counters, nests, work, moved, problem, error)
                wrong += problem is not None
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
