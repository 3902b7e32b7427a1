"""manners_test.py BUILD: how every tool answers what is not good input.

Bad input: exit code 1, `PLACE: error: MESSAGE` on standard error, nothing on standard output, an existing output file as it
was, no temporary file left. Help and version: standard output and exit code 0.
"""
import os
import subprocess
import sys
import tempfile

from toolchain import Failed, Report, Toolchain

TOOLS = ["kiln-llc", "kiln-as", "kiln-ld", "kiln-objdump", "kiln-sim"]
WRITERS = {
    "kiln-llc": ["-filetype=obj", "-o"],
    "kiln-as": ["-o"],
    "kiln-ld": ["-o"],
}

GOOD_ASSEMBLY = ".globl f\nf:\n  call g\n  ret\n.globl g\ng:\n  li a0, 7\n  ret\n.section .rodata\n.dword f\n"


def run(command, folder, data=None):
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, timeout=60, input=data)
    except subprocess.TimeoutExpired as expired:
        raise Failed(f"{command}: no end") from expired


def refused(command, folder, place=None):
    """The command must end as bad input has it."""
    result = run(command, folder, b"")
    said = result.stderr.decode(errors="replace")
    shown = f"$ {' '.join(command)}\nexit code {result.returncode}\n{said}"
    if result.returncode != 1:
        return f"exit code 1 wanted\n{shown}"
    first = said.partition("\n")[0]
    if ": error: " not in first:
        return f"an error with its place wanted first\n{shown}"
    if place and not first.startswith(place):
        return f"an error at {place} wanted first\n{shown}"
    if result.stdout:
        return f"nothing on standard output wanted\n{shown}{result.stdout[:500]}"
    return None


def answered(command, folder, *parts):
    result = run(command, folder)
    output = result.stdout.decode()
    missing = [part for part in parts if part not in output]
    if result.returncode != 0 or result.stderr or missing:
        return f"{command}: exit code {result.returncode}, {missing} missing in:\n{output}{result.stderr.decode()}"
    return None


def leaves_output(tool, arguments, bad, folder):
    """An output file from before survives a failure, and nothing is left beside it."""
    output = os.path.join(folder, "out", "result")
    os.makedirs(os.path.dirname(output), exist_ok=True)
    with open(output, "w", encoding="utf-8") as file:
        file.write("from before")
    problem = refused([tool, *arguments, output, bad], folder)
    with open(output, encoding="utf-8") as file:
        if file.read() != "from before":
            return "the output from before is gone"
    left = os.listdir(os.path.dirname(output))
    return problem or (f"left over: {left}" if left != ["result"] else None)


def truncations(report, toolchain, folder):
    """Objects and programs cut short at many places, and with bytes of their headers changed: refused or, where what
    is left makes sense, read; never a crash."""
    with open(os.path.join(folder, "good.s"), "w", encoding="utf-8") as file:
        file.write(GOOD_ASSEMBLY)
    good = toolchain.assemble(os.path.join(folder, "good.s"), "good")
    program = toolchain.link([good], "program", "--entry=f")
    for path, commands in ((good, [["kiln-objdump", "-d", "-r"], ["kiln-objdump", "-h", "-t"], ["kiln-ld", "-o", "/dev/null"]]),
                           (program, [["kiln-objdump", "-d"], ["kiln-objdump", "-h", "-t"], ["kiln-sim", "--call", "f"]])):
        with open(path, "rb") as file:
            data = file.read()
        damaged = [data[:size] for size in range(0, len(data), max(1, len(data) // 23))]
        damaged += [data[:i] + bytes([data[i] ^ 0xff]) + data[i + 1:] for i in range(0, 64)]
        for command in commands:
            tool = toolchain.tool(command[0])
            for number, bytes_ in enumerate(damaged):
                bad = os.path.join(folder, f"{os.path.basename(path)}.{number}")
                with open(bad, "wb") as file:
                    file.write(bytes_)
                # A program that the simulator accepts may trap or run on for ever.
                extra = ["--max-instructions=1000"] if command[0] == "kiln-sim" else []
                report.check(f"{command[0]} on damage {number} of {os.path.basename(path)}",
                             survives, [tool, *command[1:], *extra, bad], folder)


def survives(command, folder):
    result = run(command, folder, b"")
    said = result.stderr.decode(errors="replace")
    if result.returncode < 0 or "runtime error" in said or "Sanitizer" in said:
        return f"$ {' '.join(command)}\nexit code {result.returncode}\n{said[:3000]}"
    if result.returncode != 0 and ": error: " not in said:
        return f"$ {' '.join(command)}\nexit code {result.returncode} without an error:\n{said}"
    return None


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix="kiln-manners-") as folder:
        toolchain = Toolchain(sys.argv[1], folder)
        garbage, empty = os.path.join(folder, "garbage"), os.path.join(folder, "empty")
        with open(garbage, "wb") as file:
            file.write(bytes(range(256)) * 8)
        with open(empty, "wb") as file:
            pass
        for name in TOOLS:
            if not report.check(name, lambda name=name: toolchain.tool(name) and None):
                continue
            tool = toolchain.tool(name)
            output = [*WRITERS[name], "result"] if name in WRITERS else ["-d"] if name == "kiln-objdump" else []
            report.check(f"{name} --help", answered, [tool, "--help"], folder, "usage: " + name, "-version")
            report.check(f"{name} --version", answered, [tool, "--version"], folder, name, "Kiln")
            report.check(f"{name} without arguments", refused, [tool], folder, name + ": error: ")
            report.check(f"{name} with an unknown option", refused, [tool, "--no-such-option", "x"], folder,
                         name + ": error: unknown option '--no-such-option'")
            report.check(f"{name} on no file", refused, [tool, *output, "no/such/file"], folder,
                         "no/such/file: error: cannot open: ")
            report.check(f"{name} on a folder", refused, [tool, *output, folder], folder,
                         folder + ": error: cannot read: ")
            report.check(f"{name} on garbage", refused, [tool, *output, garbage], folder, garbage)
            if name not in ("kiln-as", "kiln-llc"):  # an empty text is a program
                report.check(f"{name} on an empty file", refused, [tool, *output, empty], folder, empty)
            if name in WRITERS:
                report.check(f"{name} leaves its output", leaves_output, tool, WRITERS[name], garbage, folder)
        report.check("damaged objects", lambda: truncations(report, toolchain, folder))
    report.finish()


if __name__ == "__main__":
    main()
