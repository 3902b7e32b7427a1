"""Running Kiln's tools, and others' on the same files, from the end-to-end tests."""
import os
import shutil
import subprocess
import sys

import numpy

LLVM_TOOLS = "/usr/lib/llvm-22/bin"

# The start of the K1's DRAM, for linkers that have to be told.
DRAM = 0x80000000


class Failed(Exception):
    """A command that failed, with what it said."""


def program(name):
    """The path of one of the programs that Kiln is compared with."""
    path = shutil.which(name) or shutil.which(os.path.join(LLVM_TOOLS, name.removesuffix("-22")))
    if not path:
        raise Failed(f"{name} is missing; ./run test installs it")
    return path


def run(command, timeout=600, quiet=True, **options):
    """Runs a command that must succeed, and say nothing on standard error if `quiet`; returns its output."""
    text = options.pop("text", True)
    try:
        result = subprocess.run(command, capture_output=True, text=text, timeout=timeout, **options)
    except subprocess.TimeoutExpired as expired:
        raise Failed(f"$ {' '.join(command)}\nno end after {timeout} s") from expired
    errors = result.stderr if text else result.stderr.decode(errors="replace")
    if result.returncode != 0 or (quiet and errors):
        output = result.stdout if text else ""
        raise Failed(f"$ {' '.join(command)}\n{output[-2000:]}{errors[-4000:]}exit code {result.returncode}")
    return result.stdout


class Toolchain:
    """Kiln's tools of one build, with a folder for what they make."""

    def __init__(self, build, folder):
        self.bin = os.path.join(build, "bin")
        self.folder = folder

    def tool(self, name):
        path = os.path.join(self.bin, name)
        if not os.path.exists(path):
            raise Failed(f"{path} is not built")
        return path

    def path(self, name):
        return os.path.join(self.folder, name)

    def compile(self, source, level, name, *options):
        """LLVM IR to an object."""
        output = self.path(name + ".o")
        run([self.tool("kiln-llc"), f"-O{level}", "-filetype=obj", *options, "-o", output, source])
        return output

    def compile_to_text(self, source, level, name, *options):
        output = self.path(name + ".s")
        run([self.tool("kiln-llc"), f"-O{level}", "-filetype=asm", *options, "-o", output, source])
        return output

    def compile_with_llc(self, source, name):
        """LLVM IR to an object by LLVM itself."""
        output = self.path(name + ".o")
        run([program("llc-22"), "-O2", "-mtriple=riscv64-unknown-elf", "-mattr=+m,+a,+f,+d,+zfh,+zfbfmin,+zba,+zbb",
             "-target-abi=lp64d", "-code-model=medium", "-filetype=obj", "-o", output, source])
        return output

    def assemble(self, source, name, *options):
        output = self.path(name + ".o")
        run([self.tool("kiln-as"), *options, "-o", output, source])
        return output

    def link(self, objects, name, *options):
        output = self.path(name)
        run([self.tool("kiln-ld"), *options, "-o", output, *objects])
        return output

    def link_with_lld(self, objects, name, entry):
        output = self.path(name)
        run([program("ld.lld-22"), f"--image-base={DRAM:#x}", f"--entry={entry}", "-o", output, *objects])
        return output

    def call(self, executable, function, convention, arguments, *options, timeout=600):
        """Calls a function on the simulator; returns the arrays behind its Out and InOut arguments and what the
        simulator said."""
        words, results = [], []
        for number, argument in enumerate(arguments):
            path = self.path(f"{os.path.basename(executable)}.{function}.{convention}.{number}.npy")
            if isinstance(argument, Scalar):
                words += ["--arg", f"{argument.type}:{argument.value}"]
            elif isinstance(argument, Out):
                shape = "x".join(str(size) for size in argument.shape)
                words += ["--arg", f"out:{path}:{argument.type}:{shape}"]
                results.append(path)
            elif isinstance(argument, InOut):
                numpy.save(path, argument.value)
                words += ["--arg", f"inout:{path}"]
                results.append(path)
            else:
                numpy.save(path, argument)
                words += ["--arg", f"in:{path}"]
        said = run([self.tool("kiln-sim"), executable, "--call", function, "--abi", convention, *words, *options],
                   timeout=timeout)
        return [numpy.load(path) for path in results], said


class Scalar:
    def __init__(self, type_name, value):
        self.type, self.value = type_name, value


class Out:
    def __init__(self, type_name, *shape):
        self.type, self.shape = type_name, shape


class InOut:
    def __init__(self, value):
        self.value = value


def difference(actual, expected):
    """Where two arrays differ in type, shape or any bit; None when nowhere."""
    if actual.dtype != expected.dtype or actual.shape != expected.shape:
        return f"{actual.dtype}{actual.shape} instead of {expected.dtype}{expected.shape}"
    bits = f"u{expected.dtype.itemsize}"
    places = numpy.argwhere(numpy.ascontiguousarray(actual).view(bits) != numpy.ascontiguousarray(expected).view(bits))
    if len(places) == 0:
        return None
    first = tuple(int(i) for i in places[0])
    return f"{len(places)} of {expected.size} elements differ; at {first}: {actual[first]} instead of {expected[first]}"


class Report:
    """Counts checks, prints each that fails, and ends with a line that says how many did."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, name, function, *arguments):
        """Runs function(*arguments): it fails by raising Failed or by returning a text."""
        try:
            problem = function(*arguments)
        except Failed as failure:
            problem = str(failure)
        if problem is None:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {name}: {problem}", flush=True)
        return problem is None

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or not self.passed else 0)
