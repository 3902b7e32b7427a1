"""stand_alone.py ROOT CC CXX INCLUDE...: every header compiles alone as C, every public one as C++ too."""
import concurrent.futures
import os
import subprocess
import sys

FOLDERS = ["support", "isa", "asm", "linker", "sim", "target", "tests/harness"]
PUBLIC = ["isa/isa.h", "isa/machine.h", "isa/nests.h", "asm/asm.h", "asm/object.h", "linker/linker.h", "sim/sim.h", "target/target.h"]


def compile_alone(root, compiler, language, standard, header, extra):
    command = [compiler, "-x", language, f"-std={standard}", "-fsyntax-only", "-Wall", "-Wextra", "-Werror"]
    command += ["-D_GNU_SOURCE", "-I", root] + [f"-I{folder}" for folder in extra] + ["-"]
    source = f'#include "{header}"\n#include "{header}"\n'
    result = subprocess.run(command, input=source, capture_output=True, text=True)
    return f"{header} as {standard}:\n{result.stderr}" if result.returncode else None


def main():
    root, c_compiler, cpp_compiler, *extra = sys.argv[1:]
    headers = sorted(f"{folder}/{name}" for folder in FOLDERS for name in os.listdir(os.path.join(root, folder))
                     if name.endswith(".h"))
    jobs = [(c_compiler, "c", "c17", header) for header in headers]
    jobs += [(cpp_compiler, "c++", "c++17", header) for header in headers if header in PUBLIC]
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        results = pool.map(lambda job: compile_alone(root, *job, extra), jobs)
        failures = [result for result in results if result]
    for failure in failures:
        print(failure)
    missing = [header for header in PUBLIC if header not in headers]
    if missing:
        print("missing public headers:", " ".join(missing))
    print(f"{len(jobs)} compilations, {len(failures)} failed")
    return 1 if failures or missing else 0


if __name__ == "__main__":
    sys.exit(main())
