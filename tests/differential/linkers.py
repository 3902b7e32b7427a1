#!/usr/bin/env python3
"""Random programs linked by kiln-ld, ld.lld and GNU ld: they behave alike, and readers of ELF files have nothing to say.

    linkers.py --build FOLDER [--seed N] [--count N] [--keep FOLDER]

A program is a few files of C, C++ and assembly, compiled in random ways by clang or gcc, some of them in an archive. Its
functions call each other (directly, through pointers, weakly), and use what linkers have to do with: strings and
constants that can be merged, common, weak, hidden and thread-local variables, inline functions in COMDAT groups, tables of
constructors with priorities, sections with __start and __stop symbols, aligned code. It returns one number. Each linker's
executables, and those that kiln-ld makes with its options, run under qemu-riscv64 and kiln-sim. A program is named by its
seed, so that `--seed N --count 1 --keep FOLDER` makes it again.
"""
import argparse
import os
import random
import subprocess
import sys
import tempfile

START = r"""
extern void (*__init_array_start[])(void);
extern void (*__init_array_end[])(void);
extern long body(void);
long program(void) {
  for (void (**f)(void) = __init_array_start; f < __init_array_end; f++)
    (*f)();
  return body();
}
void report(long value) {
  char text[17];
  for (int i = 0; i < 16; i++)
    text[i] = "0123456789abcdef"[value >> 4 * (15 - i) & 15];
  text[16] = '\n';
  register long a0 __asm__("a0") = 1;
  register char *a1 __asm__("a1") = text;
  register long a2 __asm__("a2") = 17;
  register long a7 __asm__("a7") = 64;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
}
"""
ENTRY = r"""
  .text
  .globl _start, entry
_start:
  .option push
  .option norelax
  lla gp, __global_pointer$
  .option pop
  lla tp, __tls_base
  call program
  call report
  li a0, 0
  li a7, 93
  ecall
entry:
  addi sp, sp, -32
  sd ra, 0(sp)
  sd gp, 8(sp)
  sd tp, 16(sp)
  .option push
  .option norelax
  lla gp, __global_pointer$
  .option pop
  lla tp, __tls_base
  call program
  ld ra, 0(sp)
  ld gp, 8(sp)
  ld tp, 16(sp)
  addi sp, sp, 32
  ret
"""
SCRIPT = """ENTRY(_start)
SECTIONS {
  . = 0x80000000;
  .text : { *(.text.init) *(.text .text.*) }
  . = ALIGN(0x1000);
  .rodata : { *(.rodata .rodata.* .srodata .srodata.*) }
  entries : { *(entries) }
  .eh_frame : { KEEP(*(.eh_frame)) }
  . = ALIGN(0x1000);
  .tdata : { PROVIDE(__tls_base = .); *(.tdata .tdata.*) }
  .tbss : { *(.tbss .tbss.*) *(.tcommon) }
  .room : { . = . + 0x800; BYTE(0) } /* the one thread's zeros lie behind its data */
  .init_array : { PROVIDE(__init_array_start = .); KEEP(*(SORT_BY_INIT_PRIORITY(.init_array.*))) KEEP(*(.init_array)) PROVIDE(__init_array_end = .); }
  .data : { *(.data .data.*) }
  .sdata : { PROVIDE(__global_pointer$ = . + 0x800); *(.sdata .sdata.*) }
  .bss : { *(.sbss .sbss.*) *(.bss .bss.*) *(COMMON) }
}
"""
WORDS = ["alpha", "beta", "mega-alpha", "a", "", "pha", "linker", "the linker", "relax", "x" * 40]


class Program:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.units = self.random.randint(2, 5)
        self.per_unit = self.random.randint(2, 6)
        self.order = [(u, f) for u in range(self.units) for f in range(self.per_unit)]
        self.shared = self.random.randint(1, 4)

    def pick(self, *choices):
        return self.random.choice(choices)

    def declarations(self):
        lines = ["typedef unsigned long word;"]
        lines += ["word f%d_%d(word);" % name for name in self.order]
        for i in range(self.shared):
            lines += ["extern word common%d[], data%d;" % (i, i), "extern __thread word thread%d;" % i,
                      "word weak%d(word) __attribute__((weak));" % i,
                      "word missing%d(word) __attribute__((weak));" % i]
        return lines

    def expression(self, unit, function):
        r = self.random
        i = r.randrange(self.shared)
        later = [name for name in self.order if name > (unit, function)]
        kinds = ["x * %du" % r.randint(3, 99), "x ^ data%d" % i, "++data%d" % i, "(thread%d += x & 15)" % i,
                 "(common%d[%d] += x)" % (i, r.randint(0, 3)), "local%d++" % r.randint(0, 1), "constant%d[x & 7]" % r.randint(0, 1),
                 "text(\"%s\" + (x & 0))" % r.choice(WORDS), "(missing%d ? missing%d(x) : %d)" % (i, i, r.randint(0, 9)),
                 "(weak%d ? weak%d(x) : 77)" % (i, i), "pick(x)", "(word)%d.25" % r.randint(1, 9999),
                 "(hidden_thread += 3)", "registered(x)"]
        if later:
            kinds += ["f%d_%d(x + %d)" % (*r.choice(later), r.randint(0, 9)) for _ in range(4)]
            kinds += ["(table[(x & 1)] ? table[(x & 1)](x) : 5)"]
        return r.choice(kinds)

    def unit(self, unit, plus, member):
        r = self.random
        lines = ["extern \"C\" {"] if plus else []
        lines += self.declarations()
        lines += ["static word local0 = %d, local1;" % r.randint(0, 9999),
                  "static __thread word hidden_thread = %d;" % r.randint(0, 99)]
        for i in range(2):
            lines.append("static const word constant%d[8] = {%s};" % (i, ", ".join(str(r.choice([1, 2, 3, 0x123456789])) for _ in range(8))))
        lines += ["static word text(const char *s) { word h = 7; while (*s) h = h * 31 + (unsigned char)*s++; return h; }"]
        later = [name for name in self.order if name > (unit, self.per_unit)]
        names = ["f%d_%d" % r.choice(later) if later else "0" for _ in range(2)]
        lines += ["static word (*const table[2])(word) = {%s};" % ", ".join(names)]
        cases = "".join("case %d: return x + %d;" % (i, r.randint(0, 9999)) for i in range(r.randint(4, 9)))
        lines += ["static __attribute__((noinline)) word pick(word x) { switch (x %% 11) { %s default: return x; } }" % cases]
        lines += ["struct entry { word value; };",
                  "static const struct entry entry%d __attribute__((used, section(\"entries\"))) = {%d};" % (unit, r.randint(0, 9999)),
                  "extern const struct entry __start_entries[], __stop_entries[];",
                  "static word registered(word x) { word best = 0; for (const struct entry *e = __start_entries; e < __stop_entries; e++) best += e->value ^ x; return best; }"]
        for i in range(self.shared):
            owner = i % self.units
            if unit == owner:
                lines += ["word data%d = %d;" % (i, r.randint(0, 99999)), "__thread word thread%d%s;" % (i, r.choice(["", " = 42"]))]
            lines += ["word common%d[%d]%s;" % (i, 4 + 2 * unit, " __attribute__((weak)) = {0}" if plus else "")] if unit != owner or not plus else [
                "word common%d[%d] __attribute__((weak)) = {0};" % (i, 4 + 2 * unit)]
            if not member and r.random() < 0.4: # of weak definitions the first counts, and archives' are in no order
                lines += ["word weak%d(word x) { return x %% %d; }" % (i, 17)]
        lines += ["__attribute__((constructor%s)) static void begin%d(void) { data0 = data0 * 3 + %d; }" % (
            r.choice(["", "(%d)" % (r.choice([101, 250, 1000]) + unit)]), unit, unit)]
        if plus:
            lines += ["}", "template <int n> __attribute__((noinline)) word shared(word x) { static word times = n; return x + n + ++times; }",
                      "inline __attribute__((noinline)) word same(word x) { return x * 5 + 1; }", "extern \"C\" {"]
        for function in range(self.per_unit):
            body = "; ".join("x = (x << 1 ^ x >> 3) + (%s)" % self.expression(unit, function) for _ in range(r.randint(2, 6)))
            if plus:
                body += "; x += shared<%d>(x) + same(x)" % r.randint(0, 2)
            attribute = r.choice(["", "", "__attribute__((noinline)) ", "__attribute__((aligned(%d))) " % r.choice([8, 32])])
            lines += ["%sword f%d_%d(word x) { %s; return x; }" % (attribute, unit, function, body)]
        for i in range(self.per_unit % 3): # the same function many times
            lines += ["__attribute__((noinline)) word twin%d_%d(word x) { return pick(x * 3 + 1); }" % (unit, i)]
        if unit == 0:
            lines += ["long body(void) { word x = 1; %s return (long)x; }" % " ".join("x = x * 7 + f0_%d(x);" % f for f in range(self.per_unit))]
        return "\n".join(lines + (["}"] if plus else [])) + "\n"


class Failure(Exception):
    pass


def run(*command, good=True):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if good and done.returncode:
        raise Failure("%s\n%s%s" % (" ".join(command), done.stdout[:3000], done.stderr[:3000]))
    return done


def compile_program(program, folder):
    """Writes and compiles the files; returns the objects, and the archive's members among them."""
    r = program.random
    arch = ["-march=rv64imafdc", "-mabi=lp64d", "-mcmodel=medany"]
    objects, members = [], []

    def build(name, source, suffix, extra=()):
        path = os.path.join(folder, name + suffix)
        with open(path, "w") as file:
            file.write(source)
        gcc = suffix != ".s" and r.random() < 0.4
        compiler = ["riscv64-unknown-elf-gcc"] if gcc else ["clang-22", "--target=riscv64-unknown-elf"]
        flags = [r.choice(["-O0", "-O1", "-O2", "-Os"]), "-ffreestanding", "-fcommon", "-w",
                 "-ftls-model=" + r.choice(["local-exec", "initial-exec"])]
        if r.random() < 0.6:
            flags += ["-ffunction-sections", "-fdata-sections"]
        # GNU ld 2.40 dies on the ULEB128 relocations of clang's relaxable debugging information.
        flags += [r.choice(["-mrelax", "-mno-relax"])] if gcc else [r.choice(["-mrelax", "-mno-relax"])]
        if r.random() < 0.5 and (gcc or "-mno-relax" in flags):
            flags += ["-g"] + (["-gz=" + r.choice(["zlib", "none"])] if not gcc else [])
        flags += [r.choice(["-fasynchronous-unwind-tables", "-fno-asynchronous-unwind-tables"])]
        if suffix == ".cpp":
            flags += ["-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics"]
        if r.random() < 0.3 and suffix != ".s":
            flags += ["-fpie"]
        run(*compiler, *arch, *flags, *extra, "-c", path, "-o", path + ".o")
        return path + ".o"

    objects.append(build("entry", ENTRY, ".s"))
    objects.append(build("start", START, ".c"))
    for unit in range(program.units):
        plus = r.random() < 0.4
        member = unit > 0 and r.random() < 0.3
        path = build("unit%d" % unit, program.unit(unit, plus, member), ".cpp" if plus else ".c")
        (members if member else objects).append(path)
    if members:
        archive = os.path.join(folder, "library.a")
        run("llvm-ar-22", r.choice(["rcs", "rcsT"]), archive, *members)
        objects.append(archive)
    return objects


def result(path, simulator):
    first = run("qemu-riscv64", path, good=False)
    values = [(first.returncode, first.stdout.strip())]
    if simulator:
        second = run(simulator, "-no-timing", "-call=entry", "-ret=i64", path, good=False)
        text = second.stdout.strip()
        number = "%016x" % (int(text) & (1 << 64) - 1) if text.lstrip("-").isdigit() else second.stdout + second.stderr
        values.append((second.returncode, number))
    return values


def inspect(path, gdb=True):
    """Readers of ELF files have nothing to say."""
    commands = [["llvm-readelf-22", "-aW", path], ["riscv64-unknown-elf-readelf", "-aW", path],
                ["riscv64-unknown-elf-objdump", "-d", "-r", "-t", path], ["eu-elflint", "--gnu-ld", path],
                ["gdb-multiarch", "-nx", "-batch", "-ex", "info line body", "-ex", "disassemble body", path]]
    if not gdb: # it reads ranges of discarded duplicates, which are at 0, where an object may have code
        commands.pop()
    for command in commands:
        done = run(*command, good=False)
        said = [line for line in (done.stdout + done.stderr).splitlines()
                if "warning" in line.lower() or "error:" in line.lower() or "corrupt" in line.lower()]
        if command[0] == "eu-elflint":
            said = [line for line in done.stdout.splitlines() if "owner name 'Kiln'" not in line and line != "No errors"]
        if said or (done.returncode and command[0] != "eu-elflint"):
            raise Failure("%s says:\n%s" % (" ".join(command), "\n".join(said[:5]) or done.stderr[:500]))


def check(seed, folder, build):
    program = Program(seed)
    objects = compile_program(program, folder)
    script = os.path.join(folder, "program.ld")
    with open(script, "w") as file:
        file.write(SCRIPT)
    # ld.lld cannot say 0, the address of what is weak and missing, from DRAM.
    low = os.path.join(folder, "low.ld")
    with open(low, "w") as file:
        file.write(SCRIPT.replace("0x80000000", "0x10000"))
    kiln = os.path.join(build, "bin", "kiln-ld")
    simulator = os.path.join(build, "bin", "kiln-sim")
    together = os.path.join(folder, "together.o")
    run(kiln, "-r", "-o", together, *objects, "-u", "body")
    inspect(together, gdb=False)
    links = {
        "lld": ["ld.lld-22", "-T", low, "-z", "norelro"],
        "gnu": ["riscv64-unknown-elf-ld", "-T", script],
        "lld-gc": ["ld.lld-22", "-T", low, "-z", "norelro", "--gc-sections", "-z", "nostart-stop-gc", "-u", "entry"],
        "kiln": [kiln],
        "kiln-script": [kiln, "-T", script],
        "kiln-plain": [kiln, "--no-relax", "-O0"],
        "kiln-gc": [kiln, "--gc-sections", "-u", "entry", "-O2", "--icf=safe", "--eh-frame-hdr", "--build-id"],
        "kiln-script-gc": [kiln, "-T", script, "--gc-sections", "-u", "entry", "--icf=safe", "--sort-section=alignment"],
        "kiln-relocs": [kiln, "--emit-relocs", "--threads", "1"],
    }
    results = {}
    for name, command in links.items():
        path = os.path.join(folder, name)
        run(*command, "-o", path, *objects)
        results[name] = result(path, simulator if "lld" not in name else None)
        if name.startswith("kiln"):
            inspect(path)
    for name in ("lld", "gnu", "kiln", "kiln-gc"):
        path = os.path.join(folder, name + "-together")
        run(*links[name], "-o", path, together)
        results[name + "-together"] = result(path, simulator if "lld" not in name else None)
    first = results["lld"]
    if first[0][0] or len({one for each in results.values() for one in each}) != 1:
        raise Failure("results differ:\n" + "\n".join("%-20s %s" % item for item in results.items()))
    return first[0][1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=6)
    parser.add_argument("--keep", help="leave the files of each program in this folder")
    options = parser.parse_args()
    failures = 0
    for seed in range(options.seed, options.seed + options.count):
        with tempfile.TemporaryDirectory() as temporary:
            folder = os.path.join(options.keep, str(seed)) if options.keep else temporary
            os.makedirs(folder, exist_ok=True)
            try:
                print(seed, check(seed, folder, options.build), flush=True)
            except Failure as failure:
                failures += 1
                print("%d failed: %s" % (seed, failure), flush=True)
    if failures:
        sys.exit("%d of %d programs failed" % (failures, options.count))


main()
