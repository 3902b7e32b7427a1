#!/usr/bin/env python3
"""Start-up and memory of kiln-llc beside llc-22: whole processes.

    bench/startup.py [--build FOLDER] [--copies N] [--repeats N] [--level N]...

Start-up is what a file of one function takes: host instructions executed (callgrind), and the median of the processor time of
runs in turns. Memory is the peak of a run on one large module: what clang-22 -O2 makes of all C programs of tests/differential,
internal to their files and linked together with llvm-link, --copies times.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import codegen

ONE_FUNCTION = "int add(int a, int b) { return a + b; }\n"


def processor_time(command):
    """Seconds of processor time and the peak of memory in KB."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit("%s fails" % " ".join(command))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def executed(command):
    done = codegen.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command])
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def small_module(folder):
    source, module = os.path.join(folder, "one.c"), os.path.join(folder, "one.bc")
    with open(source, "w", encoding="utf-8") as file:
        file.write(ONE_FUNCTION)
    codegen.run([*codegen.CLANG, "-emit-llvm", "-c", source, "-o", module])
    return module


def large_module(folder, copies):
    """All but one function of each program is internal: such symbols of one name are renamed as they are linked."""
    programs = os.path.join(codegen.ROOT, "tests/differential/programs")
    modules = []
    for name in sorted(name[:-2] for name in os.listdir(programs) if name.endswith(".c")):
        module = os.path.join(folder, name + ".bc")
        codegen.run([*codegen.CLANG, "-Dmain=enter_" + name, "-emit-llvm", "-c", os.path.join(programs, name + ".c"), "-o", module])
        codegen.run(["opt-22", "-passes=internalize", "-internalize-public-api-list=enter_" + name, module, "-o", module])
        modules.append(module)
    text = codegen.run(["llvm-link-22", "-S", *modules, "-o", "-"]).stdout
    modules = []
    for copy in range(copies):
        modules.append(os.path.join(folder, f"copy{copy}.ll"))
        with open(modules[-1], "w", encoding="utf-8") as file:
            file.write(text.replace("@enter_", f"@enter{copy}_"))
    large = os.path.join(folder, "large.bc")
    codegen.run(["llvm-link-22", *modules, "-o", large])
    return large


def start_rows(commands, repeats):
    times = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            times[name].append(processor_time(command)[0])
    return {name: (executed(command), statistics.median(times[name])) for name, command in commands.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(codegen.ROOT, "build/release"))
    parser.add_argument("--copies", type=int, default=8)
    parser.add_argument("--repeats", type=int, default=11)
    parser.add_argument("--level", type=int, action="append", help="default: 0 and 2")
    options = parser.parse_args()
    for name in ("valgrind", "clang-22", "llc-22", "llvm-dis-22", "llvm-link-22", "opt-22"):
        if not shutil.which(name):
            sys.exit(name + " is not installed")
    kiln = os.path.join(options.build, "bin/kiln-llc")
    lines = ["| level | | kiln-llc | llc-22 | ratio |", "|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        small, large = small_module(folder), large_module(folder, options.copies)
        count = codegen.ir_instructions(codegen.run(["llvm-dis-22", large, "-o", "-"]).stdout)
        output = os.path.join(folder, "out.o")
        for level in options.level or (0, 2):
            tools = {"kiln": [kiln, "-filetype=obj"], "llc": codegen.LLC}
            start = start_rows({name: [*tool, f"-O{level}", small, "-o", output] for name, tool in tools.items()}, options.repeats)
            memory = {name: processor_time([*tool, f"-O{level}", large, "-o", output])[1] for name, tool in tools.items()}
            rows = [("start-up, million instructions", *(start[name][0] / 1e6 for name in tools)),
                    ("start-up, milliseconds", *(start[name][1] * 1e3 for name in tools)),
                    (f"peak memory in MB, {count} IR instructions", *(memory[name] / 1024 for name in tools))]
            lines += ["| -O%d | %s | %.1f | %.1f | %.2f |" % (level, what, ours, theirs, ours / theirs) for what, ours, theirs in rows]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
