"""Programs with the intrinsics of runtime/kiln.h, from C to the simulator with this toolchain and runtime/crt0.S.

    intrinsics.py --build BUILD

A program checks its own results and returns 0. Wrong uses are to be refused with the right words.
"""
import argparse
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
EXAMPLES = os.path.join(ROOT, "examples", "intrinsics")
PROGRAMS = os.path.join(HERE, "kiln")
CLANG = ["clang-22", "--target=riscv64-unknown-elf", "-march=rv64gcv_zvfh", "-mcmodel=medany", "-O2", "-I",
         os.path.join(ROOT, "runtime"), "-Wall", "-Werror", "-S", "-emit-llvm"]

HEADER = '#include "kiln.h"\n'
REFUSED = {
    "accumulators are never spilled": HEADER + """
void f(int *p) {
  __kiln_acc16_t a = __kiln_zero_acc16();
  __kiln_acc1_t b = __kiln_zero_acc1();
  __kiln_st(__kiln_part_acc16(a, 1), p, 64);
  __kiln_st(b, p, 64);
}""",
    "needed across a call": HEADER + """
void g(void);
void f(int *p) {
  __kiln_acc1_t b = __kiln_zero_acc1();
  g();
  __kiln_st(b, p, 64);
}""",
    "accumulators cannot be copied": HEADER + """
void f(int *p, vint8m1_t *unused, const signed char *q) {
  __kiln_acc1_t a = __kiln_zero_acc1();
  vint8m1_t x = __riscv_vle8_v_i8m1(q, 64);
  __kiln_acc1_t b = __kiln_mopa_ss_1x1(a, x, x);
  __kiln_st(a, p, 64);
  __kiln_st(b, p, 64);
}""",
    "there is no intrinsic '__kiln_nonsense'": "void __kiln_nonsense(void);\nvoid f(void) { __kiln_nonsense(); }",
    "must be a constant": HEADER + """
void f(int i) { __kiln_dim(i, 1, 1, 1); }""",
}


def run(command):
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def succeed(command):
    result = run(command)
    if result.returncode:
        raise RuntimeError(f"$ {' '.join(command)}\nexit code {result.returncode}\n{result.stdout}{result.stderr}")


def compile_and_run(bin_, source, level, folder):
    stem = os.path.join(folder, "program")
    succeed([*CLANG, source, "-o", stem + ".ll"])
    succeed([f"{bin_}/kiln-llc", f"-O{level}", "-verify-each", "-filetype=obj", stem + ".ll", "-o", stem + ".o"])
    succeed([f"{bin_}/kiln-as", os.path.join(ROOT, "runtime", "crt0.S"), "-o", os.path.join(folder, "crt0.o")])
    succeed([f"{bin_}/kiln-ld", os.path.join(folder, "crt0.o"), stem + ".o", "-o", stem + ".elf"])
    succeed([f"{bin_}/kiln-sim", stem + ".elf"])


def refused(bin_, words, text, folder):
    source, module = os.path.join(folder, "wrong.c"), os.path.join(folder, "wrong.ll")
    with open(source, "w") as file:
        file.write(text)
    succeed([*CLANG, source, "-o", module])
    result = run([f"{bin_}/kiln-llc", "-filetype=null", module, "-o", os.devnull])
    if result.returncode != 1 or words not in result.stderr:
        raise RuntimeError(f"'{words}' is not said: exit code {result.returncode}\n{result.stderr}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    bin_, failures, ran = os.path.join(options.build, "bin"), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        jobs = [(os.path.join(where, name), level) for where in (EXAMPLES, PROGRAMS)
                for name in sorted(os.listdir(where)) if name.endswith(".c") for level in "0123"]
        for source, level in jobs:
            ran += 1
            try:
                compile_and_run(bin_, source, level, folder)
            except RuntimeError as error:
                failures += 1
                print(f"{os.path.basename(source)} -O{level}: {error}")
        for words, text in REFUSED.items():
            ran += 1
            try:
                refused(bin_, words, text, folder)
            except RuntimeError as error:
                failures += 1
                print(error)
    print(f"{ran} runs, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
