"""edges_test.py BUILD: floating convolutions whose guards keep the window within the image, on the tile unit and as scalar code: the same bits, also
where the tile unit may not add what lies beyond the edges: weights that are infinite or no numbers, sums that begin with -0 or with a NaN, values so
small that a sum could become -0. How many instructions ran says which of the two it was."""
import re
import subprocess
import sys
import tempfile

import numpy

from toolchain import InOut, Report, Toolchain, difference, program, run

CLANG = ["--target=riscv64-unknown-elf", "-march=rv64gc_zfh", "-mabi=lp64d", "-O2", "-ffreestanding", "-fno-vectorize",
         "-fno-slp-vectorize", "-fno-unroll-loops", "-ffp-contract=fast", "-w", "-emit-llvm", "-S"]
HEIGHT, WIDTH, CHANNELS, FILTERS, PAD = 9, 10, 24, 16, 3
TYPES = {"float": "f32", "_Float16": "f16", "__bf16": "bf16"}
# With a window of 3 and 3 lines beyond the edges some results are what they begin with alone.
SOURCE = """enum {{ H = {0}, W = {1}, C = {2}, N = {3}, P = {4}, OH = H + 2 * P - 2, OW = W + 2 * P - 2 }};
void kernel(const {type} *restrict x, const {type} *restrict w, const float *restrict bias, float *restrict y) {{
  for (int oy = 0; oy < OH; oy++)
    for (int ox = 0; ox < OW; ox++)
      for (int n = 0; n < N; n++) {{
        float sum = {start};
        for (int ky = 0; ky < 3; ky++)
          for (int kx = 0; kx < 3; kx++) {{
            int iy = oy + ky - P, ix = ox + kx - P;
            if (iy >= 0 && iy < H && ix >= 0 && ix < W)
              for (int c = 0; c < C; c++)
                sum += (float)x[{pixel}] * (float)w[((n * 3 + ky) * 3 + kx) * C + c];
          }}
        y[{result}] = sum;
      }}
}}
"""
LAYOUTS = {"last": ("(iy * W + ix) * C + c", "(oy * OW + ox) * N + n"), "first": ("(c * H + iy) * W + ix", "(n * OH + oy) * OW + ox")}


def compiled(toolchain, kind, layout, start):
    source, executables = toolchain.path("edges.c"), []
    with open(source, "w", encoding="ascii") as file:
        file.write(SOURCE.format(HEIGHT, WIDTH, CHANNELS, FILTERS, PAD, type=kind, start=start, pixel=LAYOUTS[layout][0],
                                 result=LAYOUTS[layout][1]))
    run([program("clang-22"), *CLANG, "-o", source + ".ll", source])
    for mode in ("on", "off"):
        code = source + mode + ".o"
        done = subprocess.run([toolchain.tool("kiln-llc"), "-O2", f"-tensor={mode}", "-verify-each", "-Rpass=contraction",
                               "-filetype=obj", "-o", code, source + ".ll"], capture_output=True, text=True, check=False)
        if done.returncode or (mode == "on" and "on the tile unit" not in done.stderr):
            sys.exit(f"not on the tile unit: {kind} {layout} {start}: {done.stderr}")
        executables.append(toolchain.link([code], "edges-" + mode))
    return executables


def elements(kind, values):
    if kind == "__bf16":
        return (values.astype(numpy.float32).view(numpy.uint32) >> 16).astype(numpy.uint16)
    return values.astype({"float": numpy.float32, "_Float16": numpy.float16}[kind])


def operands(kind, change):
    random = numpy.random.default_rng(5)
    x = random.standard_normal(HEIGHT * WIDTH * CHANNELS)
    w = random.standard_normal(FILTERS * 9 * CHANNELS)
    bias = random.standard_normal(FILTERS).astype(numpy.float32)
    bias[3] = 0
    x[::7], w[::5] = 0, -0.0
    change(x, w, bias)
    return elements(kind, x), elements(kind, w), bias


def put(number, value, at):
    def change(*arrays):
        arrays[number][at % len(arrays[number])] = value
    return change


def tiny(x, w, _):
    x[11], w[20] = 1e-30, -1e-25


def small(x, w, _):
    x[11], w[20] = 1e-9, -1e-9


# What changes, and whether the tile unit may do it: for all types, or None for all but fp16, whose products are exact.
CHANGES = {"nothing": (lambda *_: None, True), "infinite weight": (put(1, numpy.inf, 77), False),
           "negative infinite weight": (put(1, -numpy.inf, 0), False), "no number as weight": (put(1, numpy.nan, -1), False),
           "infinite pixel": (put(0, numpy.inf, 100), True), "no number as pixel": (put(0, numpy.nan, -1), True),
           "all zero": (lambda x, w, b: (x.fill(0), w.fill(0)), True), "tiny": (tiny, None), "small": (small, True),
           "begins with -0": (put(2, -0.0, 15), False), "begins with no number": (put(2, numpy.nan, 0), False),
           "begins with infinity": (put(2, numpy.inf, 7), True)}


def check(toolchain, executables, kind, name, begins):
    change, taken = CHANGES[name]
    taken = kind == "_Float16" if taken is None else taken or (name.startswith("begins") and not begins)
    results, counts = [], []
    shape = FILTERS * (HEIGHT + 2 * PAD - 2) * (WIDTH + 2 * PAD - 2)
    for executable in executables:
        arrays, said = toolchain.call(executable, "kernel", "bare", [*operands(kind, change), InOut(numpy.full(shape, 3, numpy.float32))],
                                      "--check=all", "--no-timing", "--stats")
        results.append(arrays[0])
        counts.append(int(re.search(r"instructions\D+(\d+)", said).group(1)))
    if (counts[0] * 8 < counts[1]) != taken:
        return f"{counts[0]} instructions, the scalar code {counts[1]}"
    return difference(*results)


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix="kiln-edges-") as folder:
        toolchain = Toolchain(sys.argv[1], folder)
        for kind in TYPES:
            for layout in LAYOUTS:
                for start in ("0", "bias[n]"):
                    executables = compiled(toolchain, kind, layout, start)
                    for name in CHANGES:
                        report.check(f"{kind}, channels {layout}, from {start}: {name}", check, toolchain, executables, kind, name,
                                     start != "0")
    report.finish()


if __name__ == "__main__":
    main()
