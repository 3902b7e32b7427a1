#!/usr/bin/env python3
"""Real C programs of several thousand lines through the compiler, beside the host.

real.py [--build DIR] [--cache DIR] [--clang-levels 0,2] [--levels 0,1,2,3] [PROGRAM ...]

Fetches the source packages of the distribution (apt-get source) into a cache outside the tree, builds each with a
driver of tests/differential/real: C through clang to LLVM IR, kiln-llc, kiln-ld with picolibc, kiln-sim. What a program
prints and its exit code must be the host's.
"""
import argparse
import glob
import os
import subprocess
import sys
import tarfile
import tempfile
import time

import tools

HERE = os.path.dirname(os.path.abspath(__file__))
DRIVERS = os.path.join(HERE, "real")
PICOLIBC = "/usr/lib/picolibc/riscv64-unknown-elf"
LIBRARIES = PICOLIBC + "/lib/rv64imafdc/lp64d"
RUN_SECONDS = 900

# Package, folder of the sources, sources (all but those named), further options for the C compiler.
PROGRAMS = {
    "bzip2": ("bzip2", "", ["blocksort.c", "bzlib.c", "compress.c", "crctable.c", "decompress.c", "huffman.c",
                            "randtable.c"], ["-DBZ_NO_STDIO"]),
    "zlib": ("zlib", "", ["adler32.c", "crc32.c", "deflate.c", "inffast.c", "inflate.c", "inftrees.c", "trees.c",
                          "zutil.c"], ["-DZ_SOLO", "-DDYNAMIC_CRC_TABLE"]),
    "lz4": ("lz4", "lib", ["lz4.c", "lz4frame.c", "lz4hc.c", "xxhash.c"], []),
    "cjson": ("cjson", "", ["cJSON.c"], []),
    "lua": ("lua5.4", "src", ["!lua.c", "!luac.c"], ["-DLUA_USE_C89"]),
    "darknet": ("darknet", "src", ["activations.c", "blas.c", "col2im.c", "gemm.c", "im2col.c"],
                ["-I", "{folder}/../include", "-ffp-contract=on"]),
    "sqlite": ("sqlite3", "", ["sqlite3.c"],
               ["-DSQLITE_OS_OTHER=1", "-DSQLITE_THREADSAFE=0", "-DSQLITE_OMIT_LOAD_EXTENSION", "-DSQLITE_OMIT_WAL",
                "-DSQLITE_TEMP_STORE=3"]),
}


def fetch(package, cache):
    """The folder of a source package, unpacked in the cache."""
    folder = os.path.join(cache, package)
    if not os.path.isdir(folder):
        lists, archives = os.path.join(cache, "apt", "lists"), os.path.join(cache, "apt", "cache")
        for path in (os.path.join(lists, "partial"), os.path.join(archives, "archives", "partial")):
            os.makedirs(path, exist_ok=True)
        sources = os.path.join(cache, "apt", "src.sources")
        options = ["-o", f"Dir::Etc::sourcelist={sources}", "-o", "Dir::Etc::sourceparts=/nonexistent", "-o",
                   f"Dir::State::lists={lists}", "-o", f"Dir::Cache={archives}"]
        if not os.path.exists(sources):
            with open("/etc/apt/sources.list.d/debian.sources", encoding="utf-8") as given, \
                    open(sources, "w", encoding="utf-8") as out:
                out.write(given.read().replace("Types: deb\n", "Types: deb-src\n"))
            tools.succeed(["apt-get", *options, "update"], 300, "apt-get")
        downloads = tempfile.mkdtemp(dir=cache)
        tools.succeed(["apt-get", *options, "source", "--download-only", "-qq", package], 300, "apt-get", downloads)
        archive = glob.glob(os.path.join(downloads, "*.orig.tar.*"))
        unpacked = tempfile.mkdtemp(dir=cache)
        with tarfile.open(archive[0]) as file:
            file.extractall(unpacked)
        os.rename(unpacked, folder)
    inside = [entry for entry in os.scandir(folder) if entry.is_dir()]
    return inside[0].path if len(inside) == 1 else folder


def sources_of(name, cache):
    package, sub, wanted, options = PROGRAMS[name]
    folder = os.path.join(fetch(package, cache), sub)
    if name == "sqlite" and not os.path.exists(os.path.join(folder, "sqlite3.c")):  # one file, made by its own scripts
        for command in (["./configure", "--disable-tcl", "--disable-readline"], ["make", "sqlite3.c"]):
            tools.succeed(command, 300, command[0], folder)
    without = {entry[1:] for entry in wanted if entry.startswith("!")}
    named = [entry for entry in wanted if not entry.startswith("!")] or \
        sorted(os.path.basename(path) for path in glob.glob(os.path.join(folder, "*.c")))
    paths = [os.path.join(folder, entry) for entry in named if entry not in without]
    return [os.path.join(DRIVERS, name + ".c"), *paths], \
        ["-I", folder, "-I", DRIVERS, *(option.format(folder=folder) for option in options)]


def libgcc():
    found = sorted(glob.glob("/usr/lib/gcc/riscv64-unknown-elf/*/rv64iafd/lp64d/libgcc.a"))
    return found[-1:]


class Runner:
    def __init__(self, options, folder):
        self.bin, self.folder, self.option = os.path.join(options.build, "bin"), folder, options.option
        self.clang = tools.program("clang-22")
        self.runs = self.lines = 0

    def host(self, name, sources, flags):
        output = os.path.join(self.folder, name + ".host")
        tools.succeed([self.clang, "-O1", "-w", *tools.C_OPTIONS, *flags, *sources, "-lm", "-o", output], 300, "clang")
        result = tools.execute([output], RUN_SECONDS, "host's program")
        self.lines += sum(open(path, "rb").read().count(b"\n") for path in sources)
        return result.stdout, result.returncode

    def modules(self, name, sources, flags, level):
        for number, source in enumerate(sources):
            module = os.path.join(self.folder, f"{name}.{number}.{os.path.basename(source)}.{level}.bc")
            tools.succeed([self.clang, *tools.CLANG_TARGET, f"-march={tools.ARCHITECTURE}", *tools.C_OPTIONS,
                           *tools.IR_OPTIONS, f"-O{level}", *(["-Xclang", "-disable-O0-optnone"] if level == 0 else []),
                           "-w", "-isystem", PICOLIBC + "/include", *flags, "-emit-llvm", "-c", source, "-o", module],
                          300, "clang")
            yield module

    def run(self, name, modules, level):
        objects = []
        for module in modules:
            objects.append(f"{module}.{level}.o")
            tools.succeed([os.path.join(self.bin, "kiln-llc"), f"-O{level}", "-filetype=obj", *self.option, module, "-o",
                           objects[-1]], 300, "kiln-llc")
        executable = os.path.join(self.folder, f"{name}.elf")
        tools.succeed([os.path.join(self.bin, "kiln-ld"), "-o", executable, LIBRARIES + "/crt0-semihost.o", *objects,
                       "--start-group", *[f"{LIBRARIES}/lib{x}.a" for x in ("c", "m", "semihost")], *libgcc(),
                       "--end-group"], 300, "kiln-ld")
        result = tools.execute([os.path.join(self.bin, "kiln-sim"), executable], RUN_SECONDS, "kiln-sim")
        self.runs += 1
        return result.stdout, result.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[[], *PROGRAMS], metavar="PROGRAM")
    parser.add_argument("--build", default="build/dev")
    parser.add_argument("--cache", default=os.path.expanduser("~/.cache/kiln/sources"))
    parser.add_argument("--clang-levels", default="0,2")
    parser.add_argument("--levels", default="0,1,2,3")
    parser.add_argument("--option", action="append", default=[], help="a further option for kiln-llc")
    options = parser.parse_args()
    os.makedirs(options.cache, exist_ok=True)
    failures = 0
    with tempfile.TemporaryDirectory(prefix="kiln-real-") as folder:
        runner = Runner(options, folder)
        for name in options.names or PROGRAMS:
            try:
                sources, flags = sources_of(name, options.cache)
                expected = runner.host(name, sources, flags)
                for front in map(int, options.clang_levels.split(",")):
                    modules = list(runner.modules(name, sources, flags, front))
                    for level in map(int, options.levels.split(",")):
                        start = time.time()
                        difference = tools.difference(runner.run(name, modules, level), expected)
                        failures += difference is not None
                        print(f"{name}: clang -O{front}, kiln-llc -O{level}: {difference or 'as on the host'} "
                              f"({time.time() - start:.1f} s)", flush=True)
            except tools.Failed as failed:
                failures += 1
                print(f"{name}: {failed}", flush=True)
    print(f"{runner.lines} lines of C, {runner.runs} runs, {failures} failed")
    return 1 if failures or not runner.runs else 0


if __name__ == "__main__":
    sys.exit(main())
