#!/usr/bin/env python3
"""Compares kiln-llc's code with llc-22's on the same LLVM IR: K1 cycles under kiln-sim, instructions executed, bytes of .text.

    bench/cycles.py [--build FOLDER] [--programs NAME,...] [--level N] [--input-level N] [--passes PIPELINE] [--jobs N]

The inputs are what clang-22 (-O2, or --input-level) makes of the C programs of tests/differential. Both compilers run at -O2 (or
--level), llc for a generic core and for sifive-u74
(dual issue, in order, as the K1 is), both with the K1's extensions, and its better result counts. Both codes are linked by kiln-ld
with the same run-time objects. Cycles are exact, so one run each is enough.
"""
import argparse
import concurrent.futures
import json
import math
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests/differential"))
import tools  # noqa: E402

FEATURES = "+m,+a,+f,+d,+c,+zba,+zbb,+zbs,+zfh,+zicond"
CPUS = {"generic": "generic-rv64", "u74": "sifive-u74"}


def text_size(path):
    lines = subprocess.run(["llvm-size-22", "-A", path], capture_output=True, text=True, check=True).stdout.splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(".text"))


def forget_target(module):
    """Takes the attributes out that would overrule -mcpu and -mattr."""
    with open(module, encoding="utf-8") as file:
        text = file.read()
    with open(module, "w", encoding="utf-8") as file:
        file.write(re.sub(r'"(target-cpu|tune-cpu|target-features)"="[^"]*"', "", text))


def measure(chain, obj):
    """Cycles, instructions and bytes of code of one object."""
    executable = obj + ".elf"
    chain.link([obj], executable, "kiln-sim")
    done = subprocess.run([chain.tool("kiln-sim"), "--stats=json", executable], capture_output=True, text=True, timeout=600)
    output, found, statistics = done.stdout.rpartition("\n{\n")
    if not found:
        raise tools.Failed("program fails", done.stderr[-2000:])
    counts = json.loads("{" + statistics)
    return {"output": (output, done.returncode), "cycles": counts["cycles"], "instructions": counts["instructions"], "size": text_size(obj)}


def compare(chain, name, folder, options):
    source = os.path.join(ROOT, "tests/differential/programs", name + ".c")
    module = chain.clang_to_ir(source, options.input_level, os.path.join(folder, name + ".ll"))
    forget_target(module)
    results = {}
    for cpu, core in CPUS.items():
        obj = os.path.join(folder, f"{name}.{cpu}.o")
        tools.succeed([chain.oracle.path, f"-O{options.level}", "-filetype=obj", "-mtriple=riscv64-unknown-elf", "-target-abi=lp64d",
                       "-code-model=medium", "-fp-contract=off", f"-mcpu={core}",
                       f"-mattr={FEATURES}", "-o", obj, module], 60, "llc")
        results[cpu] = measure(chain, obj)
    obj = os.path.join(folder, f"{name}.kiln.o")
    passes = [] if options.passes is None else ["-llvm-passes=" + options.passes]
    tools.succeed([chain.compiler.path, f"-O{options.level}", "-filetype=obj", *passes, "-o", obj, module], 60, "kiln-llc")
    results["kiln"] = measure(chain, obj)
    if len({result["output"] for result in results.values()}) != 1:
        raise tools.Failed("different output", name)
    return name, results


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def table(rows):
    lines = ["| program | cycles kiln-llc | llc generic | llc u74 | ratio | instructions ratio | .text ratio |", "|---|---|---|---|---|---|---|"]
    ratios = {"cycles": [], "instructions": [], "size": []}
    for name, results in rows:
        row = {}
        for key, all_ratios in ratios.items():
            best = min(results[cpu][key] for cpu in CPUS)
            row[key] = results["kiln"][key] / best
            all_ratios.append(row[key])
        lines.append("| %s | %d | %d | %d | %.3f | %.3f | %.3f |" % (
            name, results["kiln"]["cycles"], results["generic"]["cycles"], results["u74"]["cycles"], row["cycles"],
            row["instructions"], row["size"]))
    lines.append("| geometric mean | | | | %.3f | %.3f | %.3f |" % tuple(geometric_mean(ratios[key]) for key in ratios))
    lines.append("| worst | | | | %.3f | %.3f | %.3f |" % tuple(max(ratios[key]) for key in ratios))
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build/release"))
    parser.add_argument("--programs", default="", help="default: all")
    parser.add_argument("--level", type=int, default=2, help="of kiln-llc and llc")
    parser.add_argument("--input-level", type=int, default=2, help="of clang")
    parser.add_argument("--passes", default=None, help="kiln-llc's -llvm-passes")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    names = options.programs.split(",") if options.programs else sorted(
        name[:-2] for name in os.listdir(os.path.join(ROOT, "tests/differential/programs")) if name.endswith(".c"))
    with tempfile.TemporaryDirectory() as folder:
        compiler = tools.Compiler(os.path.join(options.build, "bin/kiln-llc"))
        chain = tools.Toolchain(options.build, compiler, folder)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            print(table(list(pool.map(lambda name: compare(chain, name, folder, options), names))))


if __name__ == "__main__":
    try:
        main()
    except tools.Failed as failed:
        sys.exit(str(failed))
