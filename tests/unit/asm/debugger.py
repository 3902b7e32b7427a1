#!/usr/bin/env python3
"""Programs assembled by kiln-as under gdb: breakpoints by line, source lines, arguments and a backtrace.

  debugger.py --kiln-as kiln-as --linker kiln-ld

C programs are compiled with -g -S by clang and, where it is installed, by GCC; they run in qemu-riscv64's gdb server.
"""
import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile

PROGRAM = """\
static int leaf(int value, int depth) {
  int result = value * 3;
  if (depth > 2)
    result += 7; /* the place */
  return result;
}
int middle(int depth) {
  int sum = 0;
  for (int i = 0; i < 2; i++)
    sum += leaf(i + depth, depth);
  if (depth < 3)
    sum += middle(depth + 1);
  return sum;
}
void _start(void) {
  register long status __asm__("a0") = middle(1) & 1;
  register long number __asm__("a7") = 93;
  __asm__ volatile("ecall" : : "r"(status), "r"(number));
}
"""
EXPECTED = ["Breakpoint 1, leaf (value=3, depth=3) at program.c:4", "result += 7;", "#0  leaf (value=3, depth=3) at program.c:4",
            "(depth=3) at program.c:10", "(depth=2) at program.c:12", "(depth=1) at program.c:12", "_start () at program.c:16",
            "$1 = 9"]


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def debug(folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(["qemu-riscv64", "-g", str(port), "program"], cwd=folder, stderr=subprocess.DEVNULL)
    try:
        commands = ["set confirm off", "target remote :%d" % port, "break program.c:4", "continue", "backtrace", "print result"]
        gdb = ["gdb-multiarch", "-nx", "-batch", "program"]
        return run(gdb + [part for command in commands for part in ("-ex", command)], folder)
    finally:
        server.kill()
        server.wait()


def check(options, folder, what, compiler, flags):
    steps = [compiler + ["-O0", "-S", "program.c", "-o", "program.s"],
             [options.kiln_as, *flags, "program.s", "-o", "program.o"],
             [options.linker, "program.o", "-o", "program"]]
    for step in steps:
        result = run(step, folder)
        if result.returncode:
            print("FAIL %s: %s:\n%s" % (what, " ".join(step), result.stderr))
            return False
    result = debug(folder)
    missing = [line for line in EXPECTED if line not in result.stdout]
    if missing:
        print("FAIL %s: gdb does not show %s:\n%s%s" % (what, missing, result.stdout, result.stderr))
    return not missing


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kiln-as", required=True)
    parser.add_argument("--linker", required=True)
    options = parser.parse_args()
    clang = ["clang-22", "--target=riscv64-unknown-elf", "-mabi=lp64d", "-ffreestanding"]
    gcc = ["riscv64-unknown-elf-gcc", "-mabi=lp64d", "-ffreestanding"]
    cases = [(clang + ["-march=rv64gc", "-g"], ["-march=rv64gc"]), (clang + ["-march=rv64imafd", "-gdwarf-4"], ["-march=rv64imafd"])]
    if shutil.which(gcc[0]):
        cases += [(gcc + ["-march=rv64gc", "-g"], ["-march=rv64gc"]), (gcc + ["-march=rv64imafd", "-gdwarf-4"], ["-march=rv64imafd"])]
    good = True
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "program.c"), "w", encoding="ascii") as file:
            file.write(PROGRAM)
        for compiler, flags in cases:
            good = check(options, folder, "%s %s" % (compiler[0], compiler[-1]), compiler, flags) and good
    print("debugger: %d programs" % len(cases))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
