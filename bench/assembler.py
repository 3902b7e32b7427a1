#!/usr/bin/env python3
"""Times kiln-as beside llvm-mc and GNU as on about 15 MB of clang's assembly, and on the same with -g.

    bench/assembler.py [--build FOLDER] [--rounds N] [--megabytes N]

The C source is generated here (it includes nothing): functions of loops, branches, switches, calls, floating point, structs and
tables, different in each file, compiled by clang -O2 -S for rv64gc and joined. The assemblers take turns within each round, all with
linker relaxation off. Reported for each: the median and the least of the wall time, the throughput, and the peak of resident
memory.
"""
import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time

ARCH = "rv64gc"
CLANG = ["clang-22", "--target=riscv64-unknown-elf", "-march=" + ARCH, "-mabi=lp64d", "-O2", "-ffreestanding", "-w", "-S", "-o", "-"]
TYPES = ["int", "long", "unsigned", "unsigned long", "short", "unsigned char", "double", "float"]


def expression(rng, names, depth):
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(names) if rng.random() < 0.7 else str(rng.choice((rng.randrange(64), rng.getrandbits(31))))
    operator = rng.choice("+-*&|^") if rng.random() < 0.8 else rng.choice(("<", ">", "==", "<<3^", ">>2+"))
    return "(%s %s %s)" % (expression(rng, names, depth - 1), operator, expression(rng, names, depth - 1))


def statement(rng, names, others, depth):
    kind = rng.randrange(9 if depth else 4)
    whole = expression(rng, names, 2)
    target = rng.choice(names[:3])
    if kind < 2:
        return "%s = %s;" % (target, whole)
    if kind == 2:
        return "table[(unsigned)(%s) %% 64] += %s;" % (rng.choice(names), whole)
    if kind == 3:
        return "%s += %s(%s, %s, &shared);" % (target, rng.choice(others), whole, rng.choice(names))
    inner = " ".join(statement(rng, names, others, depth - 1) for _ in range(rng.randrange(1, 4)))
    if kind == 4:
        return "for (int i%d = 0; i%d < (%s & 255); i%d++) { %s }" % (depth, depth, names[0], depth, inner)
    if kind == 5:
        return "if (%s > %s) { %s } else { %s = %s; }" % (whole, rng.choice(names), inner, target, expression(rng, names, 2))
    if kind == 6:
        cases = " ".join("case %d: %s = %s; break;" % (i, target, expression(rng, names, 2)) for i in range(rng.randrange(4, 12)))
        return "switch (%s & 15) { %s default: %s }" % (rng.choice(names), cases, inner)
    if kind == 7:
        return "{ double d = %s; d = d * 1.5 + reals[%s & 63]; reals[%d] = d; %s = (long)d; }" % (
            whole, names[0], rng.randrange(64), target)
    return "{ struct node n = {%s, %s, p}; p = visit(&n, %s); %s }" % (names[0], names[1], names[2], inner)


def source(seed):
    rng = random.Random(seed)
    text = ["struct node { long a, b; struct node *next; };", "extern struct node *visit(struct node *, long);",
            "extern long shared; static long table[64]; double reals[64];"]
    functions = ["f%d_%d" % (seed, i) for i in range(40)]
    text += ["long %s(long a, long b, long *c);" % name for name in functions]
    for name in functions:
        names = ["a", "b", "x", "y", "*c", "p->a", "p->next->b"]
        body = " ".join(statement(rng, names, functions, 3) for _ in range(rng.randrange(4, 12)))
        text.append("long %s(long a, long b, long *c) {\n  long x = a, y = b; struct node *p = visit(0, b);\n  %s\n  return x ^ y ^ a ^ b; }"
                    % (name, body.replace(";", ";\n  ")))
    return "\n".join(text)


def join(folder, name, flags, size):
    """Files of clang -S, with local labels and file-wide symbols renamed, and the directives that may come only once."""
    path = os.path.join(folder, name)
    if os.path.exists(path) and os.path.getsize(path) >= size:
        return path
    total, seed = 0, 0
    with open(path + ".new", "w", encoding="ascii") as out:
        while total < size:
            done = subprocess.run(CLANG + flags + ["-x", "c", "-"], input=source(seed), capture_output=True, text=True)
            if done.returncode:
                sys.exit("clang: " + done.stderr[:500])
            text = re.sub(r"\.L(\w+)", r".L%d_\1" % seed, done.stdout)
            text = re.sub(r"^(table|reals)\b|\b(table|reals)\b", lambda match: match.group(0) + "_%d" % seed, text, flags=re.MULTILINE)
            # GNU as does not know all of these.
            text = re.sub(r"^\t\.(attribute|addrsig).*\n", "", text, flags=re.MULTILINE)
            if seed:
                text = re.sub(r"^\t\.(file|cfi_sections).*\n", "", text, flags=re.MULTILINE)
            out.write(text)
            total += len(text)
            seed += 1
    os.rename(path + ".new", path)
    return path


def measure(command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = status
    if status:
        sys.exit("%s: %s" % (" ".join(command), errors.decode()[:1000]))
    return seconds, usage.ru_maxrss / 1024


def compare(tools, path, rounds):
    size = os.path.getsize(path) / 1e6
    print("%s: %.1f MB, %d rounds" % (os.path.basename(path), size, rounds))
    times = {name: [] for name in tools}
    memory = dict.fromkeys(tools, 0)
    for _ in range(rounds):
        for name, command in tools.items():
            seconds, peak = measure(command + [path])
            times[name].append(seconds)
            memory[name] = max(memory[name], peak)
    ours = statistics.median(times["kiln-as"])
    for name in tools:
        median = statistics.median(times[name])
        print("  %-10s median %.3f s, least %.3f s, %5.1f MB/s, %4.0f MB of memory, %.2f times kiln-as's time" % (
            name, median, min(times[name]), size / median, memory[name], median / ours))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--megabytes", type=float, default=15)
    options = parser.parse_args()
    folder = os.path.join(options.build, "bench-assembler")
    os.makedirs(folder, exist_ok=True)
    output = os.path.join(folder, "out.o")
    tools = {"kiln-as": [os.path.join(options.build, "bin", "kiln-as"), "-march=" + ARCH, "-o", output],
             "llvm-mc": ["llvm-mc-22", "-triple=riscv64", "-mattr=+m,+a,+f,+d,+c,-relax", "-filetype=obj", "-o", output]}
    if shutil.which("riscv64-unknown-elf-as"):
        tools["GNU as"] = ["riscv64-unknown-elf-as", "-march=" + ARCH, "-mno-relax", "-o", output]
    size = options.megabytes * 1e6
    compare(tools, join(folder, "plain.s", [], size), options.rounds)
    debug = join(folder, "debug.s", ["-g1", "-fdebug-compilation-dir=/"], size)
    tools.pop("GNU as", None)  # 2.40 takes no .uleb128 of labels around instructions that may change
    compare(tools, debug, options.rounds)


if __name__ == "__main__":
    main()
