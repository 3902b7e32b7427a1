#!/usr/bin/env python3
"""Times kiln-ld beside ld.lld and mold on a static link of about 100 MB of objects.

    bench/linker.py [--build FOLDER] [--rounds N] [--copies N]

The inputs are the objects of picolibc's libc.a (-ffunction-sections -fdata-sections, debugging information), in
copies whose symbols are renamed, and a main that calls into each copy. The linkers take turns within each round.
Reported for each: the median and the least of the wall time, the least of the processor time (which other work on
the machine disturbs less), and the peak of resident memory. mold runs without its fork, which would hide its memory.
"""
import argparse
import collections
import os
import shutil
import statistics
import subprocess
import sys
import time

PICOLIBC = "/usr/lib/picolibc/riscv64-unknown-elf/lib/rv64imafdc/lp64d/libc.a"
CALLED = ["printf", "strtod", "qsort", "sscanf", "mktime", "sin", "pow", "malloc", "setlocale", "wcstold"]


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit("%s\n%s" % (" ".join(command)[:500], done.stderr))
    return done.stdout


def member_symbols(path):
    """The global symbols that the objects of an archive define, and those they want."""
    defined, wanted = set(), set()
    for line in run("llvm-nm-22", "-g", "--format=posix", path).splitlines():
        words = line.split()
        if len(words) >= 2 and not line.endswith(":"):
            (wanted if words[1] in "Uvw" else defined).add(words[0])
    return defined, wanted - defined


def make_inputs(folder, copies):
    """Makes the objects and returns their paths."""
    done = os.path.join(folder, "complete-%d" % copies)
    if not os.path.exists(done):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        defined, wanted = member_symbols(PICOLIBC)
        calls = [name for name in CALLED if name in defined]
        source = ["  .text", "  .globl _start", "_start:"]
        rest = []
        for copy in range(copies):
            prefix = "p%d_" % copy
            target = os.path.join(folder, prefix)
            os.makedirs(target)
            archive = os.path.join(folder, prefix + ".a")
            run("llvm-objcopy-22", "--prefix-symbols=" + prefix, PICOLIBC, archive)
            run("llvm-ar-22", "x", "--output", target, archive)
            os.remove(archive)
            source += ["  call %s%s" % (prefix, name) for name in calls]
            rest += ["  .globl {0}\n{0}:".format(prefix + name) for name in sorted(wanted)]
        source += ["  ret"] + rest + ["  ret"]
        path = os.path.join(folder, "main.s")
        with open(path, "w") as file:
            file.write("\n".join(source) + "\n")
        run("llvm-mc-22", "-triple", "riscv64", "-mattr=+m,+a,+f,+d,+c,+relax", "-target-abi", "lp64d", "-filetype=obj",
            path, "-o", os.path.join(folder, "main.o"))
        open(done, "w").close()
    paths = [os.path.join(folder, "main.o")]
    for copy in range(copies):
        target = os.path.join(folder, "p%d_" % copy)
        paths += sorted(os.path.join(target, name) for name in os.listdir(target))
    return paths


def count(paths):
    """Bytes, sections and relocations of all objects."""
    total = sections = relocations = 0
    for path in paths:
        with open(path, "rb") as file:
            data = file.read()
        total += len(data)
        number = lambda at, size: int.from_bytes(data[at : at + size], "little")
        start, entries = number(40, 8), number(60, 2)
        sections += entries
        for i in range(entries):
            if number(start + 64 * i + 4, 4) == 4:
                relocations += number(start + 64 * i + 32, 8) // 24
    return total, sections, relocations


def timed(command):
    """Wall seconds, peak bytes and processor seconds of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        sys.exit("%s failed:\n%s" % (command[0], error.decode()[:2000]))
    return seconds, usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--build", default=os.path.join(root, "build", "release"))
    parser.add_argument("--inputs", help="folder for the inputs (default: bench-linker in the build folder)")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--copies", type=int, default=6)
    options = parser.parse_args()
    folder = options.inputs or os.path.join(options.build, "bench-linker")
    paths = make_inputs(folder, options.copies)
    total, sections, relocations = count(paths)
    print("inputs: %d objects, %.1f MB, %d sections, %d relocations" % (len(paths), total / 1e6, sections, relocations))
    linkers = {
        "kiln-ld": [os.path.join(options.build, "bin", "kiln-ld")],
        "ld.lld": ["ld.lld-22", "-Ttext=0x80000000"],
        "mold": ["mold", "-m", "elf64lriscv", "--no-fork"],
    }
    linkers = {name: command for name, command in linkers.items() if shutil.which(command[0])}
    modes = [["--no-relax"], [], ["--gc-sections", "--no-relax"], ["--gc-sections"]]
    results = collections.defaultdict(list)
    for _ in range(options.rounds):
        for mode in modes:
            for name, command in linkers.items():
                output = os.path.join(folder, "out-" + name)
                results[name, " ".join(mode)].append(timed([*command, *mode, "-o", output, *paths]))
    print("%-28s %-8s %10s %10s %10s %10s %10s" % ("options", "linker", "median s", "least s", "cpu s", "peak MB", "output MB"))
    for mode in modes:
        for name in linkers:
            runs = results[name, " ".join(mode)]
            seconds = [run[0] for run in runs]
            size = os.path.getsize(os.path.join(folder, "out-" + name)) / 1e6 if mode == modes[-1] else None
            print("%-28s %-8s %10.3f %10.3f %10.3f %10.1f %10s" % (" ".join(mode) or "(none)", name, statistics.median(seconds),
                  min(seconds), min(run[2] for run in runs), max(run[1] for run in runs) / 1e6, "%.1f" % size if size else ""))


main()
