#!/usr/bin/env python3
"""Times kiln-objdump beside llvm-objdump and GNU objdump on what bench/assembler.py assembles: about 15 MB of clang's assembly.

    bench/disassembler.py [--build FOLDER] [--rounds N] [--megabytes N] [--gnu]

Shown are an object with its relocations and an executable. The tools take turns within each round and write to /dev/null; with --gnu
the slow GNU objdump takes part once. Reported for each: the medians of wall and processor time, the throughput in instructions, and the
peak of resident memory, of another run.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time

import assembler

GNU = "riscv64-unknown-elf-objdump"


def build(folder, source):
    """The object of a source, and the executable that a linker makes of it; what it calls elsewhere is left undefined."""
    object_path = source[:-2] + ".o"
    executable = source[:-2] + ".elf"
    mattr = "-mattr=+m,+a,+f,+d,+c,-relax"
    for command in (
        ["llvm-mc-22", "-triple=riscv64", mattr, "-riscv-add-build-attributes", "-filetype=obj", "-o", object_path, source],
        ["ld.lld-22", "-e", "0", "-Ttext=0x10000", "--unresolved-symbols=ignore-all", "-o", executable, object_path],
    ):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            sys.exit("%s: %s" % (command[0], done.stderr[:500]))
    return object_path, executable


def count_instructions(tool, path):
    """The lines with an address, bytes and a mnemonic."""
    process = subprocess.Popen([tool, "-d", path], stdout=subprocess.PIPE, text=True)
    count = sum(line[8:9] == ":" for line in process.stdout)
    process.wait()
    return count


def measure(command):
    """Wall and processor seconds; the text goes nowhere."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = status
    if status:
        sys.exit(" ".join(command) + " failed")
    return seconds, usage.ru_utime + usage.ru_stime


def measure_memory(command):
    """The peak of resident memory in MB. What wait4 says of it would include this script's own, from before the tool was loaded."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        with open("/proc/%d/status" % process.pid, encoding="ascii") as status:
            peak = max([peak] + [int(line.split()[1]) for line in status if line.startswith("VmHWM")])
        time.sleep(0.002)
    return peak / 1024


def compare(tools, options, path, instructions, rounds):
    print("%s of %s: %d instructions, %d rounds" % (" ".join(options), os.path.basename(path), instructions, rounds))
    results = {name: [] for name in tools}
    for number in range(rounds):
        for name, tool in tools.items():
            if name != "GNU" or not number:
                results[name].append(measure([tool, *options, path]))
    wall, processor = (statistics.median(result[i] for result in results["kiln-objdump"]) for i in range(2))
    for name, measured in results.items():
        median, busy = (statistics.median(result[i] for result in measured) for i in range(2))
        print("  %-12s wall %.3f s, processor %.3f s, %5.2f million a second, %4.0f MB of memory, %.2f and %.2f times kiln-objdump's time" % (
            name, median, busy, instructions / median / 1e6, measure_memory([tools[name], *options, path]), median / wall, busy / processor))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--megabytes", type=float, default=15)
    parser.add_argument("--gnu", action="store_true")
    options = parser.parse_args()
    folder = os.path.join(options.build, "bench-assembler")
    os.makedirs(folder, exist_ok=True)
    folder = os.path.abspath(folder)
    tools = {"kiln-objdump": os.path.abspath(os.path.join(options.build, "bin", "kiln-objdump")), "llvm-objdump": "llvm-objdump-22"}
    if options.gnu and shutil.which(GNU):
        tools["GNU"] = GNU
    size = options.megabytes * 1e6
    plain, linked = build(folder, assembler.join(folder, "plain.s", [], size))
    for view, path in ((["-d", "-r"], plain), (["-d"], linked)):
        compare(tools, view, path, count_instructions(tools["kiln-objdump"], path), options.rounds)


if __name__ == "__main__":
    main()
