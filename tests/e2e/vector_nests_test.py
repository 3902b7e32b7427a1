"""vector_nests_test.py BUILD [--slice]: plain loops in C that are no contractions (elementwise, reductions, pooling, transposes,
gathers, matrix times vector), with sizes that are constants or arguments, beside NumPy: bit for bit, under all checks of the
simulator, at sizes for which data goes through the scratchpad and at ones for which it does not."""
import sys
import tempfile

import numpy

import vector_cases
from toolchain import InOut, Report, Toolchain, difference, program, run

CLANG = ["--target=riscv64-unknown-elf", "-march=rv64gc_zfh", "-mabi=lp64d", "-O2", "-ffreestanding", "-fno-vectorize",
         "-fno-slp-vectorize", "-fno-unroll-loops", "-fno-builtin", "-ffp-contract=on", "-w", "-emit-llvm", "-S"]
SIZES = [700, 9300, 60000]


def check(toolchain, case, machine):
    name = f"case-{machine}"
    source, bitcode = toolchain.path(name + ".c"), toolchain.path(name + ".ll")
    with open(source, "w", encoding="ascii") as file:
        file.write(case.source)
    run([program("clang-22"), *CLANG, "-o", bitcode, source])
    code = toolchain.compile(bitcode, 2, name, f"-mcpu={machine}", "-verify-each")
    executable = toolchain.link([code], name, f"-mcpu={machine}")
    arguments = [*case.inputs, *(InOut(before) for before, _ in case.results), *case.scalars]
    results, _ = toolchain.call(executable, "kernel", "bare", arguments, f"--mcpu={machine}", "--check=all", "--no-timing")
    problems = [difference(actual, expected) for actual, (_, expected) in zip(results, case.results)]
    return next((problem for problem in problems if problem), None)


def main():
    report = Report()
    step = 5 if "--slice" in sys.argv else 1
    cases = [(machine, make, size, known) for make in vector_cases.ALL for size in SIZES for known in (True, False)
             for machine in ("k1", "k0")]
    with tempfile.TemporaryDirectory(prefix="kiln-vector-") as folder:
        toolchain = Toolchain(sys.argv[1], folder)
        for machine, make, size, known in cases[::step]:
            case = make(numpy.random.default_rng(7), size, known)
            report.check(f"{machine}: {case.name}, {size} bytes", check, toolchain, case, machine)
    report.finish()


if __name__ == "__main__":
    main()
