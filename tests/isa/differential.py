#!/usr/bin/env python3
"""Compares the instruction tables with llvm-mc: what is an instruction, how it is written, how it is encoded.

  differential.py --dump isa_dump --llvm-mc llvm-mc-22 [--seed N] [--scale N]

1. Every 16-bit word: an instruction for both or for neither, with the same text.
2. Every row of the tables with random operands: llvm-mc disassembles our word to our text.
3. Random 32-bit words and words one or two bits away from a row: an instruction for both or for neither.
4. The text of 2, assembled by llvm-mc, gives our word again; without aliases and with them.
5. Where compressed instructions are allowed, llvm-mc makes the one of a 32-bit instruction that we make.
6. GNU as, where it is installed, also gives our word for the text of 2; so a mistake that we share with LLVM shows.

Xkilntile and Xkilndma (custom-0, -1 and -2) are left out: LLVM does not know them.

Where the texts may differ:
- Supervisor instructions: LLVM takes them in any set of extensions; this machine has no supervisor mode.
"""
import argparse
import collections
import random
import re
import shutil
import subprocess
import sys
import tempfile

FEATURES = ("+m,+a,+f,+d,+c,+v,+zba,+zbb,+zbs,+zicond,+zicsr,+zifencei,+zfh,+zfbfmin,"
            "+zvfh,+zvfbfmin,+zvfbfwma,+zbc,+zfa,+zcb,+zvbb")
CUSTOM = {0x0B, 0x2B, 0x5B}
SUPERVISOR = {"sret", "sfence.vma"}
# Operands that the encoding can hold but the assembler refuses: they are illegal when executed.
REFUSED = re.compile(r"cannot overlap|register group cannot be V0")
BATCH = 60000
# What binutils 2.40 knows; later ones know more.
GNU_ARCH = "rv64imafdcv_zicsr_zifencei_zba_zbb_zbc_zbs_zfh"
GNU_UNKNOWN = {"zicond", "zfbfmin", "zvfbfmin", "zvfbfwma", "zfa", "zcb", "zvbb", "zvkb"}


def size_of(word):
    return 4 if word & 3 == 3 else 2


def byte_list(value, size):
    return "[" + " ".join("0x%02x" % (value >> 8 * i & 255) for i in range(size)) + "]"


class Tools:
    def __init__(self, dump, llvm_mc):
        self.dump = dump
        self.llvm_mc = [llvm_mc, "-triple=riscv64", "-mattr=" + FEATURES]

    def run(self, command, text):
        return subprocess.run(command, input=text, capture_output=True, text=True, check=False)

    def rows(self):
        result = self.run([self.dump, "-r"], "")
        for line in result.stdout.splitlines():
            fields = line.split("\t")
            yield fields[0], fields[1], fields[2], int(fields[3], 16), int(fields[4], 16)

    def ours(self, words, *flags):
        result = self.run([self.dump, *flags], "".join("%x\n" % w for w in words))
        texts = [line.split("\t", 1)[1] for line in result.stdout.splitlines()]
        assert len(texts) == len(words), "the dump tool lost words"
        return texts

    def theirs(self, words, *flags):
        texts = []
        for start in range(0, len(words), BATCH):
            texts += self.theirs_batch(words[start:start + BATCH], flags)
        return texts

    def theirs_batch(self, words, flags):
        """Behind each word stands `lui zero, its number`, so that the lines can be told apart."""
        lines = []
        for number, word in enumerate(words):
            lines.append(byte_list(word, size_of(word)))
            lines.append(byte_list(0x37 | number << 12, 4))
        result = self.run(self.llvm_mc + ["--disassemble", "--print-imm-hex", *flags], "\n".join(lines) + "\n")
        invalid = {int(m.group(1)) for m in re.finditer(r"<stdin>:(\d+):\d+: warning", result.stderr)}
        texts, current = [], []
        for line in result.stdout.splitlines():
            line = line.strip()
            if line == "lui\tzero, 0x%x" % len(texts):
                valid = len(current) == 1 and 2 * len(texts) + 1 not in invalid
                texts.append(current[0] if valid else "?")
                current = []
            elif line and not line.startswith("."):
                current.append(line)
        assert len(texts) == len(words), "llvm-mc lost words: " + result.stderr[-300:]
        return texts

    def assemble(self, option, texts):
        """The word of each text, or the error message."""
        source = ".option %s\n" % option + "".join(t + "\n" for t in texts)
        result = self.run(self.llvm_mc + ["-show-encoding"], source)
        errors = {}
        for m in re.finditer(r"<stdin>:(\d+):\d+: error: (.*)", result.stderr):
            errors.setdefault(int(m.group(1)) - 2, m.group(2))
        encodings = re.findall(r"# encoding: \[([^\]]*)\]", result.stdout)
        words, next_encoding = [], iter(encodings)
        for number in range(len(texts)):
            if number in errors:
                words.append(errors[number])
            else:
                encoded = next(next_encoding).split(",")
                words.append(sum(int(b, 16) << 8 * i for i, b in enumerate(encoded)))
        assert next(next_encoding, None) is None, "llvm-mc gave more words than lines"
        return words


class Report:
    def __init__(self):
        self.failures = 0
        self.shown = collections.Counter()

    def differ(self, part, key, message):
        self.failures += 1
        self.shown[part, key] += 1
        if self.shown[part, key] <= 3 and self.failures <= 200:
            print("%s: %s" % (part, message))


def excepted(our, their):
    """The differences explained at the top of this file."""
    return our == "?" and their.split("\t")[0] in SUPERVISOR


def compare_words(tools, report, part, words):
    for word, our, their in zip(words, tools.ours(words), tools.theirs(words)):
        if our != their and not excepted(our, their):
            report.differ(part, our.split("\t")[0],
                          "%0*x: ours '%s', llvm-mc '%s'" % (2 * size_of(word), word, our, their))


def row_words(rng, rows, count):
    words = []
    for _, _, _, match, mask in rows:
        width = 32 if match & 3 == 3 else 16
        for number in range(count):
            word = rng.getrandbits(width)
            if number % 2:
                word |= 1 << 25 if width == 32 else 0  # unmasked, for the vector rows
            words.append(word & ~mask | match)
    return words


def near_words(rng, rows, count):
    """Words of a row with one or two of its fixed bits flipped."""
    words = []
    for _, _, _, match, mask in rows:
        if match & 3 != 3:
            continue
        fixed = [b for b in range(2, 32) if mask >> b & 1]
        for _ in range(count):
            word = rng.getrandbits(32) & ~mask | match
            for bit in rng.sample(fixed, min(len(fixed), rng.randint(1, 2))):
                word ^= 1 << bit
            words.append(word)
    return words


def commuted_words(rng):
    """add, addw, and, or, xor whose destination is the second source, and beq, bne whose first is zero: compressed by swapping."""
    words = []
    for match in (0x63, 0x1063):
        for _ in range(40):
            offset = 2 * rng.randint(-128, 127)
            words.append(match | rng.randint(8, 15) << 20 | (offset >> 11 & 1) << 7 | (offset >> 1 & 15) << 8 |
                         (offset >> 5 & 63) << 25 | (offset >> 12 & 1) << 31)
    for match in (0x33, 0x3B, 0x7033, 0x6033, 0x4033):
        for _ in range(40):
            rd, rs = rng.randint(8, 15), rng.randint(8, 15)
            words.append(match | rd << 7 | rs << 15 | rd << 20)
    return words


def standard(words):
    return [w for w in words if w & 0x7F not in CUSTOM]


def compare_assembly(tools, report, words):
    checked = refused = 0
    for part, flags in (("assembly", []), ("assembly without aliases", ["-n"])):
        texts = tools.ours(words, *flags)
        pairs = [(w, t) for w, t in zip(words, texts) if t != "?"]
        # A 32-bit word must not come back compressed, a compressed one must be written as such.
        for size in (4, 2) if flags else (4,):
            some = [p for p in pairs if size_of(p[0]) == size]
            option = "norvc" if size == 4 else "rvc"
            for (word, text), got in zip(some, tools.assemble(option, [t for _, t in some])):
                if isinstance(got, str) and REFUSED.search(got):
                    refused += 1
                elif got != word:
                    shown = got if isinstance(got, str) else "%x" % got
                    report.differ(part, text.split("\t")[0], "%08x '%s': llvm-mc gives %s" % (word, text, shown))
                checked += 1
    return checked, refused


def compare_compression(tools, report, words):
    """Both assemble the text of the 32-bit instruction; llvm-mc compresses what it can."""
    result = tools.run([tools.dump, "-c"], "".join("%x\n" % w for w in words))
    pairs = sorted({tuple(int(x, 16) for x in line.split("\t")) for line in result.stdout.splitlines()
                    if not line.startswith("?")})
    texts = tools.ours([full for full, _ in pairs], "-n")
    for (full, ours), text, theirs in zip(pairs, texts, tools.assemble("rvc", texts)):
        if isinstance(theirs, str) and REFUSED.search(theirs):
            continue
        if ours != theirs:
            shown = theirs if isinstance(theirs, str) else "%x" % theirs
            report.differ("compression", text.split("\t")[0], "'%s': ours %x, llvm-mc %s" % (text, ours, shown))
    return len(pairs)


def gnu_assemble(gnu_as, texts):
    """The words of the texts that GNU as takes, by the number of the text."""
    with tempfile.TemporaryDirectory() as folder:
        refused = set()
        while True:
            taken = [n for n in range(len(texts)) if n not in refused]
            with open(folder + "/a.s", "w") as source:
                source.write(".option norvc\n" + "".join(texts[n] + "\n" for n in taken))
            result = subprocess.run([gnu_as, "-march=" + GNU_ARCH, "-o", folder + "/a.o", folder + "/a.s"],
                                    capture_output=True, text=True, check=False)
            wrong = {taken[int(m.group(1)) - 2] for m in re.finditer(r"a\.s:(\d+): Error", result.stderr)}
            if not wrong:
                break
            refused |= wrong
        assert result.returncode == 0, result.stderr[-300:]
        subprocess.run([gnu_as[:-2] + "objcopy", "-O", "binary", "-j", ".text", folder + "/a.o", folder + "/a"],
                       check=True)
        with open(folder + "/a", "rb") as binary:
            data = binary.read()
    assert len(data) == 4 * len(taken), "GNU as made other than a word a line"
    return {n: int.from_bytes(data[4 * i:4 * i + 4], "little") for i, n in enumerate(taken)}


def compare_gnu(tools, report, gnu_as, rows, rng, scale):
    """Branches and jumps are left out: GNU as takes a bare number for an absolute address."""
    known = [r for r in rows if r[2] not in GNU_UNKNOWN and r[3] & 3 == 3 and r[3] & 0x7F not in (0x63, 0x6F)]
    words = row_words(rng, known, 8 * scale)
    pairs = [(w, t) for w, t in zip(words, tools.ours(words)) if t != "?"]
    taken = gnu_assemble(gnu_as, [t for _, t in pairs])
    for number, got in taken.items():
        word, text = pairs[number]
        if got != word:
            report.differ("GNU as", text.split("\t")[0], "%08x '%s': GNU as gives %x" % (word, text, got))
    # It refuses newer CSR names, and shares LLVM's rules about register groups.
    if len(taken) < len(pairs) * 9 // 10:
        report.differ("GNU as", "refused", "GNU as takes only %d of %d texts" % (len(taken), len(pairs)))
    return len(taken)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dump", required=True)
    parser.add_argument("--llvm-mc", default="llvm-mc-22")
    parser.add_argument("--gnu-as", default="riscv64-unknown-elf-as")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=int, default=1, help="multiplies the number of words")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    tools = Tools(options.dump, options.llvm_mc)
    report = Report()

    rows = [row for row in tools.rows() if not row[2].startswith("xkiln")]
    compare_words(tools, report, "16-bit words", [w for w in range(65536) if w & 3 != 3])
    words = row_words(rng, rows, 30 * options.scale)
    compare_words(tools, report, "rows", words)
    csr_words = [0x00002573 | number << 20 for number in range(4096)]
    compare_words(tools, report, "CSRs", csr_words)
    compare_words(tools, report, "random words",
                  standard([rng.getrandbits(32) | 3 for _ in range(40000 * options.scale)]))
    compare_words(tools, report, "near words", standard(near_words(rng, rows, 30 * options.scale)))
    checked, refused = compare_assembly(tools, report, words)
    compressed = compare_compression(tools, report, 
                                     words + commuted_words(rng) + [w for w in range(65536) if w & 3 != 3])
    gnu_as = shutil.which(options.gnu_as)
    if gnu_as:
        print("GNU as: %d texts" % compare_gnu(tools, report, gnu_as, rows, rng, options.scale))
    print("%d rows, %d words of rows, %d texts assembled (%d refused for overlapping registers), %d compressed: %d differences"
          % (len(rows), len(words), checked, refused, compressed, report.failures))
    return 1 if report.failures or refused * 2 > checked else 0


if __name__ == "__main__":
    sys.exit(main())
