#!/usr/bin/env python3
"""bench.py BUILD [--rounds N] [--repeat N] [--require]: kiln-sim's speed beside qemu-riscv64's on one workload, in one run.

Compiles workload.c for both, checks that both compute the same, and prints millions of instructions a second:
QEMU, kiln-sim without timing, with timing. Processor time; the fastest of the repetitions counts, an empty run is taken off.
With --require, exits 1 below a fifth (without timing) or a twentieth (with timing) of QEMU's rate."""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FLAGS = ["-O2", "-march=rv64gc_zba_zbb_zbs", "-mabi=lp64d", "-mcmodel=medany", "-nostdlib", "-static", "-ffreestanding", "-Wl,--no-relax",
         "-fno-tree-vectorize"]


def compile_workload(folder, name, rounds, *options):
    output = os.path.join(folder, name)
    subprocess.run(["riscv64-unknown-elf-gcc", *FLAGS, f"-DROUNDS={rounds}", *options, "-o", output,
                    os.path.join(HERE, "workload.c")], check=True)
    return output


def seconds(command, repeat):
    best = None
    for _ in range(repeat):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = spent if best is None else min(best, spent)
    return best, done


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=4000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--require", action="store_true")
    options = parser.parse_args()
    simulator = os.path.join(options.build, "bin", "kiln-sim")
    linker = os.path.join(options.build, "bin", "kiln-ld")
    with tempfile.TemporaryDirectory(prefix="kiln-bench-") as folder:
        programs = {}
        for rounds in (0, options.rounds):
            user = compile_workload(folder, f"user{rounds}", rounds, "-DUSER_MODE")
            compiled = compile_workload(folder, f"bare{rounds}.o", rounds, "-c")
            bare = os.path.join(folder, f"bare{rounds}")
            subprocess.run([linker, "-o", bare, compiled], check=True)
            programs[rounds] = user, bare
        call = ["--call", "workload", "--ret", "u32"]
        user, bare = programs[options.rounds]
        counted = subprocess.run([simulator, bare, *call, "--no-timing", "--stats=json"], stdout=subprocess.PIPE, text=True,
                                 check=True).stdout
        result, report = counted.split("\n", 1)
        instructions = json.loads(report)["instructions"]
        runners = {
            "qemu-riscv64": lambda rounds: ["qemu-riscv64", programs[rounds][0]],
            "kiln-sim --no-timing": lambda rounds: [simulator, programs[rounds][1], *call, "--no-timing"],
            "kiln-sim": lambda rounds: [simulator, programs[rounds][1], *call],
        }
        print(f"{instructions / 1e6:.1f} million instructions")
        rates = {}
        for name, command in runners.items():
            spent, done = seconds(command(options.rounds), options.repeat)
            empty, _ = seconds(command(0), options.repeat)
            same = done.returncode == int(result) & 0x7f if "qemu" in name else done.stdout.strip() == result
            if not same:
                sys.exit(f"{name}: a different result")
            rates[name] = instructions / (spent - empty) / 1e6
            share = rates[name] / rates["qemu-riscv64"]
            print(f"{name:24s} {spent - empty:8.3f} s {rates[name]:9.1f} MIPS  {share:6.3f} of QEMU")
    slow = [name for name, share in (("kiln-sim --no-timing", 0.2), ("kiln-sim", 0.05))
            if rates[name] < share * rates["qemu-riscv64"]]
    if slow and options.require:
        sys.exit("below the goal: " + ", ".join(slow))


if __name__ == "__main__":
    main()
