"""debug_test.py BUILD [--all]: debug information of optimized C programs.

It changes no code; llvm-dwarfdump's verifier, readelf and eu-readelf have nothing to say; and as many variables have a
location, in as much of their scopes, as in llc's code. Prints the figures.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

from toolchain import Failed, Report, Toolchain, program, run

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAMS = os.path.join(TESTS, "differential", "programs")
RUNTIME = os.path.join(TESTS, "differential", "runtime")
SLICE = ["bit_fields", "compression", "gotos", "hashing", "linked_structures", "many_arguments", "matrices_float", "sorting",
         "strings", "struct_values", "varargs_define"]
CLANG = ["--target=riscv64-unknown-elf", "-march=rv64imafd_zba_zbb_zbs_zfh", "-mabi=lp64d", "-mcmodel=medany", "-std=c17",
         "-ffreestanding", "-ffp-contract=off", "-fno-vectorize", "-fno-slp-vectorize", "-w", "-O2", "-I", RUNTIME]
# Sections whose contents are not code or data, or say where code comes from.
LEFT_OUT = re.compile(r'"?\.(debug_|note|kiln\.)')
DIRECTIVES = re.compile(r"\s*\.(loc|file|cfi_\w+|text)\b|\.L(dbg|func_begin|func_end|nest)")
VARIABLES = ("#source variables", "#source variables with location")
BYTES = ("sum_all_variables(#bytes in parent scope)",
         "sum_all_variables(#bytes in parent scope covered by DW_AT_location)")


def code(text):
    """The lines of assembly that make code and data."""
    kept, on = [], True
    for line in text.splitlines():
        section = re.match(r"\s*\.section\s+(.*)", line)
        if section or re.match(r"\s*\.(text|data|bss)\b", line):
            on = not (section and LEFT_OUT.match(section.group(1)))
        if on and not DIRECTIVES.match(line):
            kept.append(line)
    return kept


def same_code(toolchain, module, plain, name):
    for level in (0, 1, 2):
        texts = []
        for source, what in ((module, "g"), (plain, "plain")):
            with open(toolchain.compile_to_text(source, level, f"{name}.{what}{level}"), encoding="utf-8") as file:
                texts.append(code(file.read()))
        if texts[0] != texts[1]:
            return f"-O{level}: " + next(f"{x} instead of {y}" for x, y in zip(*texts) if x != y)
    return None


def complaints(path):
    for command in (["llvm-dwarfdump-22", "--verify"], ["readelf", "--debug-dump"], ["eu-readelf", "--debug-dump"]):
        result = subprocess.run([program(command[0]), *command[1:], path], capture_output=True, text=True, timeout=300,
                                errors="replace")
        said = [line for line in (result.stdout + result.stderr).splitlines()
                if re.search(r"\bwarning\b|\berror:|corrupt|invalid", line, re.IGNORECASE)]
        if said or result.returncode != 0:
            return f"{command[0]}: {said[:3]} exit code {result.returncode}"
    return None


def figures(path):
    found = json.loads(run([program("llvm-dwarfdump-22"), "--statistics", path]))
    return [found[key] for key in VARIABLES + BYTES]


def main():
    build, *options = sys.argv[1:]
    names = sorted(name[:-2] for name in os.listdir(PROGRAMS) if name.endswith(".c")) if "--all" in options else SLICE
    report = Report()
    sums = {"kiln-llc": [0] * 4, "llc": [0] * 4}
    with tempfile.TemporaryDirectory(prefix="kiln-debug-") as folder:
        toolchain = Toolchain(build, folder)
        for name in names:
            module, plain = toolchain.path(name + ".ll"), toolchain.path(name + ".plain.bc")
            run([program("clang-22"), *CLANG, "-g", "-S", "-emit-llvm", "-o", module, os.path.join(PROGRAMS, name + ".c")])
            run([program("opt-22"), "-strip-debug", "-o", plain, module])
            report.check(f"{name}: the code is the same", lambda: same_code(toolchain, module, plain, name))
            ours = toolchain.compile(module, 2, name)
            report.check(f"{name}: no complaints", lambda: complaints(ours))
            for who, path in (("kiln-llc", ours), ("llc", toolchain.compile_with_llc(module, name + ".llc"))):
                sums[who] = [x + y for x, y in zip(sums[who], figures(path))]
    shares = {}
    for who, (variables, located, size, covered) in sums.items():
        shares[who] = located / variables, covered / size
        print(f"{who}: {100 * located / variables:.1f} % of {variables} variables have a location, "
              f"{100 * covered / size:.1f} % of the bytes of their scopes are covered")
    for number, what in enumerate(("variables with a location", "bytes covered")):
        report.check(what, lambda: None if shares["kiln-llc"][number] >= shares["llc"][number] else f"less than llc: {shares}")
    report.finish()


if __name__ == "__main__":
    main()
