"""interop_test.py BUILD: the tools that people have read our objects and executables without a word of complaint.

Objects come from kiln-as and from kiln-llc, executables from kiln-ld. Each tool must succeed, say nothing on
standard error and no "warning" on standard output, and must have found what is there.
"""
import os
import re
import subprocess
import sys
import tempfile

from toolchain import Failed, Report, Toolchain, program, run

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SOURCE = os.path.join(ROOT, "examples", "mlir", "conv2d_i8.memref.ll")
KERNEL = os.path.join(ROOT, "examples", "matmul_kernel", "matmul_i8.s")

# One of everything that an object can hold: each kind of section, symbol and relocation.
ASSEMBLY = """
    .globl start
    .type start, @function
start:
    lla t0, table
    la t1, counter
    lw a0, 0(t1)
    call leaf
    beqz a0, 1f
    lui a1, %hi(area)
    addi a1, a1, %lo(area)
1:
    ret
    .size start, . - start

    .section .text.leaf, "ax", @progbits
    .type leaf, @function
leaf:
    fadd.s fa0, fa0, fa1
    fld fa2, 8(sp)
    amoadd.w a0, a1, (a2)
    csrr a3, cycle
    ret
    .size leaf, . - leaf

    .section .rodata, "a", @progbits
    .type table, @object
table:
    .dword start
    .word leaf - table
    .size table, . - table
message:
    .asciz "fired"

    .data
    .globl counter
    .type counter, @object
counter:
    .word 7
    .size counter, 4

    .section .spm.area, "aw", @nobits
    .balign 64
area:
    .space 128

    .bss
    .weak buffer
    .type buffer, @object
buffer:
    .space 64
    .size buffer, 64
"""


def quiet(*command):
    """The output of a command that must not complain; GDB and binutils write some complaints to standard output."""
    output = run(list(command))
    for line in output.splitlines():
        if re.search(r"\bwarning\b|\berror\b|\bcorrupt", line, re.IGNORECASE):
            raise Failed(f"$ {' '.join(command)}\n{line}")
    return output


def wants(output, *parts):
    missing = [part for part in parts if not re.search(part, output)]
    return f"no {missing} in:\n{output[:3000]}" if missing else None


def gnu(name):
    return program("riscv64-unknown-elf-" + name)


# What eu-elflint says about good files as well: it does not know other vendors' notes, and it overlooks that a section
# without bits in the file can be the one that is written to (it says so of GNU ld's output too).
LINT_QUIRKS = re.compile(
    r"section \[ *\d+\] '\.note\.kiln\.machine': unknown object file note type \d+ with owner name 'Kiln' at offset \d+"
    r"|loadable segment \[\d+\] is writable but contains no writable sections|No errors")


def lint_problem(path):
    result = subprocess.run([program("eu-elflint"), "--gnu-ld", path], capture_output=True, text=True)
    lines = (result.stdout + result.stderr).splitlines()
    if not lines:
        return "eu-elflint says nothing at all"
    found = [line for line in lines if line and not LINT_QUIRKS.fullmatch(line)]
    return "\n".join(found) or None


def check_readers(report, name, path, symbol, is_object):
    """Every reader, on an object or an executable that defines `symbol` in .text."""
    def reads(what, parts, *command):
        report.check(f"{name}: {what}", lambda: wants(quiet(*command, path), *parts))

    reads("readelf -a", ["RISC-V", symbol, "Attribute Section: riscv"], gnu("readelf"), "-a", "-W")
    reads("objdump -h", [r"\.text"], gnu("objdump"), "-h")
    reads("objdump -t", [symbol], gnu("objdump"), "-t")
    reads("objdump -d", [f"<{symbol}>:", r"\bret\b"], gnu("objdump"), "-d")
    if is_object:
        reads("objdump -r", ["R_RISCV_"], gnu("objdump"), "-r")
    reads("llvm-readelf -a", ["RISC-V", symbol], program("llvm-readelf-22"), "-a")
    reads("llvm-objdump -d", [f"<{symbol}>:", r"\bret\b"], program("llvm-objdump-22"), "-d")
    reads("nm", [rf"[0-9a-f]+ [Tt] {symbol}"], gnu("nm"))
    reads("llvm-nm", [symbol], program("llvm-nm-22"))
    reads("size", [r"\btext\b"], gnu("size"))
    reads("eu-readelf -a", ["RISC-V", symbol], program("eu-readelf"), "-a")
    report.check(f"{name}: eu-elflint", lint_problem, path)
    gdb = [program("gdb-multiarch"), "-batch", "-nx", "-ex", "info functions", "-ex", f"disassemble {symbol}", path]
    report.check(f"{name}: gdb", lambda: wants(quiet(*gdb), symbol, "Dump of assembler code", r"\bret\b"))


def check_strip(report, toolchain, name, path, symbol):
    """strip leaves a file that the readers still read, without the symbol when it is an executable."""
    for label, stripper in (("strip", gnu("strip")), ("llvm-strip", program("llvm-strip-22"))):
        def stripped(stripper=stripper, label=label):
            output = toolchain.path(f"{name}.{label}")
            quiet(stripper, "-o", output, path)
            quiet(gnu("readelf"), "-a", "-W", output)
            symbols = quiet(program("llvm-readelf-22"), "-s", output)
            return f"{symbol} is still there" if re.search(rf"\b{symbol}\b", symbols) else None
        report.check(f"{name}: {label}", stripped)


def unknown_instructions(toolchain, path):
    """Others' disassemblers may not know the K1's own instructions, but know every other one."""
    ours = run([toolchain.tool("kiln-objdump"), "-d", path])
    theirs = quiet(program("llvm-objdump-22"), "-d", path)
    own = len(re.findall(r"\tk[td]\.", ours))
    unknown = len(re.findall(r"<unknown>", theirs))
    return None if own == unknown else f"{own} instructions of our own, {unknown} unknown to llvm-objdump"


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix="kiln-interop-") as folder:
        toolchain = Toolchain(sys.argv[1], folder)
        with open(toolchain.path("all.s"), "w", encoding="utf-8") as file:
            file.write(ASSEMBLY)
        makers = [
            ("assembled", "start", lambda: toolchain.assemble(toolchain.path("all.s"), "all")),
            ("compiled", "conv2d_i8", lambda: toolchain.compile(SOURCE, 2, "conv")),
            ("kernel", "matmul_i8_kernel", lambda: toolchain.assemble(KERNEL, "kernel")),
        ]
        for name, symbol, make in makers:
            made = []
            if not report.check(f"{name}: make the object", lambda: made.append(make())):
                continue
            check_readers(report, f"{name} object", made[0], symbol, is_object=name != "kernel")
            if not report.check(f"{name}: link", lambda: made.append(
                    toolchain.link([made[0]], name, f"--entry={symbol}"))):
                continue
            check_readers(report, f"{name} executable", made[1], symbol, is_object=False)
            check_strip(report, toolchain, f"{name}-executable", made[1], symbol)
            report.check(f"{name}: unknown instructions", unknown_instructions, toolchain, made[1])
    report.finish()


if __name__ == "__main__":
    main()
