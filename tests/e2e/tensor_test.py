"""tensor_test.py BUILD [--slice]: plain loops in C, compiled for the tile unit, beside NumPy: sizes with edges, layouts,
types, orders of the loops, batches, convolutions, sums narrowed on their way out; bit for bit, under all checks of the
simulator. Each case must become a contraction, as the compiler's remark says."""
import re
import subprocess
import sys
import tempfile

import numpy

import convolution_cases
import packed_cases
import tensor_cases
from toolchain import Failed, InOut, Report, Toolchain, difference, program, run

CLANG = ["--target=riscv64-unknown-elf", "-march=rv64gc_zfh", "-mabi=lp64d", "-O2", "-ffreestanding", "-fno-vectorize",
         "-fno-slp-vectorize", "-fno-unroll-loops", "-fno-builtin", "-ffp-contract=fast", "-emit-llvm", "-S"]


def compile_case(toolchain, case, machine, mapped=True):
    name = f"case-{machine}"
    source, bitcode = toolchain.path(name + ".c"), toolchain.path(name + ".ll")
    with open(source, "w", encoding="ascii") as file:
        file.write(case.source)
    run([program("clang-22"), *CLANG, "-o", bitcode, source])
    code = toolchain.path(name + ".o")
    done = subprocess.run([toolchain.tool("kiln-llc"), "-O2", "-tensor=on", f"-mcpu={machine}", "-verify-each",
                           "-Rpass=contraction", "-Rpass-analysis=contraction", "-filetype=obj", "-o", code, bitcode],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(done.stderr)
    wanted = case.remark if machine == "k1" or case.remark == "no contraction" else "on the tile unit"
    if mapped and wanted not in done.stderr:
        raise Failed(f"not mapped: {done.stderr}")
    return toolchain.link([code], name, f"-mcpu={machine}")


def check(toolchain, case, machine):
    return difference_of(toolchain, case, machine, compile_case(toolchain, case, machine))


def difference_of(toolchain, case, machine, executable):
    arguments = [*case.inputs[:-1], InOut(case.inputs[-1]), *case.scalars]
    results, said = toolchain.call(executable, "kernel", "bare", arguments, f"--mcpu={machine}", "--check=all", "--no-timing", "--stats")
    executed = int(re.search(r"instructions\D+(\d+)", said).group(1))
    if case.taken and executed > case.macs:
        return f"the scalar code ran: {executed} instructions for {case.macs} products"
    return difference(results[0], case.expected)


def main():
    report = Report()
    step = 5 if "--slice" in sys.argv else 1
    with tempfile.TemporaryDirectory(prefix="kiln-tensor-") as folder:
        toolchain = Toolchain(sys.argv[1], folder)
        for machine in ("k1", "k0"):
            random = numpy.random.default_rng(11)
            for case in [*tensor_cases.all_cases(random), *convolution_cases.all_forms(random),
                         *packed_cases.all_packed(random)][::step]:
                if machine == "k1" or case.small:
                    report.check(f"{machine}: {case.name}", check, toolchain, case, machine)
    report.finish()


if __name__ == "__main__":
    main()
