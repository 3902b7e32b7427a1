"""functions_test.py BUILD [--slice] [--all] [--only NAME]: mathematical functions as vector instructions, beside NumPy in
double precision: no result further than 1.25 units in the last place from the exact one, zeros with their signs,
infinities and NaN where they belong; rounding to whole numbers exact. --all goes through all floats (hours for erf)."""
import math
import subprocess
import sys
import tempfile

import numpy

from toolchain import Failed, InOut, Report, Toolchain, program, run

CLANG = ["--target=riscv64-unknown-elf", "-march=rv64gc_zfh", "-mabi=lp64d", "-O2", "-fno-math-errno", "-fno-vectorize",
         "-fno-slp-vectorize", "-fno-unroll-loops", "-emit-llvm", "-S"]
BOUND = 1.25


def away(x):
    return numpy.where(numpy.abs(x) < 2.0 ** 52, numpy.copysign(numpy.floor(numpy.abs(x) + 0.5), x), x)


NEAR = {"exp": numpy.exp, "exp2": numpy.exp2, "log": numpy.log, "log2": numpy.log2, "log10": numpy.log10,
        "tanh": numpy.tanh, "expm1": numpy.expm1, "log1p": numpy.log1p, "sin": numpy.sin, "cos": numpy.cos, "erf": numpy.vectorize(math.erf, otypes=[numpy.float64])}
EXACT = {"floor": numpy.floor, "ceil": numpy.ceil, "trunc": numpy.trunc, "rint": numpy.rint, "nearbyint": numpy.rint,
         "roundeven": numpy.rint, "round": away}
# There are none for machines of short registers.
LONG = ["sin", "cos"]
SPECIAL = [0.0, -0.0, math.inf, -math.inf, math.nan, -math.nan, 1e-45, -1e-45, 1.1754944e-38, 1.1754942e-38, 88.72283, 88.72284, 88.73,
           -87.33654, -87.33655, -103.97207, -103.97209, -104.0, -150.0, 127.99999, 128.0, -1e30, 1e30, 0.5, -0.5, 1.5, 2.5,
           -2.5, 0.49999997, -0.49999997, 8388607.5, -8388607.5, 8388608.0, 1.0, 2.0, 1024.0, 0.7, 0.70000005, 0.9, 3.95, 10.0]


def compile_vectors(toolchain, name, count, kind, machine):
    """The same of vectors in the source: no loop nest, but LLVM's intrinsic of 16 elements."""
    source = toolchain.path(f"{name}-{machine}-vectors.c")
    with open(source, "w", encoding="ascii") as file:
        file.write(f"typedef {kind} V __attribute__((vector_size(16 * sizeof({kind}))));\n"
                   f"void kernel(const {kind} *restrict x, {kind} *restrict y) {{\n"
                   f"  for (long i = 0; i < {count}; i += 16)\n"
                   f"    *(V *)(y + i) = __builtin_elementwise_{name}(*(const V *)(x + i));\n}}\n")
    run([program("clang-22"), *CLANG, "-o", source + ".ll", source])
    return toolchain.link([toolchain.compile(source + ".ll", 2, f"{name}-{machine}-vectors", f"-mcpu={machine}", "-verify-each")],
                          f"{name}-{machine}-vectors", f"-mcpu={machine}")


def compile_function(toolchain, name, count, kind, machine, argument="x[i]"):
    suffix = "f" if kind == "float" else ""
    source = toolchain.path(f"{name}-{machine}.c")
    with open(source, "w", encoding="ascii") as file:
        file.write(f"{kind} {name}{suffix}({kind});\n"
                   f"void kernel(const {kind} *restrict x, {kind} *restrict y) {{\n"
                   f"  for (long i = 0; i < {count}; i++) y[i] = {name}{suffix}({argument});\n}}\n")
    run([program("clang-22"), *CLANG, "-o", source + ".ll", source])
    done = subprocess.run([toolchain.tool("kiln-llc"), "-O2", f"-mcpu={machine}", "-verify-each", "-Rpass=vector",
                           "-filetype=obj", "-o", source + ".o", source + ".ll"], capture_output=True, text=True, check=False)
    if done.returncode or "1 as lanes" not in done.stderr:
        raise Failed(f"{name} on {machine} is not on the vector unit: {done.stderr}")
    return toolchain.link([source + ".o"], f"{name}-{machine}", f"-mcpu={machine}")


def units(actual, exact):
    """Distances in units of the last place of the float next to the exact value."""
    nearest = exact.astype(numpy.float32)
    exponent = numpy.frexp(numpy.where(numpy.isfinite(exact), exact, 1))[1]
    unit = numpy.ldexp(1.0, numpy.maximum(exponent - 24, -149))
    distance = numpy.abs(actual.astype(numpy.float64) - exact) / unit
    same = (actual == nearest) | (numpy.isnan(actual) & numpy.isnan(exact))
    return numpy.where(same, 0, numpy.where(numpy.isnan(distance), numpy.inf, distance))


def check(toolchain, executable, name, x, options):
    results, _ = toolchain.call(executable, "kernel", "bare", [x, InOut(numpy.zeros_like(x))], *options, timeout=3600)
    with numpy.errstate(all="ignore"):
        exact = {**NEAR, **EXACT}[name](x.astype(numpy.float64))
        away_by = units(results[0], exact) if x.dtype == numpy.float32 else (results[0] != exact) & ~numpy.isnan(exact)
    wrong = (away_by > (BOUND if name in NEAR else 0)) | (
        (exact == 0) & (numpy.signbit(exact) != numpy.signbit(results[0])))
    if not wrong.any():
        return None
    first = int(numpy.argmax(numpy.where(wrong, away_by + 1, 0)))
    return f"{int(wrong.sum())} results are wrong; {x[first]!r} gives {results[0][first]!r} instead of {exact[first]!r}"


def check_product(toolchain, executable, name, x):
    """The function of half of twice as much, where that is a number."""
    with numpy.errstate(all="ignore"):
        twice = numpy.where(numpy.abs(x) < 1e38, x * 2, x).astype(numpy.float32)
        x = (twice * numpy.float32(0.5)).astype(numpy.float32)
    results, _ = toolchain.call(executable, "kernel", "bare", [twice, InOut(numpy.zeros_like(x))], "--check=all", "--no-timing")
    with numpy.errstate(all="ignore"):
        worst = units(results[0], NEAR[name](x.astype(numpy.float64)))
    return None if (worst <= BOUND).all() else f"{x[worst.argmax()]!r} gives {results[0][worst.argmax()]!r}"


def numbers(random, count, kind):
    bits = random.integers(0, 1 << 32, count // 4, dtype=numpy.uint64).astype(numpy.uint32).view(numpy.float32)
    parts = [numpy.array(SPECIAL), bits, random.uniform(-1, 1, count // 4), random.uniform(-105, 90, count // 4),
             random.uniform(0.5, 2, count // 8),
             random.integers(1, 20000, count // 8) * (numpy.pi / 4), numpy.array(SPECIAL)]
    with numpy.errstate(all="ignore"):
        return numpy.concatenate([part.astype(numpy.float32) for part in parts])[:count].astype(kind)


def sampled(report, toolchain, names, count):
    for machine in ("k1", "k0"):
        for name in names:
            if machine == "k0" and name in LONG:
                continue
            executable = compile_function(toolchain, name, count, "float", machine)
            x = numbers(numpy.random.default_rng(3), count, "float32")
            report.check(f"{machine}: {name}f", check, toolchain, executable, name, x,
                         [f"--mcpu={machine}", "--check=all", "--no-timing"])
    # What arithmetic has made has canonical NaNs alone.
    for name in [name for name in names if name in ("exp", "exp2")]:
        executable = compile_function(toolchain, name, count, "float", "k1", "x[i] * 0.5f")
        x = numbers(numpy.random.default_rng(6), count, "float32")
        report.check(f"{name}f of a product", check_product, toolchain, executable, name, x)
    for name in names:
        if name in EXACT:
            executable = compile_function(toolchain, name, count, "double", "k1")
            x = numbers(numpy.random.default_rng(4), count, "float64") * (1 + 2.0 ** -40)
            report.check(name, check, toolchain, executable, name, x, ["--check=all", "--no-timing"])
        if name not in ("erf", "expm1", "log1p"):
            executable = compile_vectors(toolchain, name, count, "float", "k1")
            x = numbers(numpy.random.default_rng(5), count, "float32")
            report.check(f"vectors: {name}", check, toolchain, executable, name, x, ["--check=all", "--no-timing"])


def exhaustive(report, toolchain, names):
    size = 1 << 24
    for name in names:
        executable = compile_function(toolchain, name, size, "float", "k1")
        for start in range(0, 1 << 32, size):
            x = numpy.arange(start, start + size, dtype=numpy.uint64).astype(numpy.uint32).view(numpy.float32)
            report.check(f"{name}f from {start:#x}", check, toolchain, executable, name, x, ["--no-timing"])


def main():
    report = Report()
    names = [*NEAR, *EXACT]
    if "--only" in sys.argv:
        names = [sys.argv[sys.argv.index("--only") + 1]]
    with tempfile.TemporaryDirectory(prefix="kiln-functions-") as folder:
        toolchain = Toolchain(sys.argv[1], folder)
        if "--all" in sys.argv:
            exhaustive(report, toolchain, names)
        else:
            sampled(report, toolchain, names, 1 << (13 if "--slice" in sys.argv else 17))
    report.finish()


if __name__ == "__main__":
    main()
