#!/usr/bin/env python3
"""Counts the host instructions that kiln-llc and llc-22 execute to generate code, per instruction of LLVM IR.

    bench/codegen.py [--build FOLDER] [--programs NAME,...]

The inputs are bitcode that clang-22 -O2 makes of C programs of tests/differential. Counted by callgrind, and only inside one
function, so that start-up, reading the module and freeing it count on neither side: for llc all of PassManager::run (it has
the whole module in memory before and frees it after), for kiln-llc target_compile less the functions of LLVM that make and
free the context and the module. Verifying the module counts on both sides, and so do LLVM's own passes, which kiln-llc runs from -O1 on; their part is also shown alone. Sizes are those of .text with
the same extensions.
"""
import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAMS = "numeric,automata,compression"
CLANG = ["clang-22", "--target=riscv64-unknown-elf", "-march=rv64imafd_zfh_zba_zbb_zbs_zicond", "-mabi=lp64d",
         "-mcmodel=medany", "-mno-relax", "-O2", "-ffreestanding", "-fno-vectorize", "-fno-slp-vectorize", "-w",
         "-I", os.path.join(ROOT, "tests/differential/runtime")]
LLC = ["llc-22", "-mattr=+m,+a,+f,+d,+c,+zfh,+zba,+zbb,+zbs,+zicond", "-target-abi=lp64d", "-code-model=medium", "-filetype=obj"]
# What llc does before and after LLC_WORK.
KILN_OUTSIDE = ["LLVMContextCreate", "LLVMParseIRInContext", "LLVMDisposeModule", "LLVMContextDispose"]
LLC_WORK = "_ZN4llvm6legacy11PassManager3runERNS_6ModuleE"


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit("%s\n%s" % (" ".join(command), done.stderr[-2000:]))
    return done


def executed(functions, command, required=True):
    """Host instructions executed inside functions that do not call each other, and what they call; those that are not required
    may not be called."""
    done = run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--demangle=no",
                *("--toggle-collect=" + function for function in functions), *command])
    found = re.search(r"Collected : (\d+)", done.stderr)
    count = int(found.group(1)) if found else 0
    if count == 0 and required:
        sys.exit("callgrind saw no call of %s in %s" % (", ".join(functions), command[0]))
    return count


def ir_instructions(text):
    """Lines of function bodies that are instructions: not labels, cases of switches or the ends of their lists."""
    bodies = re.findall(r"^define .*?^}", text, re.M | re.S)
    return sum(len(re.findall(r"^  [^ \]\n]", body, re.M)) for body in bodies)


def text_size(path):
    lines = run(["llvm-size-22", "-A", path]).stdout.splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(".text"))


def measure(kiln, name, folder):
    source = os.path.join(ROOT, "tests/differential/programs", name + ".c")
    module, output = os.path.join(folder, name + ".bc"), os.path.join(folder, name + ".o")
    run([*CLANG, "-emit-llvm", "-c", source, "-o", module])
    row = {"name": name, "ir": ir_instructions(run(["llvm-dis-22", module, "-o", "-"]).stdout)}
    for level in ("-O0", "-O2"):
        command = [kiln, level, "-filetype=obj", module, "-o", output]
        row["kiln" + level] = executed(["target_compile"], command) - executed(KILN_OUTSIDE, command)
        row["kiln size" + level] = text_size(output)
        if level != "-O0":
            row["passes" + level] = executed(["simplify_module"], command, required=False)
        command = [*LLC, level, module, "-o", output]
        row["llc" + level] = executed([LLC_WORK], command)
        row["llc size" + level] = text_size(output)
    return row


def table(rows):
    total = {key: sum(row[key] for row in rows) for key in rows[0] if key != "name"}
    lines = ["| input | IR instructions | level | kiln-llc | of it LLVM's passes | llc-22 | ratio "
             "| .text kiln-llc | .text llc-22 |",
             "|---|---|---|---|---|---|---|---|---|"]
    for row in [*rows, {**total, "name": "all"}]:
        for level in ("-O0", "-O2"):
            kiln, llc, passes = row["kiln" + level], row["llc" + level], row.get("passes" + level, 0)
            lines.append("| %s | %d | %s | %s | %s | %s | %.3f | %d | %d |" % (
                row["name"], row["ir"], level, *("{:,.0f}".format(n / row["ir"]) for n in (kiln, passes, llc)),
                kiln / llc, row["kiln size" + level], row["llc size" + level]))
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build/release"), help="of the preset release, since the distribution's llc is a release build too")
    parser.add_argument("--programs", default=PROGRAMS)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    for name in ("valgrind", "clang-22", "llc-22", "llvm-dis-22", "llvm-size-22"):
        if not shutil.which(name):
            sys.exit(name + " is not installed")
    kiln = os.path.join(options.build, "bin/kiln-llc")
    with tempfile.TemporaryDirectory() as folder:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            print(table(list(pool.map(lambda name: measure(kiln, name, folder), options.programs.split(",")))))


if __name__ == "__main__":
    main()
