# RUN: %python %s %S/Inputs %t
"""Programs against picolibc, as packaged: linked by kiln-ld, which needs no script but can use picolibc's own, and by
GNU ld with that script, they print and return the same under kiln-sim. With the script both put each section, in
memory and at load, at the same address."""
import os
import shutil
import subprocess
import sys

inputs, folder = sys.argv[1:]
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(folder)

GCC = "riscv64-unknown-elf-gcc"
ARCH = ["-march=rv64imafdc", "-mabi=lp64d"]
PICOLIBC = "/usr/lib/picolibc/riscv64-unknown-elf/lib"
LIBRARY = PICOLIBC + "/rv64imafdc/lp64d"
# The script's memories, put into the DRAM of k1.
MEMORY = ["__flash=0x80000000", "__flash_size=0x400000", "__ram=0x80400000", "__ram_size=0x1000000"]


def run(*command, check=True):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if check and done.returncode:
        raise SystemExit("%s\nfailed:\n%s%s" % (" ".join(command), done.stdout, done.stderr))
    return done


def layout(path):
    """The loaded sections of a program, with their addresses and sizes."""
    found = {}
    for line in run("llvm-readelf", "-SW", path).stdout.splitlines():
        words = line.replace("[ ", "[").split()
        if len(words) == 11 and words[0].startswith("[") and "A" in words[7]:
            # .text differs in the strings that GNU ld merges, and in the order of archive members.
            found[words[1]] = words[3], None if words[1] == ".text" else words[5]
    return found


def compare_layouts(ours, theirs):
    first, second = layout(ours), layout(theirs)
    print(first)
    if first != second:
        raise SystemExit("layouts differ: %s and %s" % (first, second))


def main():
    compiler_library = run(GCC, *ARCH, "--print-libgcc-file-name").stdout.strip()
    for source, expected in (("library.c", 7), ("library.cpp", 3)):
        path = os.path.join(folder, source)
        flags = ["-fno-exceptions", "-fno-rtti"] if source.endswith("pp") else []
        run(GCC, "--specs=picolibc.specs", *ARCH, "-mcmodel=medany", "-O2", *flags, "-c",
            os.path.join(inputs, source), "-o", path + ".o")
        files = [LIBRARY + "/crt0-semihost.o", path + ".o"]
        files += [LIBRARY + "/" + name for name in ("libc.a", "libm.a", "libsemihost.a")] + [compiler_library]
        run("kiln-ld", "-o", path + ".kiln", *files)
        run("kiln-ld", "--gc-sections", "-o", path + ".gc", *files)
        script = ["-T", PICOLIBC + "/picolibc.ld"]
        definitions = [word for value in MEMORY for word in ("--defsym", value)]
        run("riscv64-unknown-elf-ld", *script, *definitions, "-o", path + ".gnu", "--start-group", *files, "--end-group")
        run("kiln-ld", *script, *definitions, "-o", path + ".script", *files)
        run("kiln-ld", "--gc-sections", *script, *definitions, "-o", path + ".script-gc", *files)
        run("kiln-ld", "--no-relax", *script, *definitions, "-o", path + ".script-plain", *files)
        run("riscv64-unknown-elf-ld", "--no-relax", *script, *definitions, "-o", path + ".gnu-plain",
            "--start-group", *files, "--end-group")
        compare_layouts(path + ".script-plain", path + ".gnu-plain")
        results = []
        for program in (".kiln", ".gc", ".gnu", ".script", ".script-gc", ".script-plain"):
            done = run("kiln-sim", path + program, check=False)
            results.append((done.returncode, done.stdout))
        print(source, results)
        if len(set(results)) != 1 or results[0][0] != expected or not results[0][1]:
            raise SystemExit(1)


main()
