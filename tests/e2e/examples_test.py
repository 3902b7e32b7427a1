"""examples_test.py BUILD EXAMPLE [--slice]: every function of examples/mlir/EXAMPLE.mlir through the tools, beside NumPy.

In each calling convention and at each optimization level: LLVM IR to an object (kiln-llc), to a program (kiln-ld), to
results (kiln-sim). At -O2 also through assembly text (kiln-as), linked by ld.lld, read as bitcode and from
standard input, and compiled by LLVM's llc instead. --slice leaves most of this out, for slow builds.
"""
import os
import sys
import tempfile

from cases import CASES
from toolchain import Failed, Report, Toolchain, difference, program, run

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def check_call(toolchain, executable, case, convention):
    arguments, expected = case.arguments()
    symbol = "_mlir_ciface_" + case.function if convention == "ciface" else case.function
    results, _ = toolchain.call(executable, symbol, convention, arguments)
    problems = [difference(result, wanted) for result, wanted in zip(results, expected, strict=True)]
    return next((problem for problem in problems if problem), None)


def check_calls(report, toolchain, executable, cases, source, what):
    """Calls each function in each of the conventions of an IR file."""
    for convention in ["bare"] if source.endswith(".bare.ll") else ["memref", "ciface"]:
        for case in cases:
            report.check(f"{case.function} {convention} {what}", check_call, toolchain, executable, case, convention)


def built(report, what, make, *arguments):
    """What make(*arguments) makes, or None when that fails."""
    made = []
    report.check(what, lambda: made.append(make(*arguments)))
    return made[0] if made else None


def same_code(toolchain, direct, through_text):
    """The object written by the compiler and the one assembled from its text have the same instructions."""
    texts = []
    for path in (direct, through_text):
        code = path + ".text"
        run([program("llvm-objcopy-22"), "-O", "binary", "--only-section=.text*", path, code])
        with open(code, "rb") as file:
            texts.append(file.read())
    return None if texts[0] == texts[1] else f"{direct} and {through_text} differ in .text"


def other_ways(report, toolchain, source, cases, name):
    """At -O2, every other way from the IR to a program."""
    entry = cases[0].function
    direct = toolchain.compile(source, 2, name + ".direct")

    def through_text():
        return toolchain.assemble(toolchain.compile_to_text(source, 2, name), name + ".text")

    text = built(report, f"{name} through assembly text", through_text)
    if text:
        report.check(f"{name} code through assembly text", same_code, toolchain, direct, text)
        program_from_text = built(report, f"link {name} from text", toolchain.link, [text], name + ".from-text")
        if program_from_text:
            check_calls(report, toolchain, program_from_text, cases, source, "through assembly text")
    by_lld = built(report, f"{name} linked by ld.lld", toolchain.link_with_lld, [direct], name + ".lld", entry)
    if by_lld:
        check_calls(report, toolchain, by_lld, cases, source, "linked by ld.lld")

    def by_llc():
        return toolchain.link([toolchain.compile_with_llc(source, name + ".llc")], name + ".by-llc")

    llc = built(report, f"{name} compiled by llc", by_llc)
    if llc:
        check_calls(report, toolchain, llc, cases, source, "compiled by llc")
    report.check(f"{name} as bitcode and from standard input", same_from_bitcode, toolchain, source, direct, name)


def same_from_bitcode(toolchain, source, direct, name):
    """Bitcode in a file and text on standard input give the same object, byte for byte."""
    bitcode = toolchain.path(name + ".bc")
    run([program("llvm-as-22"), "-o", bitcode, source])
    from_bitcode = toolchain.compile(bitcode, 2, name + ".from-bitcode")
    from_input = toolchain.path(name + ".from-input.o")
    with open(source, "rb") as file:
        run([toolchain.tool("kiln-llc"), "-O2", "-filetype=obj", "-o", from_input, "-"], stdin=file)
    with open(direct, "rb") as one, open(from_bitcode, "rb") as two, open(from_input, "rb") as three:
        texts = [one.read(), two.read(), three.read()]
    return None if texts[0] == texts[1] == texts[2] else "the objects differ"


def main():
    build, example = sys.argv[1:3]
    is_slice = "--slice" in sys.argv[3:]
    cases = [case for case in CASES if case.file == example]
    small = [case for case in cases if not case.large]
    report = Report()
    with tempfile.TemporaryDirectory(prefix="kiln-e2e-") as folder:
        toolchain = Toolchain(build, folder)
        for convention in ("bare", "memref"):
            name = f"{example}.{convention}"
            source = os.path.join(ROOT, "examples", "mlir", name + ".ll")
            if not os.path.exists(source):
                continue
            for level in (0, 2) if is_slice else (0, 1, 2, 3):
                executable = built(report, f"{name} -O{level}", lambda: toolchain.link(
                    [toolchain.compile(source, level, f"{name}.O{level}")], f"{name}.O{level}"))
                if executable:
                    # The large cases take long: once, where the code is good.
                    full = level == 2 and convention == "bare" and not is_slice
                    check_calls(report, toolchain, executable, cases if full else small, source, f"-O{level}")
            if not is_slice:
                try:
                    other_ways(report, toolchain, source, small, name)
                except Failed as failure:
                    report.check(name, lambda: str(failure))
    report.finish()


if __name__ == "__main__":
    main()
