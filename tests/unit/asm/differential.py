#!/usr/bin/env python3
"""Compares kiln-as with llvm-mc and clang.

  differential.py --kiln-as kiln-as --dump isa_dump [--seed N] [--scale N] [PART...]

rows      Every row of the instruction tables with random operands, as text with and without aliases, assembles
          to the word that the text was made from. (That llvm-mc reads the same text as the same word is shown
          by the test of the tables; the two together make the assemblers equal, row by row.)
source    The assembly sources in sources/: sections, symbols and relocations as llvm-mc makes them.
programs  The C programs in programs/, compiled to assembly by clang and, where it is installed, by GCC, with
          several options: sections, symbols and relocations as clang's assembler makes them.
text      The sources with -g: rows, labels and ranges as clang describes them.
constants `li` with thousands of constants: a sequence that computes the constant (it is executed here) and is no longer than
          llvm-mc's.

debug     The same programs with -g: all sections as clang's assembler makes them, .debug_line and .debug_frame among them; what GCC
          writes has the same rows and frames as GNU as makes of it.

Where objects may differ: mapping symbols ($x, $d), which we write only where data lies among code; nameless labels; the order of symbols.
"""
import argparse
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ARCH = "rv64imafdv_zba_zbb_zbc_zbs_zicond_zicsr_zifencei_zfa_zfh_zfbfmin_zvbb_zvfh_zvfbfmin_zvfbfwma"
COMPARED = {"SHT_PROGBITS", "SHT_NOBITS", "SHT_INIT_ARRAY", "SHT_FINI_ARRAY", "SHT_PREINIT_ARRAY", "SHT_NOTE"}
LEFT_OUT = {".note.kiln.machine", ".llvm_addrsig"}
NAMELESS = re.compile(r"^\.L(tmp\d+|0 |pcrel_hi\d+)$")


def run(command, text=None, folder=None):
    return subprocess.run(command, input=text, cwd=folder, capture_output=True, text=True, check=False)


class Context:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.random = random.Random(options.seed)
        self.failures = 0

    def fail(self, message):
        self.failures += 1
        if self.failures <= 40:
            print("FAIL", message)

    def path(self, name):
        return os.path.join(self.folder, name)

    def kiln_as(self, source, *flags):
        """The path of the object, or None after reporting the failure."""
        output = self.path("kiln.o")
        result = run([self.options.kiln_as, *flags, "-o", output, source])
        if result.returncode:
            self.fail("kiln-as %s %s:\n%s" % (" ".join(flags), source, result.stderr[:1500]))
            return None
        return output

    def text_bytes(self, obj):
        output = self.path("text.bin")
        run(["llvm-objcopy-22", "-O", "binary", "--only-section=.text", obj, output])
        with open(output, "rb") as file:
            return file.read()


def word_size(word):
    return 4 if word & 3 == 3 else 2


def apart(context, word, mask):
    """Gives a vector instruction a destination that is none of its sources and not v0, which others might refuse."""
    while word >> 7 & 31 in (0, word >> 15 & 31, word >> 20 & 31) and mask >> 7 & 31 == 0:
        word = word & ~(31 << 7) | context.random.randrange(32) << 7
    return word


def random_words(context, rows, count):
    for line in rows:
        fields = line.split("\t")
        match, mask = int(fields[3], 16), int(fields[4], 16)
        for number in range(count):
            word = context.random.getrandbits(32 if match & 3 == 3 else 16)
            if number % 2 and match & 3 == 3:
                word |= 1 << 25  # unmasked, for the vector rows
            word = word & ~mask | match
            if word & 0x7F in (0x57, 0x07):
                word = apart(context, word, mask)
            yield word


def on_machine(text):
    """Whether the machine k1 has what the text of a tile instruction names; see docs/isa.md."""
    if not text.startswith("kt."):
        return True
    accumulator = re.search(r"acc(\d+)", text)
    shape = re.search(r"\.([124])x([124])", text)
    rows, columns = (int(shape[1]), int(shape[2])) if shape else (1, 1)
    vectors = [int(v) for v in re.findall(r"\bv(\d+)", text)]
    count = rows * columns
    if text.startswith(("kt.zero", "kt.bias")):
        count = int(text.split(",")[-1])
        rows = count
    if accumulator and int(accumulator[1]) + count > 16:
        return False
    if text.startswith("kt.mopa"):
        return vectors[0] + rows <= 32 and vectors[1] + columns <= 32
    if text.startswith("kt.bias"):
        return vectors[0] + rows <= 32
    if text.startswith("kt.mdw"):
        return int(text.split(",")[1], 0) < 4
    return True


def check_rows(context):
    dump = context.options.dump
    rows = run([dump, "-r"]).stdout.splitlines()
    words = list(random_words(context, rows, 40 * context.options.scale))
    checked = 0
    for flags in ([], ["-n"]):
        listing = run([dump, *flags], "".join("%x\n" % word for word in words)).stdout.splitlines()
        texts = [line.split("\t", 1)[1] for line in listing]
        for size, arch in ((4, "-march=" + ARCH + "_xkilntile_xkilndma"), (2, "-march=" + ARCH + "_c_zcb")):
            # With aliases compressed words are shown as what they stand for.
            if size == 2 and not flags:
                continue
            pairs = [(w, t) for w, t in zip(words, texts) if t != "?" and word_size(w) == size and on_machine(t)]
            source = context.path("rows.s")
            with open(source, "w", encoding="ascii") as file:
                file.write("".join(text + "\n" for _, text in pairs))
            obj = context.kiln_as(source, arch)
            if not obj:
                continue
            data = context.text_bytes(obj)
            if len(data) != size * len(pairs):
                context.fail("rows: %d bytes for %d instructions of %d bytes" % (len(data), len(pairs), size))
                continue
            for number, (word, text) in enumerate(pairs):
                got = int.from_bytes(data[number * size:number * size + size], "little")
                if got != word:
                    context.fail("'%s': %0*x, not %0*x" % (text, 2 * size, got, 2 * size, word))
            checked += len(pairs)
    print("rows: %d instructions of %d rows" % (checked, len(rows)))


def read_object(path):
    listing = run(["llvm-readelf-22", "--elf-output-style=JSON", "-S", "--section-data", "-s", "-r", "--expand-relocs", path])
    whole = json.loads(listing.stdout)[0]
    sections, names, symbols, relocations = {}, {}, [], []
    section_symbols = {entry["Symbol"]["Name"]["Name"] for entry in whole["Symbols"]
                       if entry["Symbol"]["Type"]["Name"] == "Section"}
    for entry in whole["Sections"]:
        section = entry["Section"]
        name = section["Name"]["Name"]
        names[section["Index"]] = name
        if section["Type"]["Name"] in COMPARED and name not in LEFT_OUT:
            contents = b"" if section["Type"]["Name"] == "SHT_NOBITS" else bytes(section["SectionData"]["Bytes"])
            while name in sections:
                name += "'"
            sections[name] = (section["Type"]["Name"], section["Flags"]["Value"], section["Size"],
                              section["AddressAlignment"], section["EntrySize"], contents)
    for entry in whole["Symbols"]:
        symbol = entry["Symbol"]
        name = symbol["Name"]["Name"]
        if name and not name.startswith("$") and symbol["Type"]["Name"] != "Section":
            name = ".L" if NAMELESS.match(name) else name
            if name == ".L":
                continue  # which labels are made for relocations' sake is seen in the relocations
            symbols.append((name, symbol["Value"], symbol["Size"], symbol["Binding"]["Name"], symbol["Type"]["Name"],
                            symbol["Section"]["Name"], symbol["Other"]["Value"]))
    for group in whole["Relocations"]:
        for entry in group["Relocs"]:
            relocation = entry["Relocation"]
            name = relocation["Symbol"]["Name"]
            # Where a section begins llvm has a symbol of the section, we a nameless label.
            name = ".L" if NAMELESS.match(name) or name in section_symbols else name
            relocations.append((names[group["SectionIndex"]], relocation["Offset"], relocation["Type"]["Name"],
                                name, relocation.get("Addend", 0)))
    groups = re.findall(r"^(COMDAT )?group section \[ *\d+\] `.group' \[(.*?)\] contains.*\n.*\n((?: +\[.*\n)*)",
                        run(["llvm-readelf-22", "-g", path]).stdout, re.MULTILINE)
    for flag, signature, members in groups:
        symbols.append((signature, "group", flag, sorted(re.findall(r"\] +(\S+)", members))))
    return sections, sorted(symbols, key=str), sorted(relocations)


def compare_objects(context, what, ours, theirs):
    our_sections, our_symbols, our_relocations = read_object(ours)
    their_sections, their_symbols, their_relocations = read_object(theirs)
    for name in sorted(set(our_sections) | set(their_sections)):
        our, their = our_sections.get(name), their_sections.get(name)
        if our == their or (not (our and their) and (our or their)[2] == 0):
            continue
        context.fail("%s: section %s: ours %s, theirs %s" % (what, name, our and our[:5], their and their[:5]))
        if our and their and our[5] != their[5]:
            first = next((i for i, (a, b) in enumerate(zip(our[5], their[5])) if a != b), 0) & ~3
            print("    first at 0x%x: %s, theirs %s" % (first, our[5][first:first + 8].hex(), their[5][first:first + 8].hex()))
    for kind, our, their in (("symbol", our_symbols, their_symbols), ("relocation", our_relocations, their_relocations)):
        for item in [x for x in our if x not in their][:8]:
            context.fail("%s: %s only in ours: %s" % (what, kind, item))
        for item in [x for x in their if x not in our][:8]:
            context.fail("%s: %s only in theirs: %s" % (what, kind, item))
        if len(our) != len(their):
            context.fail("%s: %d %ss, theirs %d" % (what, len(our), kind, len(their)))


def compare_source(context, what, source, arch, relax="-mno-relax"):
    what = "%s (%s %s)" % (what, arch, relax)
    theirs = context.path("llvm.o")
    result = run(["clang-22", "--target=riscv64-unknown-elf", "-march=" + arch, relax, "-c", source, "-o", theirs],
                 folder=os.path.join(HERE, "programs"))
    if result.returncode:
        context.fail("clang: %s: %s" % (what, result.stderr[:800]))
        return
    ours = context.kiln_as(source, "-march=" + arch, relax)
    if ours:
        compare_objects(context, what, ours, theirs)


def check_source(context):
    folder = os.path.join(HERE, "sources")
    names = sorted(name for name in os.listdir(folder) if name.endswith(".s"))
    for name in names:
        for arch in (ARCH, ARCH + "_c"):
            compare_source(context, name, os.path.join(folder, name), arch)
    folder = os.path.join(folder, "relaxed")
    for name in sorted(os.listdir(folder)):
        for arch in (ARCH, ARCH + "_c"):
            for relax in ("-mno-relax", "-mrelax"):
                compare_source(context, "relaxed/" + name, os.path.join(folder, name), arch, relax)
    print("source: %d files" % len(names))


def check_programs(context):
    folder = os.path.join(HERE, "programs")
    clang = ["clang-22", "--target=riscv64-unknown-elf", "-mabi=lp64d"]
    compilers = [(clang, ["-O0", "-O2", "-Os"], ["rv64imafd", "rv64gc", "rv64gcv"],
                  [[], ["-fPIC"], ["-ffunction-sections", "-fdata-sections"], ["-mcmodel=medany"]])]
    if shutil.which("riscv64-unknown-elf-gcc"):
        gcc = ["riscv64-unknown-elf-gcc", "-mabi=lp64d", "-ffreestanding"]
        compilers.append((gcc, ["-O0", "-O2"], ["rv64imafd", "rv64gc"], [[], ["-fPIC"], ["-mcmodel=medany"]]))
    count = 0
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".c"):
            continue
        for compiler, levels, archs, variants in compilers:
            for level, arch, number in itertools.product(levels, archs, range(len(variants))):
                # Every variant for the first set of extensions, one of them for each of the others.
                if arch != archs[0] and number != (levels.index(level) + archs.index(arch)) % len(variants):
                    continue
                source = context.path("program.s")
                command = compiler + ["-march=" + arch, level] + variants[number]
                result = run(command + ["-S", os.path.join(folder, name), "-o", source])
                if result.returncode:
                    context.fail("%s: %s" % (" ".join(command), result.stderr[:500]))
                    continue
                compare_source(context, "%s %s" % (" ".join(command), name), source, arch)
                if number % 2 == 0:
                    compare_source(context, "%s %s" % (" ".join(command), name), source, arch, "-mrelax")
                count += 1
    print("programs: %d" % count)


def shown(context, what, command, obj):
    """The rows of a listing of debugging information, without what only tells where they stand."""
    result = run([*command, obj])
    if result.returncode or result.stderr:
        context.fail("%s: %s: %s" % (what, " ".join(command), result.stderr[:500]))
    rows = []
    for line in result.stdout.splitlines():
        if re.match(r"0x[0-9a-f]{16} ", line):
            rows.append(line.split())
        elif re.match(r" *0x[0-9a-f]+: CFA=", line):
            rows.append(line.split())
        elif "FDE" in line:
            rows.append(line.split("pc=")[-1])
    return rows


def compare_with_gnu(context, what, source, arch):
    theirs = context.path("gnu.o")
    result = run(["riscv64-unknown-elf-as", "-march=" + arch, "-mno-relax", source, "-o", theirs])
    if result.returncode:
        context.fail("GNU as: %s: %s" % (what, result.stderr[:500]))
        return
    ours = context.kiln_as(source, "-march=" + arch)
    if not ours:
        return
    for command in (["llvm-dwarfdump-22", "--debug-line"], ["llvm-dwarfdump-22", "--debug-frame", "--eh-frame"]):
        our, their = (shown(context, what, command, obj) for obj in (ours, theirs))
        if command[1] == "--debug-line":
            # Of rows at one address and line GNU as leaves some out.
            our, their = ([row for row in rows if "end_sequence" in row] + sorted({tuple(row[:4]) for row in rows})
                          for rows in (our, their))
        if our != their:
            different = [pair for pair in zip(our, their) if pair[0] != pair[1]][:3]
            context.fail("%s: %s: %d and %d rows: %s" % (what, command[1], len(our), len(their), different))
    verified = run(["llvm-dwarfdump-22", "--verify", "--debug-line", ours])
    if verified.returncode:
        context.fail("%s: %s" % (what, verified.stdout[-800:]))


def check_debug(context):
    folder = os.path.join(HERE, "programs")
    count = 0
    for name in sorted(os.listdir(folder)):
        source = context.path("program.s")
        clang = ["clang-22", "--target=riscv64-unknown-elf", "-mabi=lp64d", "-march=rv64gc"]
        for flags in (["-O0", "-g"], ["-O2", "-g", "-ffunction-sections"], ["-Os", "-gdwarf-4"],
                      ["-O1", "-funwind-tables", "-fexceptions"]):
            result = run(clang + flags + ["-S", name, "-fdebug-compilation-dir=" + folder, "-o", source,
                                          "-working-directory=" + folder])
            if result.returncode:
                context.fail("clang %s: %s" % (name, result.stderr[:500]))
                continue
            for relax in ("-mno-relax", "-mrelax"):
                compare_source(context, "%s %s" % (name, " ".join(flags)), source, "rv64gc", relax)
                count += 1
        if shutil.which("riscv64-unknown-elf-gcc"):
            gcc = ["riscv64-unknown-elf-gcc", "-mabi=lp64d", "-ffreestanding", "-march=rv64gc"]
            for flags in () if name.endswith(".cpp") else (
                    ["-O0", "-g"], ["-O2", "-g"], ["-O2", "-gdwarf-4", "-fasynchronous-unwind-tables"]):
                run(gcc + flags + ["-S", os.path.join(folder, name), "-o", source])
                compare_with_gnu(context, "gcc %s %s" % (name, " ".join(flags)), source, "rv64gc")
                count += 1
    print("debug: %d" % count)


# clang counts a repetition's lines as its first one and labels in macros by the lines that the macro made; of subsections
# it describes one, and some relocations of .reloc it refuses with -g.
TEXT_APART = {"altmacro.s", "macros.s", "relaxation.s", "subsections.s", "insn.s"}


def described(context, what, obj):
    """What the debugging information of assembly source says: rows, labels, ranges."""
    result = run(["llvm-dwarfdump-22", "--debug-info", "--debug-line", "--debug-aranges", "--debug-rnglists", obj])
    verified = run(["llvm-dwarfdump-22", "--verify", obj])
    if result.returncode or verified.returncode:
        context.fail("%s: %s" % (what, result.stderr + verified.stdout[-600:]))
    rows = [line.split() for line in result.stdout.splitlines() if re.match(r"0x[0-9a-f]{16} ", line)]
    ranges = re.findall(r"\[0x[0-9a-f]{16}, 0x[0-9a-f]{16}\)", result.stdout.split(".debug_line contents")[0])
    labels = re.findall(r'DW_TAG_label\s+DW_AT_name\s+\("(.*)"\)\s+DW_AT_decl_file.*\s+DW_AT_decl_line\s+\((\d+)\)\s+'
                        r"DW_AT_low_pc\s+\((0x\w+)\)", result.stdout)
    # clang leaves out an underscore that a name begins with.
    labels = [(name[name.startswith("_"):], line, address) for name, line, address in labels]
    return rows, sorted(labels), sorted(set(ranges))


def check_text(context):
    folder = os.path.join(HERE, "sources")
    names = sorted(name for name in os.listdir(folder) if name.endswith(".s"))
    for name in names:
        source = os.path.join(folder, name)
        theirs = context.path("llvm.o")
        ours = context.kiln_as(source, "-march=" + ARCH, "-g")
        if name in TEXT_APART:
            described(context, name, ours)
            continue
        result = run(["clang-22", "--target=riscv64-unknown-elf", "-march=" + ARCH, "-mno-relax", "-g", "-c", source, "-o", theirs])
        if result.returncode or not ours:
            context.fail("-g %s: %s" % (name, result.stderr[:500]))
            continue
        for what, our, their in zip(("rows", "labels", "ranges"), described(context, name, ours), described(context, name, theirs)):
            if our != their:
                context.fail("-g %s: %s: %s" % (name, what, [pair for pair in zip(our, their) if pair[0] != pair[1]][:3] or
                                                (len(our), len(their))))
    print("text: %d files" % len(names))


def signed(value, bits=64):
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def compute(words):
    """What a sequence of instructions leaves in a0."""
    x = 0
    for word in words:
        opcode, funct3 = word & 0x7F, word >> 12 & 7
        immediate, shift = signed(word >> 20, 12), word >> 20 & 63
        upper = word >> 26
        if opcode == 0x37:
            x = signed(word & 0xFFFFF000, 32)
            continue
        rs1 = x if word >> 15 & 31 else 0
        if opcode == 0x13 and funct3 == 0:
            x = rs1 + immediate
        elif opcode == 0x1B and funct3 == 0:
            x = signed(rs1 + immediate, 32)
        elif opcode == 0x13 and funct3 == 1 and upper == 0:
            x = rs1 << shift
        elif opcode == 0x13 and funct3 == 1 and upper == 0x0A:
            x = rs1 | 1 << shift
        elif opcode == 0x13 and funct3 == 1 and upper == 0x12:
            x = rs1 & ~(1 << shift)
        elif opcode == 0x13 and funct3 == 5 and upper == 0:
            x = (rs1 & (1 << 64) - 1) >> shift
        elif opcode == 0x13 and funct3 == 5 and upper == 0x18:
            rs1 &= (1 << 64) - 1
            x = rs1 >> shift | rs1 << (64 - shift)
        elif opcode == 0x13 and funct3 == 4:
            x = rs1 ^ immediate
        elif opcode == 0x1B and funct3 == 1 and upper == 0x02:
            x = (rs1 & 0xFFFFFFFF) << shift
        elif opcode == 0x3B and word >> 25 == 0x04 and funct3 == 0:
            x = (rs1 & 0xFFFFFFFF) + (x if word >> 20 & 31 else 0)
        elif opcode == 0x33 and word >> 25 == 0x10:
            x = (rs1 << (funct3 >> 1)) + (x if word >> 20 & 31 else 0)
        else:
            raise ValueError("unexpected instruction %08x" % word)
        x = signed(x)
    return x


def constants(context, count):
    values = {0, 1, -1, 2047, 2048, -2048, -2049, 1 << 31, -(1 << 31), (1 << 63) - 1, -(1 << 63), 0xFFFFFFFF}
    for bit in range(64):
        for delta in (-2049, -2048, -1, 0, 1, 2047, 2048):
            values.add(signed((1 << bit) + delta))
            values.add(signed(-(1 << bit) + delta))
    rng = context.random
    while len(values) < count:
        kind = rng.randrange(6)
        if kind == 0:
            value = rng.getrandbits(64)
        elif kind == 1:
            value = rng.getrandbits(rng.randrange(1, 64)) << rng.randrange(64)
        elif kind == 2:
            value = rng.getrandbits(12) << rng.randrange(52) | rng.getrandbits(12) << rng.randrange(52)
        elif kind == 3:
            value = ~(rng.getrandbits(rng.randrange(1, 40)) << rng.randrange(40))
        elif kind == 4:
            value = rng.getrandbits(32) * rng.choice((3, 5, 9))
        else:
            value = rng.getrandbits(32) << 32 | rng.getrandbits(rng.randrange(1, 33))
        values.add(signed(value))
    return sorted(values)


def sequences(context, assemble, values):
    """The words of `li a0, value` for each value; an ebreak stands behind each."""
    source = context.path("constants.s")
    with open(source, "w", encoding="ascii") as file:
        file.write(".option norvc\n" + "".join("li a0, %d\nebreak\n" % value for value in values))
    obj = assemble(source)
    if not obj:
        return []
    data = context.text_bytes(obj)
    found, current = [], []
    for offset in range(0, len(data), 4):
        word = int.from_bytes(data[offset:offset + 4], "little")
        if word == 0x00100073:
            found.append(current)
            current = []
        else:
            current.append(word)
    return found


def check_constants(context):
    values = constants(context, 4000 * context.options.scale)
    for arch in ("rv64imafd", "rv64imafd_zba", "rv64imafd_zbs", "rv64imafd_zba_zbb_zbs"):

        def llvm(source):
            output = context.path("llvm.o")
            run(["clang-22", "--target=riscv64-unknown-elf", "-march=" + arch, "-mno-relax", "-c", source, "-o", output])
            return output

        ours = sequences(context, lambda source: context.kiln_as(source, "-march=" + arch), values)
        theirs = sequences(context, llvm, values)
        if len(ours) != len(values) or len(theirs) != len(values):
            context.fail("constants: lost some for %s" % arch)
            continue
        equal = shorter = 0
        for value, our, their in zip(values, ours, theirs):
            equal += our == their
            shorter += len(our) < len(their)
            if compute(our) != value:
                context.fail("li %d (0x%x): computes %d" % (value, value & (1 << 64) - 1, compute(our)))
            if len(our) > len(their):
                context.fail("%s: li 0x%x: %d instructions, llvm-mc %d: %s" % (
                    arch, value & (1 << 64) - 1, len(our), len(their), " ".join("%08x" % w for w in their)))
        print("constants: %s: %d, %d the same words, %d shorter" % (arch, len(values), equal, shorter))


PARTS = {"rows": check_rows, "source": check_source, "programs": check_programs, "debug": check_debug, "text": check_text,
         "constants": check_constants}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kiln-as", required=True)
    parser.add_argument("--dump", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=int, default=1, help="multiplies the numbers of random cases")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        context = Context(options, folder)
        for part in options.parts or PARTS:
            PARTS[part](context)
    if context.failures:
        print("%d failures" % context.failures)
    return 1 if context.failures else 0


if __name__ == "__main__":
    sys.exit(main())
