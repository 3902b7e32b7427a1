# RUN: %python %s %S/Inputs %t
"""Links one program, compiled in many ways, with kiln-ld, ld.lld and GNU ld.

Three things are compared. The bytes: ld.lld is given a script with kiln-ld's section addresses and told not to
merge, and must then make the same code, data and debugging information, without relaxation and with (but for
the use of gp, which ld.lld does not relax PC-relative addresses to). The behaviour: the executables print and
return the same under qemu-riscv64, with and without --gc-sections and relaxation. The size: relaxed code is
no larger than ld.lld's.
"""
import os
import shutil
import subprocess
import sys

inputs, folder = sys.argv[1:]
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(folder)

SOURCES = ["main.c", "parts.c", "template.cpp", "other.cpp"]
# The order of kiln-ld's own tables (linker/layout.c), as patterns of a linker script.
SECTIONS = {
    ".text": "*(.text.init .text.init.*) *(.text .text.*)",
    ".rodata": "*(.rodata .rodata.* .srodata .srodata.*)",
    ".init_array": "*(SORT_BY_INIT_PRIORITY(.init_array.*)) *(.init_array)",
    ".data": "*(.data .data.*)",
    ".sdata": "*(.sdata .sdata.*)",
    ".sbss": "*(.sbss .sbss.*)",
    ".bss": "*(.bss .bss.*) *(COMMON)",
}
failures = 0


def run(*command, check=True):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if check and done.returncode:
        raise SystemExit("%s\nfailed:\n%s%s" % (" ".join(command), done.stdout, done.stderr))
    return done


def fail(*words):
    global failures
    failures += 1
    print(*words)


def sections(path):
    """name -> (address, type, contents)"""
    with open(path, "rb") as file:
        data = file.read()
    number = lambda at, size: int.from_bytes(data[at : at + size], "little")
    start, count, names = number(40, 8), number(60, 2), number(62, 2)
    names_at = number(start + 64 * names + 24, 8)
    table = {}
    for i in range(1, count):
        header = start + 64 * i
        name_at = names_at + number(header, 4)
        name = data[name_at : data.index(b"\0", name_at)].decode()
        kind, address = number(header + 4, 4), number(header + 16, 8)
        at, size = number(header + 24, 8), number(header + 32, 8)
        table[name] = (address, kind, b"" if kind == 8 else data[at : at + size])
    return table


def compile_all(name, compiler, flags):
    objects = []
    for source in SOURCES:
        output = os.path.join(folder, "%s-%s.o" % (name, source))
        language = ["-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics"] if source.endswith("pp") else []
        run(*compiler, *flags, *language, "-ffreestanding", "-c", os.path.join(inputs, source), "-o", output)
        objects.append(output)
    return objects


def compare_bytes(name, ours, objects, relax):
    script = os.path.join(folder, name + ".ld")
    table = sections(ours)
    with open(script, "w") as file:
        file.write("SECTIONS {\n")
        for section in sorted((s for s in SECTIONS if s in table), key=lambda s: table[s][0]):
            if section == ".init_array":
                file.write("PROVIDE_HIDDEN(__init_array_start = 0x%x);\n" % table[section][0])
            file.write("%s 0x%x : { %s }\n" % (section, table[section][0], SECTIONS[section]))
            if section == ".init_array":
                file.write("PROVIDE_HIDDEN(__init_array_end = .);\n")
        bss = table[".sbss" if ".sbss" in table else ".bss"][0]
        small = next(table[s] for s in (".sdata", ".init_array", ".data") if s in table)[0]
        if ".init_array" not in table:
            file.write("__init_array_start = 0x80000000; __init_array_end = 0x80000000;\n")
        file.write("__bss_start = 0x%x; _end = .; __global_pointer$ = 0x%x;\n}\n" % (bss, small + 0x800))
    theirs = os.path.join(folder, name + ".lld-script")
    run("ld.lld", "-O0", relax, "-T", script, "-o", theirs, *objects)
    other = sections(theirs)
    compared = 0
    for section, (address, kind, contents) in table.items():
        debug = section.startswith(".debug_") and section != ".debug_frame"
        if section not in SECTIONS and not debug:
            continue
        compared += len(contents)
        if section not in other:
            if contents:
                fail(name, section, "is missing from ld.lld's output")
        elif other[section][0] != address or other[section][2] != contents:
            theirs_contents = other[section][2]
            first = next((i for i, (a, b) in enumerate(zip(contents, theirs_contents)) if a != b), None)
            fail(name, section, "differs: sizes %d and %d, first byte %s" % (len(contents), len(theirs_contents), first))
    return compared


def behaviour(path):
    done = run("qemu-riscv64", path, check=False)
    return done.returncode, done.stdout


def inspect(name, path):
    """Readers of ELF files have nothing to say."""
    for tool in (["llvm-readelf", "-a"], ["riscv64-unknown-elf-readelf", "-aW"], ["riscv64-unknown-elf-objdump", "-h", "-t", "-d", "-r"]):
        said = run(*tool, path, check=False)
        text = (said.stdout + said.stderr).lower()
        if said.returncode or "warning" in text or "error" in said.stderr.lower():
            fail(name, tool[0], "complains:", said.stderr, [line for line in text.splitlines() if "warning" in line][:3])


def main():
    arch = ["-march=rv64imafdc", "-mabi=lp64d", "-mcmodel=medany"]
    clang = ["clang", "--target=riscv64-unknown-elf", *arch]
    gcc = ["riscv64-unknown-elf-gcc", *arch]
    split = ["-ffunction-sections", "-fdata-sections"]
    variants = {
        "clang-O0": (clang, ["-O0", "-mno-relax"]),
        "clang-O2-split": (clang, ["-O2", "-mno-relax", "-g", *split]),
        "clang-O2-relax": (clang, ["-O2", "-mrelax"]),
        "clang-O2-relax-debug": (clang, ["-O2", "-mrelax", "-g"]),
        "clang-Os-relax-norvc": (["clang", "--target=riscv64-unknown-elf", "-march=rv64imafd", *arch[1:]], ["-Os", "-mrelax"]),
        "gcc-O2": (gcc, ["-O2", "-g", "-falign-functions=16"]),
        "gcc-O1-split": (gcc, ["-O1", "-fcommon", "-fasynchronous-unwind-tables", *split]),
    }
    for name, (compiler, flags) in variants.items():
        objects = compile_all(name, compiler, flags + ["-fcommon"])
        ours = os.path.join(folder, name + ".kiln")
        run("kiln-ld", "-O0", "-o", ours, "--no-relax", *objects)
        compared = compare_bytes(name, ours, objects, "--no-relax")
        outputs = {"kiln-ld --no-relax": behaviour(ours)}
        run("kiln-ld", "-O0", "-o", ours, "--no-relax-gp", *objects)
        compared += compare_bytes(name + " --no-relax-gp", ours, objects, "--relax")
        outputs["kiln-ld --no-relax-gp"] = behaviour(ours)
        run("kiln-ld", "-o", ours, *objects)
        outputs["kiln-ld"] = behaviour(ours)
        collected = ours + "-gc"
        run("kiln-ld", "--gc-sections", "-o", collected, *objects)
        outputs["kiln-ld --gc-sections"] = behaviour(collected)
        more = {
            "-O2 --icf=safe --eh-frame-hdr": ["-O2", "--icf=safe", "--eh-frame-hdr", "--gc-sections"],
            "--emit-relocs": ["--emit-relocs"],
            "-O0 --emit-relocs --no-relax": ["-O0", "--emit-relocs", "--no-relax"],
            "-x": ["-x"],
        }
        for kind, flags in more.items():
            run("kiln-ld", *flags, "-o", ours + "-more", *objects)
            outputs["kiln-ld " + kind] = behaviour(ours + "-more")
            inspect(name + " " + kind, ours + "-more")
        together = ours + "-r.o"
        run("kiln-ld", "-r", "-o", together, *objects)
        inspect(name + " -r", together)
        for linker in (["kiln-ld"], ["ld.lld", "-Ttext=0x80000000"], ["riscv64-unknown-elf-ld", "-Ttext=0x80000000"]):
            if name == "clang-O2-relax-debug" and "elf-ld" in linker[0]:
                continue
            run(*linker, "-o", ours + "-r", together)
            outputs["kiln-ld -r, " + linker[0]] = behaviour(ours + "-r")
        lld, gnu = os.path.join(folder, name + ".lld"), os.path.join(folder, name + ".gnu")
        run("ld.lld", "-Ttext=0x80000000", "-o", lld, *objects)
        outputs["ld.lld"] = behaviour(lld)
        # GNU ld 2.40 dies on the ULEB128 relocations of relaxable debugging information.
        if name != "clang-O2-relax-debug":
            run("riscv64-unknown-elf-ld", "-Ttext=0x80000000", "-o", gnu, *objects)
            outputs["ld"] = behaviour(gnu)
        sizes = [len(sections(path)[".text"][2]) for path in (ours, lld, gnu) if os.path.exists(path)]
        if sizes[0] > sizes[1]:
            fail(name, "sizes of .text by kiln-ld and ld.lld:", sizes)
        if len(set(outputs.values())) != 1:
            fail(name, outputs)
        inspect(name, ours)
        print("%-22s %s, %d bytes as ld.lld's, .text %s" % (name, outputs["kiln-ld"], compared, sizes))
    if failures:
        raise SystemExit("%d failures" % failures)


main()
