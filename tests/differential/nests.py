"""Loop nests through the tensor compiler: what a program prints must not depend on how its nests were compiled.

    nests.py [options]            --count programs of random_nests.py, mapped_nests.py or local_nests.py (--programs) from --seed on
    nests.py [options] FILE...    these: those of nests/ once went wrong

What is right says the host, or llc-22 -O0 of programs of random_nests.py, which read floating numbers as integers. Each program is compiled by Kiln in each of --modes (of -tensor), from clang's IR at each of --clang-levels; the simulator
runs them with --check=all. At the end stands which units ran how many nests: those that are all scalar prove nothing.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import shutil
import sys
import tempfile

import local_nests
import mapped_nests
import random_nests
import tools

PROGRAMS = {"random": random_nests, "mapped": mapped_nests, "local": local_nests}
# Arrays of different types overlap.
ALIASING = ["-fno-strict-aliasing"]
ROLLED = ["-fno-unroll-loops"]


class Units:
    """How many nests each unit got, and how often the code for it ran, or the scalar code beside it."""

    def __init__(self):
        self.nests, self.runs, self.scalar_runs = (collections.Counter() for _ in range(3))

    def add(self, nests):
        for nest in nests:
            if not nest["function"].startswith("kernel"):
                continue
            unit, measured = nest["unit"], nest.get("measured") or {}
            self.nests[unit] += 1
            self.runs[unit] += measured.get("entries", 0)
            self.scalar_runs[unit] += measured.get("scalar_entries", 0)
            self.nests["staged"] += bool(nest["buffers"]) or unit == "vector" and ", 0 through" not in nest["summary"]

    def __str__(self):
        lines = [f"{self.nests[unit]} nests on the {unit} unit, which ran {self.runs[unit]} times, {self.scalar_runs[unit]} of them as scalar code"
                 for unit in ("tile", "vector")]
        return "\n".join([*lines, f"{self.nests['staged']} through the scratchpad, {self.nests['scalar']} scalar"])


def run_checked(options, toolchain, compiler, module, stem, units=None):
    """Compiles for the simulator, and runs with its checks: what they find is a failure."""
    obj, executable, report = stem + ".o", stem + ".elf", stem + ".json"
    compiler.compile(module, 2, obj, simulated=True)
    toolchain.link([obj], executable, "kiln-sim")
    more = [f"--nests={report}"] if units else []
    command = [toolchain.tool("kiln-sim"), f"--mcpu={options.machine}", "--check=all", *more, executable]
    finished = tools.execute(command, tools.RUN_SECONDS, "program")
    if finished.returncode:
        raise tools.Failed("program fails", f"$ {' '.join(command)}\n{finished.stderr[-2000:]}")
    if units:
        with open(report, encoding="utf-8") as text:
            units.add(json.load(text)["nests"])
    return finished.stdout, finished.returncode


def right_result(options, toolchain, source, stem, more):
    if options.programs != "random":
        return toolchain.host_result(source, stem + ".host", ["-Wl,--no-as-needed", "-lm", *ALIASING, *more])
    module = toolchain.clang_to_ir(source, 1, stem + ".oracle.ll", [*ALIASING, *more])
    return toolchain.build_and_run(toolchain.oracle, module, 0, stem + ".oracle", "lld-sim")


def check_seed(options, toolchain, units, seed):
    source = os.path.join(options.folder, f"nests-{seed}.c")
    text, more = PROGRAMS[options.programs].generate(seed)
    with open(source, "w", encoding="ascii") as output:
        output.write(text)
    # Every third with the loops that clang unrolls, which are made loops again.
    return check(options, toolchain, units, source, more if seed % 3 == 0 else [*more, *ROLLED])


def check(options, toolchain, units, source, more=tuple(ROLLED)):
    """The first difference of one program, as text; None where there is none."""
    stem = os.path.join(options.folder, os.path.basename(source)[:-2])
    problem = None
    try:
        expected = right_result(options, toolchain, source, stem, more)
        for level in options.clang_levels:
            module = toolchain.clang_to_ir(source, int(level), f"{stem}.{level}.ll", [*ALIASING, *more])
            for mode in options.modes:
                extra = [f"-tensor={mode}", f"-mcpu={options.machine}"]
                if mode == "on":
                    extra.append(f"-kiln-report={stem}.report.json")
                compiler = tools.Compiler(toolchain.compiler.path, [*toolchain.compiler.options, *extra])
                result = run_checked(options, toolchain, compiler, module, f"{stem}.{level}.{mode}", units if mode == "on" else None)
                difference = tools.difference(result, expected)
                if difference and not problem:
                    problem = f"{source}: clang -O{level} {' '.join(more)}, -tensor={mode}: {difference}"
    except tools.Failed as failed:
        problem = f"{source}: {failed}"
    if not problem:
        for name in os.listdir(options.folder):
            if name.startswith(os.path.basename(stem) + "."):
                os.remove(os.path.join(options.folder, name))
    return problem


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, help="build folder with kiln-llc and kiln-sim")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--programs", choices=PROGRAMS, default="random")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--machine", default="k1")
    parser.add_argument("--modes", type=lambda text: text.split(","), default=["regenerate", "regenerate-parts", "on"])
    parser.add_argument("--clang-levels", type=lambda text: text.split(","), default=["1", "2"])
    parser.add_argument("--option", action="append", default=[], help="one more option for kiln-llc")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", help="folder where the files of failures stay")
    options = parser.parse_args()
    options.folder = options.keep or tempfile.mkdtemp(prefix="kiln-nests-")
    os.makedirs(options.folder, exist_ok=True)
    compiler = tools.Compiler(os.path.join(options.build, "bin", "kiln-llc"), options.option)
    toolchain, units = tools.Toolchain(options.build, compiler, os.path.join(options.folder, "runtime")), Units()
    programs, one = range(options.seed, options.seed + options.count), check_seed
    if options.files:
        programs, one, options.programs = options.files, check, "files"
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        problems = [problem for problem in pool.map(lambda program: one(options, toolchain, units, program), programs) if problem]
    for problem in problems:
        print(problem)
    print(units)
    print(f"{len(programs)} programs, {len(problems)} wrong")
    if not options.keep:
        shutil.rmtree(options.folder)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
