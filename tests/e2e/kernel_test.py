"""kernel_test.py BUILD: the int8 matmul by hand (examples/matmul_kernel) on both machines: right on every kind of input,
and on k1 at no less than the promised share of the peak, all DMA included."""
import json
import os
import sys
import tempfile

import numpy

from toolchain import Out, Report, Toolchain, difference

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SOURCE = os.path.join(ROOT, "examples", "matmul_kernel", "matmul_i8.s")
SIZE = 256
PROMISED_PERCENT = 91


def inputs():
    random = numpy.random.default_rng(7)
    def numbers():
        return random.integers(-128, 128, (SIZE, SIZE), dtype=numpy.int8)
    lowest = numpy.full((SIZE, SIZE), -128, numpy.int8)
    place = numpy.arange(SIZE * SIZE).reshape(SIZE, SIZE)
    return {
        "random": (numbers(), numbers()),
        "lowest": (lowest, lowest),
        "identity on the left": (numpy.eye(SIZE, dtype=numpy.int8), numbers()),
        "identity on the right": (numbers(), numpy.eye(SIZE, dtype=numpy.int8)),
        "different everywhere": ((place % 251 - 125).astype(numpy.int8), (place % 241 - 120).astype(numpy.int8)),
    }


def check(toolchain, executable, machine, a, b):
    expected = a.astype(numpy.int32) @ b.astype(numpy.int32)
    results, _ = toolchain.call(executable, "matmul_i8_kernel", "bare", [a, b, Out("int32", SIZE, SIZE)],
                                f"--mcpu={machine}", "--no-timing")
    return difference(results[0], expected)


def fast_enough(toolchain, executable):
    a, b = inputs()["random"]
    _, said = toolchain.call(executable, "matmul_i8_kernel", "bare", [a, b, Out("int32", SIZE, SIZE)], "--stats=json")
    percent = json.loads(said)["percent_of_peak"]
    return None if percent >= PROMISED_PERCENT else f"{percent} % of the peak; {PROMISED_PERCENT} % are promised"


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix="kiln-kernel-") as folder:
        toolchain = Toolchain(sys.argv[1], folder)
        for machine in ("k1", "k0"):
            made = []

            def make(machine=machine, made=made):
                code = toolchain.assemble(SOURCE, f"kernel.{machine}", f"-mcpu={machine}")
                made.append(toolchain.link([code], f"kernel-{machine}"))

            if report.check(f"{machine}: build", make):
                for name, (a, b) in inputs().items():
                    report.check(f"{machine}: {name}", check, toolchain, made[0], machine, a, b)
                if machine == "k1":
                    report.check("k1: speed", fast_enough, toolchain, made[0])
    report.finish()


if __name__ == "__main__":
    main()
