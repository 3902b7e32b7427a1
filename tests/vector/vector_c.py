"""C programs that clang turns into vector code, compiled by Kiln, beside the host's own clang or LLVM's back end.

    vector_c.py --build BUILD [--programs NAME...] [--modes MODE...] [--keep FOLDER]

The programs of ../differential are vectorized by clang: with scalable vectors, and with vectors of 512 bits in mind. Those
of programs/ are written with riscv_vector.h; their oracle is llc-22's code in the same simulator.
"""
import argparse
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "differential"))
import tools  # noqa: E402

EXTENSIONS = "rv64gcv_zvfh_zba_zbb_zbs_zfh"
PLAIN = os.path.join(HERE, "..", "differential", "programs")
INTRINSICS = os.path.join(HERE, "programs")
MODES = {
    "scalable": [f"-march={EXTENSIONS}", "-O3"],
    "fixed": [f"-march={EXTENSIONS}_zvl512b", "-O3", "-mrvv-vector-bits=zvl", "-mllvm",
              "-scalable-vectorization=off"],
}
LLC = ["-mtriple=riscv64-unknown-elf", "-mattr=+m,+a,+f,+d,+c,+zba,+zbb,+zbs,+zfh,+v,+zvfh", "-target-abi=lp64d",
       "-code-model=medium", "-fp-contract=off", "-O2", "-filetype=obj"]


def to_ir(toolchain, source, options, output):
    tools.succeed([toolchain.clang, *tools.CLANG_TARGET, *tools.C_OPTIONS, "-fno-ident", *options, "-w", "-S",
                   "-emit-llvm", source, "-o", output], tools.COMPILE_SECONDS, "clang")


def build(toolchain, module, level, stem):
    tools.succeed([toolchain.tool("kiln-llc"), f"-O{level}", "-verify-each", "-filetype=obj", module, "-o", stem + ".o"],
                  tools.COMPILE_SECONDS, "compiler")
    toolchain.link([stem + ".o"], stem + ".elf", "kiln-sim")
    return toolchain.run(stem + ".elf", "kiln-sim")


def llc_result(toolchain, module, stem):
    tools.succeed([tools.program("llc-22"), *LLC, module, "-o", stem + ".llc.o"], tools.COMPILE_SECONDS, "llc")
    toolchain.link([stem + ".llc.o"], stem + ".llc.elf", "lld-sim")
    return toolchain.run(stem + ".llc.elf", "lld-sim")


def cases(options):
    for folder, modes in ((PLAIN, options.modes), (INTRINSICS, ["scalable"])):
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            stem, extension = os.path.splitext(name)
            if extension == ".c" and (not options.programs or stem in options.programs):
                for mode in modes:
                    yield os.path.join(folder, name), stem, mode, folder == INTRINSICS


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--programs", nargs="*", default=[])
    parser.add_argument("--modes", nargs="*", default=list(MODES))
    parser.add_argument("--levels", nargs="*", default=["0", "2"])
    parser.add_argument("--keep")
    options = parser.parse_args()
    failures = ran = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or scratch
        compiler = tools.Compiler(os.path.join(options.build, "bin", "kiln-llc"))
        toolchain = tools.Toolchain(options.build, compiler, folder)
        for source, name, mode, intrinsics in cases(options):
            stem = os.path.join(folder, f"{name}.{mode}")
            try:
                to_ir(toolchain, source, MODES[mode], stem + ".ll")
                expected = (llc_result(toolchain, stem + ".ll", stem) if intrinsics else
                            toolchain.host_result(source, stem + ".host"))
                for level in options.levels:
                    ran += 1
                    trouble = tools.difference(build(toolchain, stem + ".ll", level, stem), expected)
                    if trouble:
                        raise tools.Failed("wrong result", f"-O{level}: {trouble}")
            except tools.Failed as failed:
                failures += 1
                print(f"{name} ({mode}): {str(failed)[:1500]}")
    print(f"{ran} runs, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
