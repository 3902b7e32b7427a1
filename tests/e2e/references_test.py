"""references_test.py: the NumPy references of cases.py are what the examples' IR computes, by compiling it with
LLVM for this host: so a difference on the simulator is Kiln's."""
import ctypes
import os
import tempfile

from cases import CASES
from toolchain import InOut, Out, Report, Scalar, difference, program, run

import numpy

MLIR = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "examples", "mlir")


def load(file, folder):
    library = os.path.join(folder, file + ".so")
    run([program("clang-22"), "-shared", "-fPIC", "-O1", "-ffp-contract=off", "-Wno-override-module",
         "-o", library, os.path.join(MLIR, file + ".bare.ll")])
    return ctypes.CDLL(library)


def check(library, case):
    arguments, expected = case.arguments()
    passed, results = [], []
    for argument in arguments:
        if isinstance(argument, Scalar):
            passed.append({"f32": ctypes.c_float, "i32": ctypes.c_int32}[argument.type](argument.value))
            continue
        if isinstance(argument, Out):
            array = numpy.zeros(argument.shape, argument.type)
        else:
            array = argument.value.copy() if isinstance(argument, InOut) else argument
        if isinstance(argument, (Out, InOut)):
            results.append(array)
        passed.append(array.ctypes.data_as(ctypes.c_void_p))
    getattr(library, case.function)(*passed)
    problems = [difference(result, wanted) for result, wanted in zip(results, expected, strict=True)]
    return next((problem for problem in problems if problem), None)


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix="kiln-e2e-") as folder:
        files = {case.file for case in CASES if os.path.exists(os.path.join(MLIR, case.file + ".bare.ll"))}
        libraries = {file: load(file, folder) for file in files}
        for case in CASES:
            if case.file in libraries:
                report.check(case.function, check, libraries[case.file], case)
    report.finish()


if __name__ == "__main__":
    main()
