"""vector_nests_test.py BUILD [--slice]: plain loops in C that are no contractions (elementwise, reductions, pooling, transposes,
gathers, matrix times vector, softmax, normalization, GELU), with sizes that are constants or arguments, beside NumPy: bit for
bit, or where there are mathematical functions within a tolerance, under all checks of the
simulator, at sizes for which data goes through the scratchpad and at ones for which it does not."""
import sys
import tempfile

import numpy

import function_cases
import vector_cases
from toolchain import InOut, Report, Toolchain, difference, program, run

CLANG = ["--target=riscv64-unknown-elf", "-march=rv64gc_zfh", "-mabi=lp64d", "-O2", "-fno-vectorize",
         "-fno-slp-vectorize", "-fno-unroll-loops", "-ffp-contract=on", "-w", "-emit-llvm", "-S"]
FREESTANDING = ["-ffreestanding", "-fno-builtin"]
# By series, for the arguments that the cases have.
LIBRARY = """
static double series(double x) {
  double sum = 1, term = 1;
  for (int k = 1; k < 30; k++) sum += term *= x / k;
  return sum;
}
static double power(double x) {
  double y = series(x / 64);
  for (int k = 0; k < 6; k++) y *= y;
  return y;
}
float expf(float x) { return power(x); }
float rintf(float x) {
  float unit = x < 0 ? -8388608.0f : 8388608.0f;
  return x < 8388608.0f && x > -8388608.0f ? x + unit - unit : x;
}
float nearbyintf(float x) { return rintf(x); }
float tanhf(float x) { double e = power(2 * (double)(x > 20 ? 20 : x < -20 ? -20 : x)); return (e - 1) / (e + 1); }
float erff(float f) {
  double x = f > 4 ? 4 : f < -4 ? -4 : f, sum = x, term = x;
  for (int k = 1; k < 80; k++) {
    term *= -x * x / k;
    sum += term / (2 * k + 1);
  }
  return sum * 1.1283791670955126;
}
"""
SIZES = [700, 9300, 60000]


def library(toolchain):
    """Functions that loops too short for lanes call."""
    source = toolchain.path("library.c")
    with open(source, "w", encoding="ascii") as file:
        file.write(LIBRARY)
    run([program("clang-22"), *CLANG[:-2], *FREESTANDING, "-mcmodel=medany", "-c", "-o", source + ".o", source])
    return source + ".o"


def check(toolchain, case, machine):
    name = f"case-{machine}"
    source, bitcode = toolchain.path(name + ".c"), toolchain.path(name + ".ll")
    with open(source, "w", encoding="ascii") as file:
        file.write(case.source)
    run([program("clang-22"), *CLANG, *getattr(case, "flags", FREESTANDING), "-o", bitcode, source])
    code = toolchain.compile(bitcode, 2, name, f"-mcpu={machine}", "-verify-each")
    executable = toolchain.link([code, library(toolchain)], name, f"-mcpu={machine}")
    arguments = [*case.inputs, *(InOut(before) for before, _ in case.results), *case.scalars]
    results, _ = toolchain.call(executable, "kernel", "bare", arguments, f"--mcpu={machine}", "--check=all", "--no-timing")
    problems = [function_cases.distance(actual, expected, case.tolerance) if hasattr(case, "tolerance") else
                difference(actual, expected) for actual, (_, expected) in zip(results, case.results)]
    return next((problem for problem in problems if problem), None)


def main():
    report = Report()
    step = 5 if "--slice" in sys.argv else 1
    cases = [(machine, make, size, known) for make in vector_cases.ALL + function_cases.ALL for size in SIZES for known in (True, False)
             for machine in ("k1", "k0")]
    with tempfile.TemporaryDirectory(prefix="kiln-vector-") as folder:
        toolchain = Toolchain(sys.argv[1], folder)
        for machine, make, size, known in cases[::step]:
            case = make(numpy.random.default_rng(7), size, known)
            report.check(f"{machine}: {case.name}, {size} bytes", check, toolchain, case, machine)
    report.finish()


if __name__ == "__main__":
    main()
