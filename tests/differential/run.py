"""Differential tests of the compiler: the same program compiled by Kiln and by something trusted.

    run.py [options] programs [NAME...]   the C programs of programs/, beside the host's own clang
    run.py [options] random               --count modules of random IR from --seed on, beside llc-22 -O0
    run.py [options] csmith               --count programs of csmith from --seed on, beside the host's clang
    run.py [options] modules              the modules of modules/, which once went wrong, beside llc-22 -O0
    run.py [options] files FILE.ll...     the same with given modules (they have a main)
    run.py [options] slice                a bounded part of all: what ctest runs
    run.py [options] campaign             random IR and csmith in turn until --minutes are over
    run.py [options] reduce FILE.ll       makes a failing module smaller; writes FILE.reduced.ll

Every program is compiled from each form of IR (clang's at -O0 and -O2) at each of --levels, and run in each of --ways.
"""
import argparse
import collections
import concurrent.futures
import itertools
import os
import shutil
import sys
import tempfile
import time

import random_ir
import reducer
import tools

PROGRAMS = os.path.join(tools.HERE, "programs")
MODULES = os.path.join(tools.HERE, "modules")
SKIPS = os.path.join(tools.HERE, "skip.txt")
CSMITH_OPTIONS = ["--no-packed-struct", "--no-argc", "--max-funcs", "5", "--max-block-depth", "3"]

# One module of a case: what it is called, where it is.
Module = collections.namedtuple("Module", "label path")
# A case that failed: kind and text as in tools.Failed, and how to see it again.
Failure = collections.namedtuple("Failure", "case configuration kind text files")


class Case:
    """A program with its modules of IR and the result that is right."""

    def __init__(self, name, folder):
        self.name, self.folder = name, folder
        self.files = []

    def prepare(self, toolchain):
        """Returns the modules and the right result; None instead when there is nothing to compare."""
        raise NotImplementedError

    def agrees_elsewhere(self, toolchain, module, result):
        """Whether a third compiler has this result, although `prepare` said that another one is right."""
        return False


class CProgram(Case):
    def __init__(self, name, folder, source, clang_options=(), host_seconds=tools.RUN_SECONDS):
        super().__init__(name, folder)
        self.source, self.clang_options, self.host_seconds = source, list(clang_options), host_seconds

    def prepare(self, toolchain):
        self.files = [self.source]
        stem = os.path.join(self.folder, self.name)
        expected = toolchain.host_result(self.source, stem + ".host", self.clang_options, self.host_seconds)
        modules = []
        for level in (0, 2):
            path = toolchain.clang_to_ir(self.source, level, f"{stem}.clang{level}.ll", self.clang_options)
            modules.append(Module(f"clang -O{level}", path))
        return modules, expected


class CsmithProgram(CProgram):
    """A program that csmith writes. Those that do not end soon on the host, at -O0 as well, are left out."""

    def __init__(self, seed, folder):
        super().__init__(f"csmith-{seed}", folder, os.path.join(folder, f"csmith-{seed}.c"), host_seconds=2)
        self.seed = seed

    def prepare(self, toolchain):
        csmith = [tools.program("csmith"), "--seed", str(self.seed), *CSMITH_OPTIONS]
        # It leaves a file in the folder it runs in.
        tools.succeed([*csmith, "--output", self.source], tools.COMPILE_SECONDS, "csmith", self.folder)
        try:
            modules, expected = super().prepare(toolchain)
            stem = os.path.join(self.folder, self.name)
            unoptimized = toolchain.host_result(self.source, stem + ".host", ["-O0"], self.host_seconds)
        except tools.Failed as failed:
            if failed.kind in ("host's program does not end", "host's program crashes"):
                return None
            raise
        # An endless loop without effect ends where it is optimized away.
        return (modules, expected) if expected == unoptimized else None


class IrModule(Case):
    """A module with a main; llc-22 -O0 says what is right, and the host's clang where Kiln has another result."""

    def __init__(self, name, folder, path):
        super().__init__(name, folder)
        self.path = path

    def prepare(self, toolchain):
        self.files = [self.path]
        stem = os.path.join(self.folder, self.name + ".oracle")
        expected = toolchain.build_and_run(toolchain.oracle, self.path, 0, stem, "lld-qemu")
        return [Module("ir", self.path)], expected

    def agrees_elsewhere(self, toolchain, module, result):
        """LLVM's back end for RISC-V has bugs too: its back end for the host decides."""
        try:
            stem = os.path.join(self.folder, self.name)
            return tools.difference(result, toolchain.host_result_of_ir(module.path, stem)) is None
        except tools.Failed:
            return False


class RandomModule(IrModule):
    def __init__(self, seed, folder, without, small):
        super().__init__(f"random-{seed}", folder, os.path.join(folder, f"random-{seed}.ll"))
        self.seed, self.without, self.small = seed, without, small

    def prepare(self, toolchain):
        with open(self.path, "w", encoding="ascii") as output:
            output.write(random_ir.generate(self.seed, self.without, self.small))
        return super().prepare(toolchain)


def shorten(text, limit=12):
    """The first lines of a long text."""
    lines = text.strip().splitlines()
    return "\n".join(lines[:limit] + (["..."] if len(lines) > limit else []))


def read_skips():
    """Programs with something that the compiler refuses: name -> (a part of its diagnostic, the reason)."""
    skips = {}
    with open(SKIPS, encoding="utf-8") as lines:
        for line in lines:
            line = line.strip()
            if line and not line.startswith("#"):
                name, diagnostic, reason = (part.strip() for part in line.split("|"))
                skips[name] = diagnostic, reason
    return skips


class Session:
    """Runs cases, counts, and collects the failures."""

    def __init__(self, options, toolchain):
        self.options, self.toolchain = options, toolchain
        self.skips = read_skips()
        self.runs = self.cases = self.refused = self.disputed = 0
        self.failures = []

    def check(self, case, module, level, way, expected):
        """Compiles and runs one configuration; returns its failure."""
        configuration = f"{module.label}, -O{level}, {way}"
        stem = os.path.join(self.options.folder, f"{case.name}.{module.label.replace(' ', '')}.O{level}.{way}")
        try:
            result = self.toolchain.build_and_run(self.toolchain.compiler, module.path, level, stem, way)
            problem = tools.difference(result, expected)
            if problem and case.agrees_elsewhere(self.toolchain, module, result):
                kind = "disputed"
            else:
                kind = "wrong result"
        except tools.Failed as failed:
            skip = self.skips.get(case.name)
            expected_refusal = skip and failed.kind == "compiler fails" and skip[0] in failed.text
            kind, problem = "refused" if expected_refusal else failed.kind, failed.text
        return problem and Failure(case.name, configuration, kind, problem, [module.path])

    def run_case(self, case, configurations):
        """All configurations of a case; returns (how many ran, failures)."""
        try:
            prepared = case.prepare(self.toolchain)
        except tools.Failed as failed:
            return 0, [Failure(case.name, "preparation", failed.kind, failed.text, [])]
        if prepared is None:
            return 0, []
        modules, expected = prepared
        chosen = configurations(modules)
        failures = [self.check(case, module, level, way, expected) for module, level, way in chosen]
        failures = [failure for failure in failures if failure]
        refused = any(failure.kind == "refused" for failure in failures)
        failures = [failure for failure in failures if failure.kind != "refused"]
        complete = len(chosen) == len(self.all_configurations(modules))
        if case.name in self.skips and not self.toolchain.compiler.is_llc and complete and not refused:
            failures.append(Failure(case.name, "all", "needless skip", "works now: take it out of skip.txt", []))
        self.keep(case, modules, failures)
        return len(chosen), failures

    def all_configurations(self, modules):
        return [(module, level, way) for module in modules for level in self.options.levels
                for way in self.options.ways]

    def keep(self, case, modules, failures):
        """Keeps the files of a failed case where the user wants them, and no others."""
        folder = self.options.keep_failing
        for path in dict.fromkeys(case.files + [module.path for module in modules]):
            if failures and folder:
                os.makedirs(folder, exist_ok=True)
                if os.path.dirname(os.path.abspath(path)) != os.path.abspath(folder):
                    shutil.copy(path, folder)
            if os.path.abspath(path).startswith(os.path.abspath(self.options.folder)):
                os.remove(path)
        host = os.path.join(self.options.folder, case.name + ".host")
        if os.path.exists(host):
            os.remove(host)

    def run(self, cases, configurations=None, until=None):
        """Runs cases, --jobs at a time, in order of their start, no new one after the time `until`."""
        configurations = configurations or self.all_configurations
        pending, cases = collections.deque(), iter(cases)
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            while True:
                while len(pending) < self.options.jobs + 2 and (until is None or time.time() < until):
                    case = next(cases, None)
                    if case is None:
                        break
                    pending.append((case, pool.submit(self.run_case, case, configurations)))
                if not pending:
                    break
                case, future = pending.popleft()
                self.report(case, *future.result())

    def report(self, case, runs, failures):
        self.cases += 1
        self.runs += runs
        disputes = [failure for failure in failures if failure.kind == "disputed"]
        failures = [failure for failure in failures if failure.kind != "disputed"]
        if disputes and not failures:
            self.disputed += 1
            print(f"DISPUTED {case.name}: llc-22 has another result than Kiln and clang for the host", flush=True)
        self.failures += failures
        if case.name in self.skips and not failures:
            self.refused += 1
            print(f"SKIPPED {case.name}: {self.skips[case.name][1]}", flush=True)
        for failure in failures:
            print(f"FAILED {failure.case} ({failure.configuration}): {failure.kind}\n  "
                  + shorten(failure.text).replace("\n", "\n  "), flush=True)
        if self.options.verbose and not failures:
            print(f"passed {case.name} ({runs} runs)", flush=True)

    def finish(self):
        kinds = collections.Counter(failure.kind for failure in self.failures)
        summary = "".join(f"; {count} x {kind}" for kind, count in sorted(kinds.items()))
        print(f"{self.cases} programs, {self.refused} of them refused as expected, {self.disputed} disputed, "
              f"{self.runs} runs, {len(self.failures)} failed{summary}")
        return 1 if self.failures or not self.runs else 0


def c_programs(options, names=()):
    known = sorted(name.removesuffix(".c") for name in os.listdir(PROGRAMS) if name.endswith(".c"))
    for name in names or known:
        if name not in known:
            raise tools.Failed("bad argument", f"there is no program {name}")
        yield CProgram(name, options.folder, os.path.join(PROGRAMS, name + ".c"))


def modules(options, paths=()):
    paths = paths or sorted(os.path.join(MODULES, name) for name in os.listdir(MODULES) if name.endswith(".ll"))
    return (IrModule(os.path.basename(path).removesuffix(".ll"), options.folder, path) for path in paths)


def random_modules(options, count=None):
    seeds = itertools.count(options.seed) if count is None else range(options.seed, options.seed + count)
    without = {name.partition(":")[2] for name in read_skips() if name.startswith("random:")}
    return (RandomModule(seed, options.folder, without, options.small) for seed in seeds)


def csmith_programs(options, count=None):
    seeds = itertools.count(options.seed) if count is None else range(options.seed, options.seed + count)
    return (CsmithProgram(seed, options.folder) for seed in seeds)


def slice_configurations(options):
    """For the bounded slice: two of the configurations of each module, other ones from module to module."""
    turn = itertools.count()

    def choose(modules):
        number = next(turn)
        chosen = []
        for place, module in enumerate(modules):
            levels = {(number + place) % 4, (number + 2 * place + 2) % 4}
            ways = options.ways if number % 4 == 0 else options.ways[:1]
            chosen += [(module, level, way) for level in sorted(levels) for way in ways]
        return chosen

    return choose


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["programs", "random", "csmith", "modules", "files", "slice",
                                         "campaign", "reduce"])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--build", default="build/dev", help="build folder of the tools")
    parser.add_argument("--compiler", help="kiln-llc, or an llc to try these tests themselves (default: the build's)")
    parser.add_argument("--option", action="append", default=[], help="a further option for the compiler")
    parser.add_argument("--levels", default="0,1,2,3", type=lambda text: [int(level) for level in text.split(",")])
    parser.add_argument("--ways", default="lld-qemu", type=lambda text: text.split(","),
                        help="linker and emulator: lld-qemu, lld-sim, kiln-sim")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--small", action="store_true", help="random modules of one function with few operations")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep-failing", metavar="DIR")
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args()


def run_mode(options, session):
    if options.mode == "programs":
        session.run(c_programs(options, options.names))
    elif options.mode == "random":
        session.run(random_modules(options, options.count))
    elif options.mode == "csmith":
        session.run(csmith_programs(options, options.count))
    elif options.mode == "modules":
        session.run(modules(options))
    elif options.mode == "files":
        session.run(modules(options, options.names))
    elif options.mode == "slice":
        configurations = slice_configurations(options)
        session.run(modules(options))
        session.run(itertools.chain(c_programs(options), random_modules(options, options.count)), configurations)
    elif options.mode == "campaign":
        both = itertools.chain.from_iterable(zip(random_modules(options), csmith_programs(options)))
        session.run(both, until=time.time() + 60 * options.minutes)
    else:
        for path in options.names:
            smaller = path.removesuffix(".ll") + ".reduced.ll"
            reducer.reduce(session.toolchain, path, smaller, options.levels, options.ways, options.folder)
            print(f"wrote {smaller}")
        return 0
    return session.finish()


def main():
    options = parse_arguments()
    compiler = tools.Compiler(options.compiler or os.path.join(options.build, "bin", "kiln-llc"), options.option)
    with tempfile.TemporaryDirectory(prefix="kiln-differential-") as folder:
        options.folder = folder
        try:
            toolchain = tools.Toolchain(options.build, compiler, folder)
            return run_mode(options, Session(options, toolchain))
        except tools.Failed as failed:
            print(f"run.py: error: {failed}", file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main())
