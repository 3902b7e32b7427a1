# RUN: %python %s %S/Inputs %t
"""Programs against picolibc, as packaged: linked by kiln-ld, which needs no script, and by GNU ld with picolibc's
own script, they print and return the same under kiln-sim."""
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
        definitions = [word for value in MEMORY for word in ("--defsym", value)]
        run("riscv64-unknown-elf-ld", "-T", PICOLIBC + "/picolibc.ld", *definitions, "-o", path + ".gnu",
            "--start-group", *files, "--end-group")
        results = []
        for program in (".kiln", ".gc", ".gnu"):
            done = run("kiln-sim", path + program, check=False)
            results.append((done.returncode, done.stdout))
        print(source, results)
        if len(set(results)) != 1 or results[0][0] != expected or not results[0][1]:
            raise SystemExit(1)


main()
