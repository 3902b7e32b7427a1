"""lowering_test.py: examples/lower_all.sh makes exactly the LLVM IR that is committed; each function has a case."""
import os
import re
import sys
import tempfile

from cases import CASES
from toolchain import Report, run

EXAMPLES = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "examples")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def same(committed, made):
    if read(committed) == read(made):
        return None
    return "the committed IR is not what examples/lower_all.sh makes of the MLIR"


def main():
    report = Report()
    mlir = os.path.join(EXAMPLES, "mlir")
    with tempfile.TemporaryDirectory(prefix="kiln-e2e-") as folder:
        run([os.path.join(EXAMPLES, "lower_all.sh"), folder])
        committed = sorted(name for name in os.listdir(mlir) if name.endswith(".ll"))
        report.check("the set of files", lambda: None if sorted(os.listdir(folder)) == committed else f"{committed}")
        for name in committed:
            report.check(name, same, os.path.join(mlir, name), os.path.join(folder, name))
    for name in sorted(os.listdir(mlir)):
        if name.endswith(".mlir"):
            functions = re.findall(r"^func\.func @(\w+)", read(os.path.join(mlir, name)), re.MULTILINE)
            cases = [case.function for case in CASES if case.file == name.removesuffix(".mlir")]
            report.check(f"cases of {name}",
                         lambda: None if functions == cases else f"functions {functions}, cases {cases}")
    report.finish()


if __name__ == "__main__":
    main()
