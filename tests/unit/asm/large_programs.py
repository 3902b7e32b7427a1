#!/usr/bin/env python3
"""Assembles large C programs and compares the objects with those of clang's assembler and of GNU as.

  large_programs.py --kiln-as kiln-as [--cache FOLDER] [--files N] [PROGRAM...]     programs of Debian, fetched by apt
  large_programs.py --kiln-as kiln-as --generated N                                N files of generated C, nothing fetched

Each file is compiled by clang -O2 -S for rv64gc and rv64gcv and by riscv64-unknown-elf-gcc -O2 -S for rv64gc. Each text is then
assembled by kiln-as and by clang, and all sections, symbols and relocations are compared (what may differ: see differential.py);
without linker relaxation and with it. Those that GNU as reads are assembled by it as well. It has other relocations (it leaves calls of
symbols in the same section to the linker), so both objects are linked alone, every undefined symbol at a place of its own, and the
contents and the named symbols compared then, unless GNU as made branches longer than needed or the linker a GOT in another order.

The sources and the headers they need stay in the cache folder and are no part of the project.
"""
import argparse
import glob
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))


def load(path):
    spec = importlib.util.spec_from_file_location(os.path.basename(path)[:-3], path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


differential = load(os.path.join(HERE, "differential.py"))

# Source packages: where their files are, and what they want defined.
PROGRAMS = {
    "lua5.4": ("src/*.c", []),
    "zlib": ("*.c", ["-DHAVE_UNISTD_H"]),
    "bzip2": ("*.c", []),
    "lz4": ("lib/*.c", []),
    "libzstd": ("lib/*/*.c", ["-Ilib", "-Ilib/common", "-DZSTD_DISABLE_ASM"]),
    "mujs": ("js*.c", []),
    "tcc": ("*.c", ["-DTCC_TARGET_RISCV64", "-DTCC_VERSION=\"0\"", "-DCONFIG_TCCDIR=\"/\"", "-DONE_SOURCE=0"]),
}
LEFT_OUT = {"tcc": {"arm-asm.c", "i386-asm.c", "arm-gen.c", "arm-link.c", "c67-gen.c", "c67-link.c", "tcccoff.c", "il-gen.c"}}
# Headers that packages make while they are built.
MADE = {"config.h": "", "lua5.4-deb-multiarch.h": "#define DEB_HOST_MULTIARCH \"riscv64-linux-gnu\"\n"}
HEADERS = ("libc6-dev-riscv64-cross", "linux-libc-dev-riscv64-cross")
SUITE = "bookworm"
COMPILERS = [
    (["clang-22", "--target=riscv64-linux-gnu", "-mabi=lp64d", "-march=rv64gc"], "rv64gc"),
    (["clang-22", "--target=riscv64-linux-gnu", "-mabi=lp64d", "-march=rv64gcv"], "rv64gcv"),
    (["riscv64-unknown-elf-gcc", "-mabi=lp64d", "-march=rv64gc", "-D__linux__", "-D__riscv_flen_64"], "rv64gc"),
]


def fetch(cache, programs):
    """Sources and headers by apt, with lists of its own: nothing is installed."""
    cache = os.path.abspath(cache)
    lists = os.path.join(cache, "lists")
    os.makedirs(os.path.join(lists, "partial"), exist_ok=True)
    sources = os.path.join(cache, "sources.list")
    with open(sources, "w", encoding="ascii") as file:
        for kind in ("deb", "deb-src"):
            file.write("%s [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian %s main\n"
                       % (kind, SUITE))
    apt = ["apt-get", "-q", "-o", "Dir::Etc::sourcelist=" + sources, "-o", "Dir::Etc::sourceparts=-",
           "-o", "Dir::State::lists=" + lists, "-o", "APT::Sandbox::User=root"]
    wanted = [name for name in programs if not glob.glob(os.path.join(cache, name + "-*/"))]
    root = os.path.join(cache, "headers")
    if wanted or not os.path.isdir(root):
        subprocess.run(apt + ["update"], check=True, stdout=subprocess.DEVNULL)
    for name in wanted:
        subprocess.run(apt + ["source", name], cwd=cache, check=True, stdout=subprocess.DEVNULL)
    if not os.path.isdir(root):
        subprocess.run(apt + ["download", *HEADERS], cwd=cache, check=True, stdout=subprocess.DEVNULL)
        for package in HEADERS:
            subprocess.run(["dpkg-deb", "-x", glob.glob(os.path.join(cache, package + "_*.deb"))[0], root], check=True)
    include = os.path.join(root, "usr", "riscv64-linux-gnu", "include")
    for name, text in MADE.items():
        with open(os.path.join(include, name), "w", encoding="ascii") as file:
            file.write(text)
    return include


def link(context, obj, output):
    """The object alone, with every undefined symbol somewhere; None and a failure when it cannot be linked."""
    listing = differential.run(["llvm-nm-22", "-u", "--format=just-symbols", obj]).stdout.split()
    places = ["--defsym=%s=0x%x" % (name, 0x80000 + 16 * number) for number, name in enumerate(sorted(set(listing)))]
    result = differential.run(["ld.lld-22", "--no-relax", "-O0", "-e", "0", "-z", "max-page-size=4096", "--orphan-handling=place",
                               "-Ttext=0x10000", *places, "-o", output, obj])
    if result.returncode:
        context.fail("ld.lld: %s" % result.stderr[:600])
        return None
    return output


def linked_image(path):
    sections, symbols, _ = differential.read_object(path)
    # Which local labels stay in the symbol table is the assembler's choice.
    named = [symbol for symbol in symbols if not symbol[0].startswith((".L", "$"))]
    kept = {name: value for name, value in sections.items() if not name.startswith((".comment", ".riscv", ".eh_frame", ".debug"))}
    return kept, named


def gnu_images(context, source, arch):
    """What kiln-as and GNU as make of a text, linked; None when GNU as does not read it."""
    theirs = context.path("gnu.o")
    result = differential.run(["riscv64-unknown-elf-as", "-march=" + arch, "-mno-relax", source, "-o", theirs])
    ours = context.kiln_as(source, "-march=" + arch)
    if result.returncode or not ours:
        return None  # directives of a newer assembler
    images = [link(context, obj, context.path(name)) for obj, name in ((ours, "ours.elf"), (theirs, "gnu.elf"))]
    return [linked_image(image) for image in images] if all(images) else None


def compare_images(context, what, images):
    (our_sections, our_symbols), (their_sections, their_symbols) = images
    for name in sorted(set(our_sections) | set(their_sections)):
        our, their = our_sections.get(name), their_sections.get(name)
        if our != their and ((our or their)[2] or (our and their)):
            context.fail("%s: GNU as: section %s: ours %s, theirs %s" % (what, name, our and our[:5], their and their[:5]))
    for which, one, other in (("ours", our_symbols, their_symbols), ("theirs", their_symbols, our_symbols)):
        for symbol in [symbol for symbol in one if symbol not in other][:8]:
            context.fail("%s: GNU as: symbol only in %s: %s" % (what, which, symbol))


def compare_with_gnu(context, counts, what, source, arch):
    # What GNU as does not know says nothing about contents.
    plain = context.path("plain.s")
    with open(source, encoding="utf-8", errors="surrogateescape") as file:
        text = re.sub(r"^\s*\.(attribute|addrsig).*$", "", file.read(), flags=re.MULTILINE)
    with open(plain, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)
    # Without compressed instructions there is less to choose.
    for extensions in (arch, arch.replace("gc", "g")):
        images = gnu_images(context, plain, extensions)
        if not images:
            return
        ours, theirs = (image[0].get(".text", (None, 0, 0))[2] for image in images)
        if ours > theirs:
            context.fail("%s (%s): GNU as: .text has %d bytes, theirs %d" % (what, extensions, ours, theirs))
        # GNU as leaves some branches long that reach their targets; a linker orders the GOT by the symbol table.
        elif ours < theirs or ".got" in images[0][0]:
            counts.other += 1
        else:
            compare_images(context, "%s (%s)" % (what, extensions), images)
            counts.gnu += 1


class Counts:
    def __init__(self):
        self.files = self.texts = self.comparisons = self.gnu = self.other = self.bytes = 0


def compare_text(context, counts, what, source, arch):
    counts.texts += 1
    counts.bytes += os.path.getsize(source)
    for relax in ("-mno-relax", "-mrelax"):
        differential.compare_source(context, what, source, arch, relax)
        counts.comparisons += 1
    compare_with_gnu(context, counts, what, source, arch)


def check_file(context, counts, path, flags, folder):
    counts.files += 1
    for compiler, arch in COMPILERS:
        source = context.path("program.s")
        # Files that are included by others are no programs by themselves; some want headers that nothing here has.
        result = differential.run([*compiler, "-O2", "-w", "-S", *flags, path, "-o", source], folder=folder)
        if result.returncode == 0:
            compare_text(context, counts, "%s %s %s" % (compiler[0], arch, os.path.relpath(path, folder)), source, arch)


def check_programs(context, counts, options):
    headers = fetch(options.cache, options.programs)
    for name in options.programs:
        pattern, flags = PROGRAMS[name]
        folder = sorted(glob.glob(os.path.join(os.path.abspath(options.cache), name + "-*/")))[0]
        paths = sorted(path for path in glob.glob(os.path.join(folder, pattern))
                       if os.path.basename(path) not in LEFT_OUT.get(name, ()))
        before = counts.texts
        for path in paths[:options.files]:
            check_file(context, counts, path, [*flags, "-I.", "-isystem", headers], folder)
        print("%s: %d files, %d texts" % (name, len(paths[:options.files]), counts.texts - before), flush=True)


def check_generated(context, counts, number, seed):
    generator = load(os.path.join(ROOT, "bench", "assembler.py"))
    rng = random.Random(seed)
    for _ in range(number):
        path = context.path("generated.c")
        with open(path, "w", encoding="ascii") as file:
            file.write(re.sub(r"long x = a", "long unused = 0, x = a", generator.source(rng.randrange(1 << 30))))
        check_file(context, counts, path, ["-ffreestanding"], context.folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kiln-as", required=True)
    parser.add_argument("--cache", default="build/large-programs")
    parser.add_argument("--files", type=int, help="at most this many files of each program")
    parser.add_argument("--generated", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("programs", nargs="*", choices=[*PROGRAMS, []])
    options = parser.parse_args()
    options.programs = options.programs or list(PROGRAMS)
    counts = Counts()
    with tempfile.TemporaryDirectory() as folder:
        context = differential.Context(options, folder)
        if options.generated:
            check_generated(context, counts, options.generated, options.seed)
        else:
            os.makedirs(options.cache, exist_ok=True)
            check_programs(context, counts, options)
    print("%d files, %d texts of %.1f MB: %d comparisons with clang, %d with GNU as (%d more have longer branches "
          "there or a GOT), %d failures" % (counts.files, counts.texts, counts.bytes / 1e6, counts.comparisons, counts.gnu,
                                           counts.other, context.failures))
    return 1 if context.failures or not counts.gnu else 0


if __name__ == "__main__":
    sys.exit(main())
