#!/usr/bin/env python3
"""demo.py [BIN]: the int8 matmul of 256 x 256 x 256 on the simulated machines, compiled and by hand, beside NumPy.

BIN is the folder of the tools (build/dev/bin). Exits with 1 when a tool fails or a result differs.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy

EXAMPLES = os.path.dirname(os.path.abspath(__file__))
SIZE = 256
IR = os.path.join(EXAMPLES, "mlir", "matmul_i8.bare.ll")
KERNEL = os.path.join(EXAMPLES, "matmul_kernel", "matmul_i8.s")


def run(*command):
    """Runs a tool that must succeed; on failure shows the command and what it said."""
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(f"demo: failed with exit code {result.returncode}:\n$ {' '.join(command)}")
    return result.stdout


def peak(machine):
    """int8 multiply-accumulates per cycle: a T x T outer product of 4 k each, with T words in a vector register."""
    with open(os.path.join(EXAMPLES, "..", "isa", "machines", machine + ".machine"), encoding="utf-8") as file:
        words = int(re.search(r"^vlen\s*=\s*(\d+)", file.read(), re.MULTILINE).group(1)) // 32
    return 4 * words * words


def measure(tool, folder, machine, executable, function, a, b):
    """Calls C = A * B; returns C and the counters."""
    paths = {name: os.path.join(folder, name + ".npy") for name in "ABC"}
    numpy.save(paths["A"], a)
    numpy.save(paths["B"], b)
    if os.path.exists(paths["C"]):
        os.remove(paths["C"])
    output = run(tool("kiln-sim"), f"--mcpu={machine}", executable, "--stats=json", "--call", function,
                 "--arg", f"in:{paths['A']}", "--arg", f"in:{paths['B']}",
                 "--arg", f"out:{paths['C']}:int32:{SIZE}x{SIZE}")
    return numpy.load(paths["C"]), json.loads(output)


def main():
    folder_of_tools = sys.argv[1] if len(sys.argv) > 1 else os.path.join(EXAMPLES, "..", "build", "dev", "bin")

    def tool(name):
        path = os.path.join(folder_of_tools, name)
        if not os.path.exists(path):
            sys.exit(f"demo: {path} is not built: ./run build")
        return path

    def compiled(folder, machine, tensor="off"):
        code, executable = os.path.join(folder, "compiled.o"), os.path.join(folder, "compiled")
        run(tool("kiln-llc"), f"-mcpu={machine}", "-O2", f"-tensor={tensor}", "-filetype=obj", "-o", code, IR)
        run(tool("kiln-ld"), f"-mcpu={machine}", "-o", executable, code)
        return executable

    def mapped(folder, machine):
        return compiled(folder, machine, "on")

    def by_hand(folder, machine):
        code, executable = os.path.join(folder, "kernel.o"), os.path.join(folder, "kernel")
        run(tool("kiln-as"), f"-mcpu={machine}", "-o", code, KERNEL)
        run(tool("kiln-ld"), "-o", executable, code)
        return executable

    random = numpy.random.default_rng(1)
    a = random.integers(-128, 128, (SIZE, SIZE), dtype=numpy.int8)
    b = random.integers(-128, 128, (SIZE, SIZE), dtype=numpy.int8)
    expected = a.astype(numpy.int32) @ b.astype(numpy.int32)
    rows = [
        ("k1", "LLVM IR by kiln-llc -O2, scalar", compiled, "matmul_i8"),
        ("k1", "the same IR, -tensor=on", mapped, "matmul_i8"),
        ("k1", "by hand: tile unit, scratchpad, DMA", by_hand, "matmul_i8_kernel"),
        ("k0", "the same IR, -tensor=on", mapped, "matmul_i8"),
        ("k0", "the same source by hand", by_hand, "matmul_i8_kernel"),
    ]
    print(f"C = A * B, int8 into int32, {SIZE} x {SIZE} x {SIZE}, from DRAM to DRAM\n")
    print(f"{'machine':8} {'program':38} {'cycles':>13} {'MAC/cycle':>10} {'of peak':>9}   result")
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="kiln-demo-") as folder:
        for machine, label, build, function in rows:
            result, counters = measure(tool, folder, machine, build(folder, machine), function, a, b)
            differing = int((result != expected).sum())
            wrong += differing != 0
            rate = SIZE**3 / counters["cycles"]
            verdict = f"{differing} of {SIZE * SIZE} elements DIFFER from NumPy" if differing else "equal to NumPy"
            print(f"{machine:8} {label:38} {counters['cycles']:13,} {rate:10.4g} {rate / peak(machine):9.3%}   {verdict}")
    print(f"\npeak: {peak('k1')} MAC/cycle on k1, {peak('k0')} on k0")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
