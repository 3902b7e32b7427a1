#!/usr/bin/env python3
"""Compiles programs with kiln-llc at every level and with llc, runs both under qemu-riscv64 and compares.

  run.py --llc build/bin/kiln-llc programs            the C programs of programs/
  run.py --llc build/bin/kiln-llc csmith --seed 1 --count 20
  run.py --llc build/bin/kiln-llc ir --seed 1 --count 100
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import csmith_header
import random_ir

HERE = pathlib.Path(__file__).parent
MARCH = "rv64imafd_zba_zbb_zbs"
ATTRIBUTES = "+m,+a,+f,+d,+zfh,+zba,+zbb,+zbs"
LEVELS = (0, 1, 2, 3)
# QEMU 7.2 has neither Zicond nor Zfbfmin.
KILN_ATTRIBUTES = "-mattr=-zicond"
QEMU_CPU = "rv64,Zfh=true,zba=true,zbb=true,zbs=true"


def tool(name):
    path = shutil.which(name)
    if not path:
        print(f"SKIPPED: {name} is not installed")
        sys.exit(77)
    return path


def run(command, timeout=60):
    return subprocess.run([str(c) for c in command], capture_output=True, encoding="latin-1", timeout=timeout, check=False)


def must(command):
    done = run(command)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stderr}")


class Bench:
    def __init__(self, llc, folder):
        self.llc = llc
        self.folder = folder
        self.clang, self.reference = tool("clang-22"), tool("llc-22")
        self.linker, self.qemu = tool("ld.lld-22"), tool("qemu-riscv64")
        self.failures = 0
        self.compared = 0
        common = [self.clang, "--target=riscv64-unknown-elf", "-march=rv64gc", "-mabi=lp64d", "-c"]
        must(common + [HERE / "start.s", "-o", folder / "start.o"])
        must(common + ["-O1", "-ffreestanding", "-fno-builtin", HERE / "runtime.c", "-o", folder / "runtime.o"])
        (folder / "csmith.h").write_text(csmith_header.header())

    def execute(self, name):
        """Links NAME.o and runs it: (status, output), or None when it does not end in time."""
        executable = self.folder / f"{name}.elf"
        must([self.linker, self.folder / "start.o", self.folder / f"{name}.o", self.folder / "runtime.o", "-o", executable])
        try:
            done = run([self.qemu, "-cpu", QEMU_CPU, executable], timeout=10)
        except subprocess.TimeoutExpired:
            return None
        return done.returncode, done.stdout

    def fail(self, message):
        self.failures += 1
        print(f"FAILED: {message}", flush=True)

    def compare(self, name, source):
        """One .ll file at every level against the reference."""
        target = self.folder / f"{name}.o"
        must([self.reference, "-O1", f"-mattr={ATTRIBUTES}", "-target-abi=lp64d", "-filetype=obj", source, "-o", target])
        expected = self.execute(name)
        if expected is None:
            return
        for level in LEVELS:
            done = run([self.llc, f"-O{level}", KILN_ATTRIBUTES, "-verify-each", "-filetype=obj", source, "-o", target], timeout=300)
            if done.returncode:
                self.fail(f"{name}: kiln-llc -O{level}: {done.stderr.strip()[:600]}")
                continue
            actual = self.execute(name)
            self.compared += 1
            if actual != expected:
                self.fail(f"{name} at -O{level}: {str(actual)[:300]} instead of {str(expected)[:300]}")

    def compare_c(self, path):
        for level in (0, 2):
            name = f"{path.stem}.{level}"
            source = self.folder / f"{name}.ll"
            must([self.clang, "--target=riscv64-unknown-elf", f"-march={MARCH}", "-mabi=lp64d", f"-O{level}", "-fno-vectorize",
                  "-fno-slp-vectorize", "-ffreestanding", "-w", f"-I{self.folder}", "-S", "-emit-llvm", path, "-o", source])
            self.compare(name, source)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llc", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--keep", help="folder for the files made, kept")
    parser.add_argument("kind", choices=["programs", "csmith", "ir"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(os.path.abspath(options.llc), folder)
        if options.kind == "programs":
            for path in sorted((HERE / "programs").glob("*.c")):
                bench.compare_c(path)
        for seed in range(options.seed, options.seed + options.count) if options.kind != "programs" else []:
            if options.kind == "ir":
                source = folder / f"random{seed}.ll"
                source.write_text(random_ir.generate(seed))
                bench.compare(f"random{seed}", source)
            else:
                source = folder / f"csmith{seed}.c"
                source.write_text(run([tool("csmith"), "--seed", str(seed), "--no-packed-struct", "--max-funcs", "5"]).stdout)
                bench.compare_c(source)
        print(f"{bench.compared} comparisons, {bench.failures} failures")
        sys.exit(1 if bench.failures else 0)


if __name__ == "__main__":
    main()
