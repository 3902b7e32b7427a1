"""programs_test.py BUILD PROGRAM [--slice] [--llc]: the C program programs/PROGRAM.c on the simulator and on this host.

clang makes LLVM IR of it, unoptimized and optimized; kiln-llc at every level, kiln-ld and kiln-sim do the rest. Each of its
functions test_* maps a seed to a hash, which must be the host's. --llc takes LLVM's compiler in place of ours, which tells
whether a difference is the compiler's or the simulator's.
"""
import ctypes
import os
import re
import sys
import tempfile

from toolchain import Report, Toolchain, program, run

PROGRAMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "programs")
FLAGS = ["-std=c17", "-Wall", "-Wextra", "-Werror", "-ffreestanding", "-ffp-contract=off", "-fno-vectorize",
         "-fno-slp-vectorize", "-fno-math-errno"]
TARGET = ["--target=riscv64-unknown-elf", "-march=rv64imafd_zba_zbb", "-mabi=lp64d", "-mcmodel=medany"]


def expected_hashes(source, functions, seeds, folder):
    library = os.path.join(folder, "host.so")
    run([program("clang-22"), *FLAGS, "-O1", "-shared", "-fPIC", "-o", library, source])
    host = ctypes.CDLL(library)
    hashes = {}
    for function in functions:
        call = getattr(host, function)
        call.restype, call.argtypes = ctypes.c_uint64, [ctypes.c_uint64]
        for seed in seeds:
            hashes[function, seed] = call(seed)
    return hashes


def check(toolchain, executable, function, seed, expected):
    said = run([toolchain.tool("kiln-sim"), executable, "--call", function, "--arg", f"u64:{seed}", "--ret", "u64",
                "--max-instructions=100000000"])
    return None if int(said) == expected else f"{int(said):#018x} instead of {expected:#018x}"


def main():
    build, name, *options = sys.argv[1:]
    source = os.path.join(PROGRAMS, name + ".c")
    with open(source, encoding="utf-8") as file:
        functions = re.findall(r"^uint64_t (test_\w+)\(", file.read(), re.MULTILINE)
    seeds = [0, 1, 2] if "--slice" in options else range(10)
    levels = ["llc"] if "--llc" in options else [0, 2] if "--slice" in options else [0, 1, 2, 3]
    report = Report()
    with tempfile.TemporaryDirectory(prefix="kiln-programs-") as folder:
        toolchain = Toolchain(build, folder)
        hashes = expected_hashes(source, functions, seeds, folder)
        for clang_level in ("-O0", "-O2"):
            bitcode = toolchain.path(f"{name}{clang_level}.bc")
            run([program("clang-22"), *TARGET, *FLAGS, clang_level, "-Xclang", "-disable-O0-optnone", "-emit-llvm",
                 "-c", "-o", bitcode, source])
            for level in levels:
                what = f"{name}{clang_level}.{level}"
                made = []

                def make(bitcode=bitcode, level=level, what=what, made=made):
                    if level == "llc":
                        code = toolchain.compile_with_llc(bitcode, what)
                    else:
                        code = toolchain.compile(bitcode, level, what)
                    made.append(toolchain.link([code], what))

                if report.check(f"clang {clang_level}, kiln-llc {level}: build", make):
                    for function in functions:
                        for seed in seeds:
                            report.check(f"clang {clang_level}, kiln-llc {level}: {function}({seed})", check, toolchain,
                                         made[0], function, seed, hashes[function, seed])
    report.finish()


if __name__ == "__main__":
    main()
