"""include_graph.py ROOT: checks who includes whom against the rules below, and lists every violation.

support <- isa <- {asm, linker, sim, target}; asm, linker, sim and target never see each other, but for
asm/object.h, which target's emit stage uses, and asm/asm.h, with which it assembles what came as text. From
another folder only a public header may be included. The stages of target have rules of their own. llvm-c stays in
target/import/, GoogleTest in tests/harness.
"""
import os
import re
import sys

FOLDERS = {
    "support": {"support"},
    "isa": {"support", "isa"},
    "asm": {"support", "isa", "asm"},
    "linker": {"support", "isa", "linker"},
    "sim": {"support", "isa", "sim"},
    "target": {"support", "isa", "target"},
}

# What other folders may see. All of support/ is public; so are isa's tables, for expansion in place.
PUBLIC = {
    "support": re.compile(r".*\.h"),
    "isa": re.compile(r"(isa|machine|nests|spm_frame)\.h|[a-z]+\.def"),
    "asm": re.compile(r"(asm|object)\.h"),
    "linker": re.compile(r"linker\.h"),
    "sim": re.compile(r"sim\.h"),
    "target": re.compile(r"target\.h"),
}

# target's stages: whose headers each may include beside its own and those of target/ itself.
STAGES = {
    "ir": set(),
    "debug": {"ir"},
    "import": {"ir", "debug"},
    "passes": {"ir"},
    "select": {"ir", "debug"},
    "mir": {"ir", "debug", "registers"},
    "registers": {"ir", "debug", "select"},
    "emit": {"debug"},
    "tensor": {"ir", "tensor/raise", "tensor/tile", "tensor/vector"},
    "tensor/raise": {"tensor"},
    "tensor/tile": {"ir", "tensor", "tensor/raise", "tensor/vector"},
    "tensor/vector": {"ir", "tensor", "tensor/raise"},
}

# (including file, included file) pairs beyond FOLDERS.
EXCEPTIONS = [(re.compile(r"target/emit/[a-z_]*\.[ch]"), "asm/object.h"),
              (re.compile(r"target/emit/data\.c"), "asm/asm.h")]

# Written by the build.
GENERATED = {"isa/machine.c": {"builtin_machines.inc"}}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


def includes(path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            match = INCLUDE.match(line)
            if match:
                yield number, match.group(1) == '"', match.group(2)


def problem(root, folder, source, quoted, target):
    """What is wrong with `source` (of `folder`) including `target`, or None."""
    top, _, rest = target.partition("/")
    importer = source.startswith("target/import/")
    if top in ("llvm-c", "llvm", "clang", "mlir"):
        if top == "llvm-c" and importer:
            return None
        return "LLVM may be included by target/import/ alone, and only its C interface"
    if top == "gtest":
        return "GoogleTest may be included by tests/harness alone"
    if not quoted:
        return "headers of ours are included with quotes" if top in FOLDERS and is_file(root, target) else None
    if target in GENERATED.get(source, ()):
        return None
    if not is_file(root, target):
        return "no such file: includes are spelled from the root of the sources"
    if any(pattern.fullmatch(source) and target == name for pattern, name in EXCEPTIONS):
        return None
    if top not in FOLDERS[folder]:
        return f"{folder}/ may not include {top}/"
    if target.startswith("target/import/") and target.endswith(".h") and not importer:
        return f"{target} brings in LLVM: for target/import/ alone"
    if folder == top == "target" and not stage_may(source, target):
        return f"{os.path.dirname(source)}/ may not include {os.path.dirname(target)}/"
    if top != folder and not PUBLIC[top].fullmatch(rest):
        return f"{target} is not a public header of {top}/"
    return None


def stage_may(source, target):
    """Whether a file of target/ may include another one of it."""
    stage, other = (os.path.dirname(path).partition("/")[2] for path in (source, target))
    return not stage or not other or other == stage or other in STAGES.get(stage, ())


def is_file(root, path):
    return os.path.isfile(os.path.join(root, path))


def check(root):
    """All violations as 'file:line: reason', and the number of includes looked at."""
    violations = []
    seen = 0
    for folder in FOLDERS:
        for where, _, names in sorted(os.walk(os.path.join(root, folder))):
            for name in sorted(names):
                if not name.endswith((".c", ".h", ".def", ".cpp")):
                    continue
                path = os.path.join(where, name)
                source = os.path.relpath(path, root)
                if name.endswith(".cpp"):
                    violations.append(f"{source}:1: libraries and tools are written in C")
                for line, quoted, target in includes(path):
                    seen += 1
                    reason = problem(root, folder, source, quoted, target)
                    if reason:
                        violations.append(f'{source}:{line}: "{target}": {reason}')
    return violations, seen


def main():
    root = sys.argv[1]
    missing = [folder for folder in FOLDERS if not os.path.isdir(os.path.join(root, folder))]
    if missing:
        print(f"no such folder in {root}: {', '.join(missing)}")
        return 1
    violations, seen = check(root)
    for violation in violations:
        print(violation)
    print(f"{seen} includes looked at, {len(violations)} against the rules")
    return 1 if violations or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
