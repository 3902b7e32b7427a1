#!/usr/bin/env python3
"""Small functions in MLIR, linalg, TOSA, affine and memref, lowered in several ways: Kiln beside clang-22 -O3 for the vector unit.

    bench/mlir.py [--build FOLDER] [--check] [--every N] [--way WAY,...] [--keep FOLDER] [NAME...]

The functions stand in bench/mlir, a comment above each says what its arguments hold (`x=0..9`), the sizes written as `?`, in their order, and
whether results may differ by a bound (`near`). Each is lowered by mlir-opt-22 in each of the WAYS below; what they make goes to kiln-llc -O2, to
llc-22 -O2 for scalar code, with whose results Kiln's must agree bit for bit, and to clang. With --check nothing is measured: all of the
simulator's checks look at Kiln's code. "units" counts the nests that each of Kiln's units runs: t(ile), v(ector), s(calar). NAME is a regular expression for a part of a name.
"""
import argparse
import glob
import json
import os
import re
import statistics
import sys
import tempfile

import numpy

import vector
from kernels import numbers, problem
from toolchain import Failed, InOut, Scalar, Toolchain, program, run

FOLDER = os.path.join(vector.ROOT, "bench", "mlir")
TYPES = {"index": "i64"}

TOSA = "func.func(tosa-optional-decompositions,tosa-to-scf,tosa-to-linalg-named,tosa-to-linalg,tosa-to-arith{include-apply-rescale=true},tosa-to-tensor)"
DECOMPOSE = ("transform-preload-library{transform-library-paths=TRANSFORM},transform-interpreter{entry-point=decompose},eliminate-empty-tensors,"
             "empty-tensor-to-alloc-tensor")
FUSE = "canonicalize,cse,linalg-fuse-elementwise-ops,canonicalize,cse"
RESULTS = "buffer-results-to-out-params{hoist-static-allocs=true modify-public-functions=true}"
BUFFERS = f"one-shot-bufferize{{bufferize-function-boundaries=true function-boundary-type-conversion=identity-layout-map}},{RESULTS}"
# Copies become loops, not calls.
LOOP_BUFFERS = f"transform-interpreter{{entry-point=bufferize}},{RESULTS}"
STACK = "canonicalize,func.func(promote-buffers-to-stack{max-alloc-size-in-bytes=524288})"
FINISH = ("fold-memref-alias-ops,expand-strided-metadata,lower-affine,convert-scf-to-cf,convert-cf-to-llvm,arith-expand,convert-arith-to-llvm,"
          "convert-math-to-llvm,convert-math-to-libm,finalize-memref-to-llvm,convert-func-to-llvm{CALLS},convert-index-to-llvm,reconcile-unrealized-casts")
TIDY = "canonicalize,cse"
LOOPS = "scf-forall-to-for,func.func(convert-linalg-to-loops)"
AFFINE = "scf-forall-to-for,func.func(convert-linalg-to-affine-loops)"

# As few passes as do it; what is usual; loops of the affine dialect, fused; the same in tiles; parallel loops, of which some are tiled; what is
# usual, with products fused with sums; the same through LLVM's optimizer.
WAYS = {
    "plain": [TOSA, DECOMPOSE, BUFFERS, LOOPS, FINISH],
    "usual": [TOSA, FUSE, DECOMPOSE, LOOP_BUFFERS, STACK, LOOPS, TIDY, FINISH],
    "affine": [TOSA, FUSE, DECOMPOSE, LOOP_BUFFERS, STACK, AFFINE, "fold-memref-alias-ops", "func.func(affine-loop-fusion,affine-scalrep)", TIDY, FINISH],
    "tiles": [TOSA, FUSE, DECOMPOSE, LOOP_BUFFERS, STACK, AFFINE, "func.func(affine-loop-tile{tile-size=8})", TIDY, FINISH],
    "parallel": [TOSA, DECOMPOSE, BUFFERS, STACK, "linalg-generalize-named-ops", "scf-forall-to-parallel,func.func(convert-linalg-to-parallel-loops)",
                 "func.func(scf-parallel-loop-tiling{parallel-loop-tile-sizes=16,32})", TIDY, FINISH],
    "contracted": [TOSA, FUSE, DECOMPOSE, LOOP_BUFFERS, STACK, LOOPS, TIDY, FINISH],
    "optimized": [TOSA, FUSE, DECOMPOSE, LOOP_BUFFERS, STACK, LOOPS, TIDY, FINISH],
}
# Ways whose functions take pointers alone where their sizes are constants.
BARE = {"usual", "tiles", "contracted"}

TRANSFORM = """module attributes {transform.with_named_sequence} {
  transform.named_sequence @decompose(%module: !transform.any_op) {
    %softmax = transform.structured.match ops{["linalg.softmax"]} in %module : (!transform.any_op) -> !transform.any_op
    %parts = transform.structured.decompose_interface %softmax : (!transform.any_op) -> !transform.any_op
    %packs = transform.structured.match ops{["linalg.pack"]} in %module : (!transform.any_op) -> !transform.op<"linalg.pack">
    transform.structured.lower_pack %packs : (!transform.op<"linalg.pack">)
        -> (!transform.op<"tensor.pad">, !transform.op<"tensor.expand_shape">, !transform.op<"linalg.transpose">)
    transform.yield
  }
  transform.named_sequence @bufferize(%module: !transform.any_op {transform.consumed}) {
    %memory = transform.bufferization.one_shot_bufferize layout{IdentityLayoutMap} %module
        {bufferize_function_boundaries = true, memcpy_op = "linalg.copy"} : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}
"""

# What lowered code calls, beside vector.py's.
LIBRARY = """typedef unsigned long size_t;
void *memcpy(void *to, const void *from, size_t size);
static char heap[1 << 22] __attribute__((aligned(64)));
static size_t used;
void *malloc(size_t size) {
  void *memory = heap + used;
  used = (used + size + 63) & -64UL;
  return memory;
}
void free(void *memory) {}
typedef struct Shape { char *allocated, *aligned; long offset, sizes[]; } Shape;
typedef struct Array { long rank; Shape *shape; } Array;
static void copy(long rank, long size, const long *sizes, const long *from_strides, const char *from, const long *to_strides, char *to) {
  if (rank == 0 || (rank == 1 && *from_strides == 1 && *to_strides == 1)) {
    memcpy(to, from, rank ? *sizes * size : size);
    return;
  }
  for (long i = 0; i < *sizes; i++)
    copy(rank - 1, size, sizes + 1, from_strides + 1, from + i * *from_strides * size, to_strides + 1, to + i * *to_strides * size);
}
void memrefCopy(long size, Array *from, Array *to) {
  copy(from->rank, size, from->shape->sizes, from->shape->sizes + from->rank, from->shape->aligned + from->shape->offset * size,
       to->shape->sizes + to->rank, to->shape->aligned + to->shape->offset * size);
}
"""


class Program:
    """A function of bench/mlir: its text, and what it is called with."""

    def __init__(self, file, notes, text):
        self.file, self.text = file, text
        self.name, inputs, results = re.match(r"func\.func @(\w+)\((.*?)\)(?: -> (.*?))? \{\n", text).groups()
        words = notes.split()
        ranges = dict(word.split("=") for word in words if "=" in word)
        sizes = iter(ranges.pop("?", "").split(","))
        self.near = "near" in words
        self.arguments = [self.argument(kind, ranges.get(name, ""), sizes) for name, kind in re.findall(r"%(\w+): ((?:[^,<]|<[^>]*>+)+)", inputs)]
        self.arguments += [self.argument(kind.replace("tensor", "memref"), "zero", sizes) for kind in re.findall(r"tensor<[^>]*>", results or "")]
        self.bare = "?" not in text.split("{\n")[0]

    @staticmethod
    def argument(kind, how, sizes):
        """(type, shape or None for a number, what is in it, whether it is written)"""
        match = re.match(r"(tensor|memref)<((?:[\d?]+x)*)(\w+)", kind)
        if not match:
            return TYPES.get(kind, kind), None, how, False
        shape = tuple(int(next(sizes)) if size == "?" else int(size) for size in match.group(2).split("x")[:-1])
        return match.group(3), shape, how, match.group(1) == "memref"

    def values(self):
        random = numpy.random.default_rng(7)
        result = []
        for kind, shape, how, written in self.arguments:
            if shape is None:
                result.append(Scalar(kind, int(numbers(random, kind, (1,), how if ".." in how else f"{how}..{how}")[0])))
                continue
            array = numbers(random, kind, shape or (1,), how).reshape(shape)
            result.append(InOut(array) if written else array)
        return result


def programs():
    found = []
    for path in sorted(glob.glob(os.path.join(FOLDER, "*.mlir"))):
        with open(path, encoding="ascii") as file:
            for block in re.split(r"\n\n+", file.read().strip()):
                notes, _, text = block.partition("func.func")
                if text:
                    last = notes.strip().splitlines()[-1:]
                    found.append(Program(os.path.basename(path), last[0].removeprefix("//") if last else "", "func.func" + text + "\n"))
    return found


def lower(toolchain, item, way, bare):
    """LLVM IR of a function, in a file."""
    source, transform, lowered, output = (toolchain.path(name) for name in ("kernel.mlir", "transform.mlir", "lowered.mlir", "kernel.ll"))
    for path, text in ((source, item.text), (transform, TRANSFORM)):
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
    passes = ",".join(WAYS[way]).replace("TRANSFORM", transform).replace("CALLS", f"use-bare-ptr-memref-call-conv={str(bare).lower()}")
    run([program("mlir-opt-22"), source, f"--pass-pipeline=builtin.module({passes})", "-o", lowered])
    run([program("mlir-translate-22"), "--mlir-to-llvmir", lowered, "-o", output])
    if way == "optimized":
        run([program("opt-22"), "-S", "-O2", output, "-o", output])
    return output


def allow_contraction(source):
    """Says in LLVM IR what kiln-llc was told by an option."""
    with open(source, encoding="utf-8") as file:
        text = file.read()
    with open(source, "w", encoding="utf-8") as file:
        file.write(re.sub(r" = (fmul|fadd|fsub) ", r" = \1 contract ", text))


def make_library(toolchain):
    source, code = toolchain.path("lowered.c"), toolchain.path("lowered.o")
    with open(source, "w", encoding="ascii") as file:
        file.write(LIBRARY)
    run([program("clang-22"), *vector.COMMON, *vector.CLANG, *vector.FREESTANDING, "-fno-builtin", "-o", code, source])
    return [code, *vector.make_library(toolchain)]


def units(report):
    """How many nests each unit runs."""
    with open(report, encoding="utf-8") as file:
        found = [nest["unit"] for nest in json.load(file)["nests"]]
    return " ".join(f"{found.count(unit)}{unit[0]}" for unit in ("tile", "vector", "scalar") if unit in found)


def call(toolchain, executable, item, convention, *options):
    results, said = toolchain.call(executable, item.name, convention, item.values(), *options, timeout=3600)
    cycles = re.search(r"^cycles\s+(\d+)", said, re.M)
    return results, int(cycles.group(1)) if cycles else 0


def compare(toolchain, item, way, library, check):
    """Cycles of Kiln's and of clang's code, and the units of Kiln's nests; fails where a result is wrong."""
    convention = "bare" if item.bare and way in BARE else "memref"
    source = lower(toolchain, item, way, convention == "bare")
    code, report = toolchain.path("kernel.o"), toolchain.path("nests.json")
    contract = ["-fp-contract=fast"] if way == "contracted" else []
    run([toolchain.tool("kiln-llc"), "-O2", "-filetype=obj", *contract, f"-kiln-report={report}", "-o", code, source])
    if contract:
        allow_contraction(source)
    ours, cycles = call(toolchain, toolchain.link([code, *library], "kernel"), item, convention,
                        *(["--check=all", "--no-timing"] if check else ["--stats"]))
    scalar = toolchain.compile_with_llc(source, "scalar")
    theirs, _ = call(toolchain, toolchain.link([scalar, *library], "scalar"), item, convention, "--no-timing")
    kinds = [kind for kind, _, _, written in item.arguments if written]
    for number, (mine, other, kind) in enumerate(zip(ours, theirs, kinds, strict=True)):
        wrong = problem(mine, other, kind, item.near)
        if wrong:
            raise Failed(f"result {number}: {wrong}")
    if check:
        return 0, 0, units(report)
    code = toolchain.path("clang.o")
    run([program("clang-22"), *vector.COMMON, *vector.CLANG, "-o", code, source], quiet=False)
    return cycles, call(toolchain, toolchain.link([code, *library], "clang"), item, convention, "--stats")[1], units(report)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(vector.ROOT, "build", "release"))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="of the functions only every so many")
    parser.add_argument("--way", default=",".join(WAYS), help="the ways to lower, separated by commas")
    parser.add_argument("--turns", action="store_true", help="each function in one of the ways, in turns")
    parser.add_argument("--keep", help="put what is made into this folder")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    ways = options.way.split(",")
    ratios, failed = {way: {} for way in ways}, 0
    print(f"{'function':30} {'way':9} {'kiln':>9} {'clang':>9} {'clang/kiln':>10}  units")
    with tempfile.TemporaryDirectory(prefix="kiln-mlir-") as folder:
        toolchain = Toolchain(options.build, options.keep or folder)
        library = make_library(toolchain)
        for number, item in list(enumerate(programs()))[::options.every]:
            if options.names and not any(re.search(part, item.name) for part in options.names):
                continue
            for way in [ways[number % len(ways)]] if options.turns else ways:
                try:
                    ours, theirs, mapped = compare(toolchain, item, way, library, options.check)
                except Failed as failure:
                    failed += 1
                    print(f"{item.name:30} {way:9} FAILED {failure}", flush=True)
                    continue
                ratios[way][item.name] = theirs / ours if ours else 1
                print(f"{item.name:30} {way:9} {ours:>9} {theirs:>9} {ratios[way][item.name]:>10.2f}  {mapped}", flush=True)
    if not options.check:
        for way, found in ratios.items():
            if found:
                below = sum(ratio < 1 for ratio in found.values())
                print(f"{way:9} {len(found)} functions, geometric mean {statistics.geometric_mean(found.values()):.2f}, {below} below 1")
    right = sum(len(found) for found in ratios.values())
    print(f"{right} right, {failed} wrong")
    sys.exit(1 if failed or not right else 0)


if __name__ == "__main__":
    main()
