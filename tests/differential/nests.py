"""Loop nests through the tensor compiler: what a program prints must not depend on how its nests were compiled.

    nests.py [options]    --count programs of random_nests.py from --seed on

Each program is compiled by llc-22 -O0, whose result is right, and by Kiln in each of --modes (of -tensor), from clang's
IR at each of --clang-levels; the simulator runs them with --check=all.
"""
import argparse
import concurrent.futures
import os
import shutil
import sys
import tempfile

import random_nests
import tools

# Arrays of different types overlap.
ALIASING = ["-fno-strict-aliasing"]


def run_checked(toolchain, compiler, module, stem):
    """Compiles for the simulator, and runs with its checks: what they find is a failure."""
    obj, executable = stem + ".o", stem + ".elf"
    compiler.compile(module, 2, obj, simulated=True)
    toolchain.link([obj], executable, "kiln-sim")
    command = [toolchain.tool("kiln-sim"), "--check=all", executable]
    finished = tools.execute(command, tools.RUN_SECONDS, "program")
    if finished.returncode:
        raise tools.Failed("program fails", f"$ {' '.join(command)}\n{finished.stderr[-2000:]}")
    return finished.stdout, finished.returncode


def check(options, toolchain, seed):
    """The first difference of one program, as text; None where there is none."""
    stem = os.path.join(options.folder, f"nests-{seed}")
    source = stem + ".c"
    with open(source, "w", encoding="ascii") as output:
        output.write(random_nests.generate(seed))
    problem = None
    try:
        module = toolchain.clang_to_ir(source, 1, stem + ".oracle.ll", ALIASING)
        expected = toolchain.build_and_run(toolchain.oracle, module, 0, stem + ".oracle", "lld-sim")
        for level in options.clang_levels:
            module = toolchain.clang_to_ir(source, int(level), f"{stem}.{level}.ll", ["-fno-unroll-loops", *ALIASING])
            for mode in options.modes:
                compiler = tools.Compiler(toolchain.compiler.path, [*toolchain.compiler.options, f"-tensor={mode}"])
                result = run_checked(toolchain, compiler, module, f"{stem}.{level}.{mode}")
                difference = tools.difference(result, expected)
                if difference and not problem:
                    problem = f"{source}: clang -O{level}, -tensor={mode}: {difference}"
    except tools.Failed as failed:
        problem = f"{source}: {failed}"
    if not problem:
        for name in os.listdir(options.folder):
            if name.startswith(f"nests-{seed}."):
                os.remove(os.path.join(options.folder, name))
    return problem


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, help="build folder with kiln-llc and kiln-sim")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--modes", type=lambda text: text.split(","), default=["regenerate", "on"])
    parser.add_argument("--clang-levels", type=lambda text: text.split(","), default=["1", "2"])
    parser.add_argument("--option", action="append", default=[], help="one more option for kiln-llc")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", help="folder where the files of failures stay")
    options = parser.parse_args()
    options.folder = options.keep or tempfile.mkdtemp(prefix="kiln-nests-")
    os.makedirs(options.folder, exist_ok=True)
    compiler = tools.Compiler(os.path.join(options.build, "bin", "kiln-llc"), options.option)
    toolchain = tools.Toolchain(options.build, compiler, os.path.join(options.folder, "runtime"))
    seeds = range(options.seed, options.seed + options.count)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        problems = [problem for problem in pool.map(lambda seed: check(options, toolchain, seed), seeds) if problem]
    for problem in problems:
        print(problem)
    print(f"{options.count} programs, {len(problems)} wrong")
    if not options.keep:
        shutil.rmtree(options.folder)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
