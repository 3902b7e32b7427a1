#!/usr/bin/env python3
"""Assembles the text of words with kiln-as: the same words must come back.

  roundtrip.py --dump isa_dump --kiln-as kiln-as [--gnu-as riscv64-unknown-elf-as] [--seed N] [--scale N]

1. Every 16-bit word that is an instruction, by its own name (c.*): exactly the same word.
2. The same as it is usually written, with compression on. Two pairs of encodings share a text, and the assembler takes the first:
   c.addi sp and c.addi16sp; the text of what comes back must be the same then.
3. Random words of every row, the machine's own included, and random 32-bit words that are instructions: with aliases and without.
4. GNU as, where it is installed: the 16-bit words of 1 by their own names. Left out are Zcb, branches and jumps, for which it takes a
   bare number as an absolute address, and shifts by nothing, which it calls c.slli64 and the like.
"""
import argparse
import collections
import random
import re
import shutil
import subprocess
import sys
import tempfile

import differential
from differential import REFUSED, Report, row_words, size_of

# Our assembler's words for what differential.py calls REFUSED.
OVERLAP = re.compile(r"cannot be a source|overlap|cannot be v0|go beyond|has no acc|has rows for")


class Assembler:
    """Assembles texts, one instruction each, to a word or an error for each."""

    def __init__(self, command, error):
        self.command = command
        self.error = error
        self.objcopy = "riscv64-unknown-elf-objcopy"

    def words(self, option, texts, sizes):
        with tempfile.TemporaryDirectory() as folder:
            errors = {}
            while True:
                taken = [n for n in range(len(texts)) if n not in errors]
                with open(folder + "/a.s", "w") as source:
                    source.write(".option %s\n" % option + "".join(texts[n] + "\n" for n in taken))
                done = subprocess.run([*self.command, "-o", folder + "/a.o", folder + "/a.s"], capture_output=True, text=True, check=False)
                found = {taken[int(m.group(1)) - 2]: m.group(2) for m in re.finditer(self.error, done.stderr)}
                if not found:
                    break
                errors.update(found)
            if done.returncode:
                sys.exit("%s: %s" % (self.command[0], done.stderr[-500:]))
            subprocess.run(["llvm-objcopy-22", "-O", "binary", "-j", ".text", folder + "/a.o", folder + "/a"], check=True)
            with open(folder + "/a", "rb") as binary:
                data = binary.read()
        results, at = [None] * len(texts), 0
        for n in taken:
            size = size_of(data[at])
            results[n] = int.from_bytes(data[at:at + size], "little")
            at += size
        if at != len(data):
            sys.exit("%s made other than an instruction a line" % self.command[0])
        for n, message in errors.items():
            results[n] = message
        return results


def check(report, part, tools, assembler, option, words, flags, same_text=False):
    """How many came back, were refused as illegal when executed, and came back as the other encoding of the same text."""
    pairs = [(w, t) for w, t in zip(words, tools.ours(words, *flags)) if t != "?"]
    results = assembler.words(option, [t for _, t in pairs], [size_of(w) for w, _ in pairs])
    counts = collections.Counter()
    others = [(w, t, r) for (w, t), r in zip(pairs, results) if r != w]
    counts["same"] = len(pairs) - len(others)
    numbers = [r for _, _, r in others if not isinstance(r, str)]
    back = dict(zip(numbers, tools.ours(numbers, *flags))) if same_text else {}
    for word, text, result in others:
        if isinstance(result, str) and (OVERLAP.search(result) or REFUSED.search(result)):
            counts["refused"] += 1
        elif back.get(result) == text:
            counts["other encoding"] += 1
        else:
            shown = result if isinstance(result, str) else "%x" % result
            report.differ(part, text.split("\t")[0], "%x '%s': %s" % (word, text, shown))
    print("%s: %s" % (part, ", ".join("%d %s" % (n, what) for what, n in counts.items())))
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dump", required=True)
    parser.add_argument("--kiln-as", required=True)
    parser.add_argument("--gnu-as", default="riscv64-unknown-elf-as")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=int, default=1, help="multiplies the number of words")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    tools = differential.Tools(options.dump, "llvm-mc-22")
    rows = list(tools.rows())
    arch = "rv64imafdcv_" + "_".join(sorted({row[2] for row in rows if len(row[2]) > 1}))
    ours = Assembler([options.kiln_as, "-march=" + arch], r"a\.s:(\d+):\d+: error: (.*)")
    report = Report()

    short = [w for w in range(65536) if w & 3 != 3]
    check(report, "16-bit words by their own names", tools, ours, "rvc", short, ["-n"])
    check(report, "16-bit words as usually written", tools, ours, "rvc", short, [], same_text=True)
    wide = [w for w in row_words(rng, rows, 30 * options.scale) if size_of(w) == 4]
    wide += [rng.getrandbits(32) | 3 for _ in range(60000 * options.scale)]
    check(report, "32-bit words", tools, ours, "norvc", wide, [])
    check(report, "32-bit words without aliases", tools, ours, "norvc", wide, ["-n"])
    if shutil.which(options.gnu_as):
        zcb = {name for name, _, extension, _, _ in rows if extension == "zcb"}
        known = [w for w, t in zip(short, tools.ours(short, "-n"))
                 if t.split("\t")[0].replace(".", "_").upper() not in zcb and not re.match(r"c\.(j|beqz|bnez)\t|c\.s[lr][la]i\t.*, 0x0$", t)]
        gnu = Assembler([options.gnu_as, "-march=" + differential.GNU_ARCH], r"a\.s:(\d+): Error: (.*)")
        check(report, "16-bit words by their own names, GNU as", tools, gnu, "rvc", known, ["-n"])
    print("%d differences" % report.failures)
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
