"""choices_test.py BUILD: largest and smallest elements of rows, as comparisons find them in every way to write them, on the
vector unit and as scalar code: the same bits, whatever NaN, infinities and zeros of both signs there are; also beside a sum and a store."""
import subprocess
import sys
import tempfile

import numpy

from toolchain import Failed, InOut, Report, Toolchain, difference, program, run

CLANG = ["--target=riscv64-unknown-elf", "-march=rv64gc_zfh", "-mabi=lp64d", "-O2", "-ffreestanding", "-fno-vectorize",
         "-fno-slp-vectorize", "-fno-unroll-loops", "-w", "-emit-llvm", "-S"]
TYPES = {"float": "float32", "double": "float64", "_Float16": "float16"}
WAYS = ["v > m ? v : m", "v >= m ? v : m", "v < m ? v : m", "v <= m ? v : m", "m > v ? m : v", "m < v ? m : v", "m >= v ? m : v",
        "!(v <= m) ? v : m", "!(m < v) ? v : m", "__builtin_elementwise_maximum(m, v)", "__builtin_elementwise_minimum(v, m)",
        "__builtin_elementwise_max(m, v)", "m != m ? m : !(v <= m) ? v : m", "m != m ? m : !(v >= m) ? v : m",
        "v != v ? m : !(v <= m) ? v : m", "v != v ? m : !(v >= m) ? v : m", "m != m ? v : v > m ? v : m", "m == m && v < m ? v : m"]
WIDTH, ROWS = 1500, 16


def rows(kind):
    random = numpy.random.default_rng(8)
    x = random.standard_normal((16, WIDTH)).astype(kind)
    x[1, 70] = numpy.nan
    x[2, 0] = numpy.nan
    x[3] = numpy.nan
    x[4] = numpy.where(random.integers(0, 2, WIDTH), 0.0, -0.0)
    x[5] = -numpy.where(random.integers(0, 2, WIDTH), 0.0, -0.0)
    x[6] = -numpy.abs(x[6])
    x[6, 9::20], x[6, 19::20] = -0.0, 0.0
    x[7] = numpy.abs(x[7])
    x[7, 9::20], x[7, 19::20] = 0.0, -0.0
    x[8, 5], x[8, 80] = numpy.inf, -numpy.inf
    x[9] = -numpy.inf
    x[10, 1:] = numpy.nan
    x[11, WIDTH - 1] = numpy.nan
    x[12] = 0
    return x


def check(toolchain, kind, way, beside):
    other = f"z[i * {WIDTH} + j] = v * 2; n += v > 1;" if beside else ""
    source = toolchain.path("choice.c")
    with open(source, "w", encoding="ascii") as file:
        file.write(f"void kernel(const {kind} *restrict x, {kind} *restrict y, {kind} *restrict z, int *restrict c) {{\n"
                   f"  for (long i = 0; i < {ROWS}; i++) {{\n    {kind} m = x[i * {WIDTH}];\n    int n = 0;\n"
                   f"    for (long j = 1; j < {WIDTH}; j++) {{ {kind} v = x[i * {WIDTH} + j]; m = {way}; {other} }}\n"
                   "    y[i] = m;\n    c[i] = n;\n    __asm__ volatile(\"\");\n  }\n}\n")  # so that rows cannot be lanes
    run([program("clang-22"), *CLANG, "-o", source + ".ll", source])
    results = []
    for mode in ("on", "off"):
        code = source + mode + ".o"
        done = subprocess.run([toolchain.tool("kiln-llc"), "-O2", f"-tensor={mode}", "-verify-each", "-Rpass=vector",
                               "-filetype=obj", "-o", code, source + ".ll"], capture_output=True, text=True, check=False)
        if done.returncode or (mode == "on" and "1 loop on the vector unit, 1 as lanes" not in done.stderr):
            return f"not on the vector unit: {done.stderr}"
        executable = toolchain.link([code], "choice-" + mode)
        arrays, _ = toolchain.call(executable, "kernel", "bare", [rows(TYPES[kind]), InOut(numpy.zeros(ROWS, TYPES[kind])),
                                                                InOut(numpy.zeros((ROWS, WIDTH), TYPES[kind])),
                                                                InOut(numpy.zeros(ROWS, numpy.int32))],
                                   "--check=all", "--no-timing")
        results.append(arrays)
    return next(filter(None, (difference(*pair) for pair in zip(*results))), None)


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix="kiln-choices-") as folder:
        toolchain = Toolchain(sys.argv[1], folder)
        for kind in TYPES:
            for way in WAYS:
                report.check(f"{kind}: {way}", check, toolchain, kind, way, False)
        for way in WAYS:
            report.check(f"beside others: {way}", check, toolchain, "float", way, True)
    report.finish()


if __name__ == "__main__":
    main()
