# RUN: %python %s %S/../ld/Inputs %t
"""Compares what kiln-objdump says with llvm-objdump, line by line, about objects from clang and gcc, executables and
archives, without any option that tells either of them the extensions: they are in the files. Two differences are meant:
with -M no-aliases llvm-objdump writes the default rounding mode, dyn, out; and in executables kiln-objdump shows the
addresses that auipc, lui and gp make with the instruction behind them, as GNU objdump does. These are compared with
GNU objdump's."""
import difflib
import os
import re
import shutil
import subprocess
import sys

inputs, folder = sys.argv[1:]
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(folder)

ARCH = "rv64imafdcv_zba_zbb_zbs_zicond_zfh_zvfh"
VIEWS = [
    ["-d"],
    ["-d", "-M", "no-aliases"],
    ["-d", "-r"],
    ["-d", "--no-show-raw-insn"],
    ["-d", "--no-leading-addr"],
    ["-d", "-M", "numeric", "--no-print-imm-hex"],
    ["-D", "-z", "-j", ".text", "-j", ".rodata"],
    ["-S"],
    ["-d", "--start-address=0x8000000a", "--stop-address=0x800000f2"],
    ["-d", "--start-address=0x24"],
    ["-s"],
    ["-f", "-h", "-t"],
    ["-r"],
]
ARCHIVE_VIEWS = [["-d", "-r"], ["-a", "-h"], ["-t", "-j", ".text"], ["-s", "-j", ".data"]]
# Of most objects these say enough.
OBJECT_VIEWS = [["-d", "-r"], ["-S"], ["-h", "-t"]]
# llvm-objdump names functions of other sections in objects, where all begin at 0.
LINKED_VIEWS = VIEWS + [["-d", "-l"]]
ADDRESS = re.compile(r" # 0x([0-9a-f]+) <.*>$")
LOOPS = """
#include <stdint.h>
typedef float f32; typedef _Float16 f16;
#define LOOP(name, T, expression) \\
  void name(T *restrict x, const T *restrict y, const T *restrict z, long n) { \\
    for (long i = 0; i < n; i++) x[i] = expression; \\
  }
LOOP(add8, int8_t, y[i] + z[i])
LOOP(mul16, int16_t, y[i] * z[i])
LOOP(shift32, uint32_t, y[i] << (z[i] & 31))
LOOP(select64, int64_t, y[i] > z[i] ? y[i] : z[i] - 3)
LOOP(divide, int32_t, y[i] / (z[i] | 1))
LOOP(fma32, f32, y[i] * z[i] + x[i])
LOOP(root, double, __builtin_sqrt(y[i]) / z[i])
LOOP(half, f16, y[i] * (f16)2 - z[i])
LOOP(stride, int32_t, y[3 * i] + z[i & 7])
void widen(int32_t *restrict x, const int8_t *restrict y, long n) { for (long i = 0; i < n; i++) x[i] += y[i]; }
void convert(f32 *restrict x, const int64_t *restrict y, long n) { for (long i = 0; i < n; i++) x[i] = (f32)y[i]; }
int64_t sum(const int16_t *y, long n) { int64_t s = 0; for (long i = 0; i < n; i++) s += y[i]; return s; }
double dot(const double *x, const double *y, long n) { double s = 0; for (long i = 0; i < n; i++) s += x[i] * y[i]; return s; }
long bits(unsigned long x) { return __builtin_popcountl(x) + __builtin_ctzl(x) * 3 + (x >> 7 | x << 57); }
long atomics(long *p, int *q) {
  return __atomic_fetch_add(p, 5, __ATOMIC_SEQ_CST) + __atomic_exchange_n(q, 3, __ATOMIC_ACQUIRE) +
         __atomic_compare_exchange_n(p, p + 1, 9, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED);
}
int choose(int x) { switch (x) { case 0: return 7; case 1: return 9; case 2: return 30; case 3: return 1; case 4: return 77; } return x; }
"""


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise SystemExit("%s\nfailed:\n%s" % (" ".join(command), done.stderr))
    return done.stdout.split("\n")


def objects():
    loops = os.path.join(folder, "loops.c")
    with open(loops, "w") as file:
        file.write(LOOPS)
    sources = [loops] + [os.path.join(inputs, name) for name in ("main.c", "parts.c", "template.cpp", "other.cpp")]
    clang = ["clang", "--target=riscv64-unknown-elf", "-mabi=lp64d", "-mcmodel=medany", "-fno-exceptions"]
    gcc = ["riscv64-unknown-elf-gcc", "-mabi=lp64d", "-mcmodel=medany", "-fno-exceptions", "-march=rv64imafdc"]
    variants = [
        (clang + ["-march=" + ARCH], ["-O0"]),
        (clang + ["-march=" + ARCH], ["-O3", "-g", "-ffunction-sections"]),
        (clang + ["-march=" + ARCH], ["-Os", "-mno-relax"]),
        (clang + ["-march=rv64imafdc_zfh"], ["-O2", "-gdwarf-4"]),
        (gcc, ["-O2", "-g"]),
    ]
    for number, (compiler, flags) in enumerate(variants):
        made = []
        for source in sources:
            if source == loops and compiler is gcc:
                continue
            path = os.path.join(folder, "%s-%d.o" % (os.path.basename(source), number))
            language = ["-nostdlib"] if source.endswith("pp") else ["-ffreestanding", "-fcommon", "-fno-math-errno"]
            run(*compiler, *flags, *language, "-c", source, "-o", path)
            made.append(path)
            yield path
        linked = os.path.join(folder, "linked-%d" % number)
        run("ld.lld", "-Ttext=0x80000000", "--relax-gp", "--defsym=__global_pointer$=0x80008000", "-o", linked, *made)
        yield linked
    archive = os.path.join(folder, "some.a")
    run("llvm-ar", "rc", archive, *made)
    yield archive


def addresses(lines):
    """What each instruction is shown to refer to, by its own address."""
    found = {}
    for line in lines:
        shown = ADDRESS.search(line) or re.search(r" # ([0-9a-f]+) <.*>$", line)
        if shown:
            found[int(line.split(":")[0], 16)] = int(shown.group(1), 16)
    return found


def compare(path, view):
    ours = [ADDRESS.sub("", line) for line in run("kiln-objdump", *view, path)]
    theirs = [line.removesuffix(", dyn") for line in run("llvm-objdump", *view, path)]
    difference = [
        line
        for line in difflib.unified_diff(theirs, ours, "llvm-objdump", "kiln-objdump", lineterm="", n=0)
        if line[:1] in "+-" and line[:3] not in ("---", "+++")
    ]
    if difference:
        print(os.path.basename(path), *view)
        print("\n".join(difference[:20]))
    return len(theirs), len(difference)


def compare_addresses(path):
    """What both show must be the same. GNU objdump 2.40 shows none for compressed floating-point loads and stores, and
    goes further in guessing."""
    ours = addresses(run("kiln-objdump", "-d", path))
    theirs = addresses(run("riscv64-unknown-elf-objdump", "-d", path))
    both = sorted(ours.keys() & theirs.keys())
    wrong = ["%x: %x, GNU objdump has %x" % (at, ours[at], theirs[at]) for at in both if ours[at] != theirs[at]]
    if wrong:
        print(os.path.basename(path), "addresses")
        print("\n".join(wrong[:20]))
    return len(both), len(wrong)


def main():
    lines = different = shown = 0
    for path in objects():
        archive = path.endswith(".a")
        views = LINKED_VIEWS
        if path.endswith(".o"):
            views = VIEWS if "loops" in path else OBJECT_VIEWS
        for view in ARCHIVE_VIEWS if archive else views:
            if view == ["-S"] and path.endswith("-4.o"):
                continue  # llvm-objdump finds no lines in the objects of GNU as
            if view == ["-d", "-l"] and path.endswith("-4"):
                continue  # and takes other ones of several local labels at one address for the function
            counts = compare(path, view)
            lines += counts[0]
            different += counts[1]
        if not archive and not path.endswith(".o"):
            counts = compare_addresses(path)
            shown += counts[0]
            different += counts[1]
    print("%d lines and %d addresses compared, %d differ" % (lines, shown, different))
    if different or lines < 10000 or shown < 20:
        raise SystemExit(1)


main()
